import * as z from 'zod';

/** An object with these keys and no others: a result with another key has another schema. */
export const exactly = z.strictObject;

/** A number in full precision; those that JSON lacks are text. */
export const real = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

/** A whole number from 0. */
export const whole = z.int().min(0);

/** What was warned of on the way; left out where there was nothing. */
export const warnings = z.array(z.string()).optional().describe('What is allowed but most likely not meant');

/** An experiment: its document has a schema of its own. */
export const experiment = z.looseObject({}).describe('An experiment, by media/experiment.schema.json');

const share = z.number().min(0).max(1).optional();

/** The scores of a model on the rows of both parts. */
export const scores = {
  trainAccuracy: share,
  testAccuracy: share,
  trainRmse: real.optional(),
  testRmse: real.optional(),
  trainR2: real.optional(),
  testR2: real.optional(),
};

/** What a training reached. */
export const trained = {
  ...scores,
  loss: real.optional().describe('The last loss'),
  steps: whole.describe('Steps taken'),
  stepsPerSecond: real.optional(),
  run: z.string().describe('The folder of the run'),
};

/** A mean over seeds and how sure it is. */
export const seedMean = exactly({ n: whole, mean: real, spread: real, error: real });
