import * as z from 'zod';
import { exactly, real, scores, trained, warnings, whole } from './parts';

const spread = exactly({
  n: whole,
  mean: real,
  standardError: real.optional(),
  values: z.array(real),
});

const oneOfSeveral = exactly({
  seed: z.int(),
  state: z.string().describe('done, or stopped where it was'),
  ...trained,
});

/** Of several seeds: each run, and their scores together. */
export const trainedSeeds = exactly({
  ...(Object.fromEntries(Object.keys(scores).map((key) => [key, spread.optional()])) as Record<
    keyof typeof scores,
    z.ZodOptional<typeof spread>
  >),
  runs: z.array(oneOfSeveral),
  warnings,
});

/** Of `noprop resume`, and of one seed of `noprop train`. */
export const trainedRun = exactly({ ...trained, warnings });

/** Of `noprop train`. */
export const train = z.union([trainedRun, trainedSeeds]);

const oneOrSpread = z.union([real, spread]).optional();

/** Of the tool, whose result is one object: that of one seed, or of several. */
export const trainedByTool = exactly({
  ...(Object.fromEntries(Object.keys(scores).map((key) => [key, oneOrSpread])) as Record<
    keyof typeof scores,
    typeof oneOrSpread
  >),
  loss: trained.loss,
  steps: trained.steps.optional(),
  stepsPerSecond: trained.stepsPerSecond,
  run: trained.run.optional(),
  runs: z.array(oneOfSeveral).optional(),
  warnings,
});
