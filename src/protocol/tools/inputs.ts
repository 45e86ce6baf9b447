import * as z from 'zod';

/** The path of a file or folder. */
export const file = (what: string) =>
  z.string().min(1).max(40_000).describe(`${what}: an absolute path, or one relative to the working folder`);

/** An experiment's file. */
export const experimentFile = file('The experiment (*.noprop.json)');

/** Where a result is written. */
export const out = (what: string) => file(what).optional();

/** Whether a file may be replaced. */
export const force = z.boolean().optional().describe('Replace a file that exists already; refused otherwise');

/** Settings of an experiment, changed for one call. */
export const set = z
  .record(z.string(), z.unknown())
  .optional()
  .describe('Settings changed for this call alone, by their path, such as {"training.steps": 2000}');
