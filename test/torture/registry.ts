import { combinationsFault } from './combinations';
import { deletedFault } from './disks/deleted';
import { diskFaults } from './disks';
import { twoWritersFault } from './disks/twoWriters';
import type { Fault } from './fault';
import { fuzzFaults } from './fuzz';
import { runStoreFault } from './kills/runStore';
import { terminalFault } from './kills/terminal';
import { threadFault } from './kills/threads';
import { trainerFault } from './kills/trainer';
import { windowFault } from './kills/window';

import { manyRunsFault } from './manyRuns';
import { soakFault } from './soak';
import { threadCountsFault } from './threadCounts';

/** Every fault: a new one is a file beside this and a row here. */
export const faults: readonly Fault[] = [
  terminalFault,
  runStoreFault,
  threadFault,
  trainerFault,
  windowFault,
  ...diskFaults,
  deletedFault,
  twoWritersFault,
  manyRunsFault,
  threadCountsFault,
  combinationsFault,
  ...fuzzFaults,
  soakFault,
];
