import fs from 'node:fs';
import { readMetrics } from '../../../src/trainer/runs/metricsFile';
import { asText, fuzzFault } from './reader';

const RUNS = 'test/fixtures/0.1.0/runs';

const WORDS = [
  '\n',
  '\r\n',
  ',',
  ';',
  '"',
  '1',
  '-',
  '.',
  'e',
  'NaN',
  'Infinity',
  'step',
  'loss',
  'test_accuracy',
  '1e400',
];

/** Metrics of runs, their first rows. */
const inputs = () =>
  fs
    .readdirSync(RUNS)
    .map((run) => fs.readFileSync(`${RUNS}/${run}/metrics.csv`, 'utf8').split('\n').slice(0, 8).join('\n'));

function read(text: string): void {
  const { step, loss, bins, evaluatedAt, testAccuracy } = readMetrics(text);
  if (loss.length !== step.length || testAccuracy.length !== evaluatedAt.length)
    throw new Error('the columns differ in length');
  if (bins.length !== 12 * step.length) throw new Error('the bins are not those of the rows');
}

export const metricsFault = fuzzFault<string>({
  name: 'metrics',
  what: 'metrics.csv with cells, names and lines changed is read',
  seconds: 60,
  short: 1500,
  inputs,
  mutate: (mutation, text) => mutation.text(text, WORDS),
  read,
  isPast: () => false,
  ...asText,
});
