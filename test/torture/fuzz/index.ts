import type { Fault } from '../fault';
import { argumentsFault } from './arguments';
import { comparisonFault } from './comparison';
import { messagesFault } from './messages';
import { recordFault } from './record';
import { betasFault } from './betas';
import { csvFault } from './csv';
import { editFault } from './edit';
import { experimentFault } from './experiment';
import { formulaFault } from './formula';
import { idxFault } from './idx';
import { metricsFault } from './metrics';
import { safetensorsFault } from './safetensors';
import { schedulerFault } from './scheduler';

/** Every reader of what somebody else wrote. */
export const fuzzFaults: readonly Fault[] = [
  experimentFault,
  formulaFault,
  editFault,
  schedulerFault,
  betasFault,
  csvFault,
  idxFault,
  safetensorsFault,
  recordFault,
  comparisonFault,
  metricsFault,
  messagesFault,
  argumentsFault,
];
