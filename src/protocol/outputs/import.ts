import * as z from 'zod';
import { exactly, experiment } from './parts';

const note = exactly({ key: z.string(), value: z.string(), note: z.string() });

/** Of `noprop import`: the experiment, and what of the file it was made of. */
export const importOutput = exactly({
  experiment,
  format: z.string().describe('The format that the file was read as'),
  used: z.array(note),
  unused: z.array(note),
  assumed: z.array(note),
  warnings: z.array(z.string()),
});
