import * as z from 'zod';
import { exactly, warnings, whole } from './parts';

const measured = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable().describe('Ends of the 95 % t-interval');

const cell = exactly({
  settings: z.record(z.string(), z.unknown()).describe('The value of each setting that is varied, by its path'),
  steps: whole.describe('Steps of its trainings'),
  runs: z.array(
    exactly({
      seed: z.int(),
      state: z.string(),
      score: measured.describe('The score on test rows'),
      run: z.string().describe('The folder of the run'),
    }),
  ),
  mean: measured.describe('The mean score over the seeds that are done'),
  interval,
  difference: exactly({ mean: z.number(), interval })
    .optional()
    .describe('Its scores less those of the best cell, paired by seed'),
});

/** Of `noprop sweep`. */
export const sweep = exactly({
  score: z.string().nullable().describe('What is compared: test accuracy, or test R²'),
  trainings: whole,
  ended: whole.describe('How many trainings are done'),
  best: whole.nullable().describe('The place of the best cell, from 0'),
  cells: z.array(cell),
  warnings,
});
