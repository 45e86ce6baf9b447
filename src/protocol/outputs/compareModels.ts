import * as z from 'zod';
import { exactly, real, seedMean, warnings, whole } from './parts';

const run = exactly({
  seed: z.int(),
  score: real,
  parameters: whole,
  seconds: real,
  evaluations: real.optional(),
  calibration: real.optional(),
});

const row = exactly({
  model: z.string(),
  title: z.string(),
  runs: z.array(run),
  score: seedMean,
  half: real.describe('Half the 95% interval of the mean score'),
  difference: exactly({ n: whole, mean: real, low: real, high: real }).optional(),
  parameters: whole,
  seconds: real,
  evaluations: real.optional(),
  calibration: seedMean.optional(),
});

/** Of `noprop compare-models`. */
export const compareModels = exactly({ score: z.string(), rows: z.array(row), warnings });
