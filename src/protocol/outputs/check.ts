import * as z from 'zod';
import { exactly, real, warnings } from './parts';

const checked = exactly({
  schedule: z.string(),
  label: z.string(),
  window: exactly({ logSnr: z.number(), start: z.number(), end: z.number() }),
  summary: z.string(),
});

const row = exactly({
  schedule: z.string(),
  eq: z.string(),
  verdict: z.string(),
  error: real.nullable().describe('The largest relative difference of the printed form'),
  order: real.nullable().describe('The order in dt of its local error'),
  corrected: z.string().nullable().describe('The corrected form, in LaTeX'),
  correctedError: real.nullable(),
  correctedOrder: real.nullable(),
  sentence: z.string(),
});

/** Of `noprop check`. */
export const check = exactly({ checks: z.array(checked), rows: z.array(row), warnings });
