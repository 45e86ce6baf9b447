import path from 'node:path';
import { constantFeatures } from '../core/datasets';
import { namedScores } from '../core/runs/metrics';
import type { RunRecord } from '../core/runs/record';
import { toJson } from '../core/text/json';
import { withWarnings } from './experimentFile';
import type { Terminal } from './terminal';
import { checkEnd } from './trainRuns';

/** The result of a training, for `--json`. */
export const runSummary = (record: RunRecord, runs: string) => {
  const { loss, step: steps, stepsPerSecond, id } = record;
  const scores = Object.fromEntries(namedScores(record).map(([, value, key]) => [key, value]));
  return { ...scores, loss, steps, stepsPerSecond, run: path.join(runs, id) };
};

/** Prints the result of one training; an Error where it failed, diverged, or was stopped before it began. */
export function printRun(
  record: RunRecord | undefined,
  runs: string,
  json: boolean,
  terminal: Terminal,
  warnings: readonly string[] = [],
): void {
  if (!record) throw new Error('the training was stopped before it began');
  checkEnd(record);
  if (json) return terminal.print(toJson(withWarnings(runSummary(record, runs), warnings)));
  const scores = namedScores(record).map(([name, value]) => `${name} ${value.toFixed(4)}, `);
  terminal.print(
    `${constantText(record.data)}${record.name}, ${record.state} after ${record.step} steps: ${scores.join('')}` +
      `loss ${record.loss?.toPrecision(4)}\n${path.join(runs, record.id)}\n`,
  );
}

/** How many feature names a line has. */
const NAMES = 5;

/** Which features tell nothing, in a line; empty where all tell something. */
function constantText(data: RunRecord['data']): string {
  const constant = constantFeatures(data);
  if (!constant.length) return '';
  const names = constant.slice(0, NAMES).join(', ') + (constant.length > NAMES ? ', …' : '');
  return `${constant.length} of ${data.features.length} features are the same in every train row: ${names}\n`;
}
