import * as z from 'zod';
import { exactly, real, whole } from './parts';

/** Of `noprop predict`. */
export const predict = exactly({
  rows: whole,
  column: z.string().describe('What the column of predictions is called'),
  probabilities: exactly({ rule: z.enum(['read-out', 'votes']), starts: whole }).optional(),
  accuracy: real.optional(),
  rmse: real.optional(),
});
