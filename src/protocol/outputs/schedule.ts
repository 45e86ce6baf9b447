import * as z from 'zod';
import { quantities } from '../../core/schedules/quantities';
import { exactly, real, warnings } from './parts';

/** Every quantity at one time. */
const row = exactly({
  t: z.number().describe('Time, from 0 (noise) to 1 (data)'),
  ...Object.fromEntries(quantities.map(({ key, title }) => [key, real.describe(title)])),
});

/** What follows from the schedule, in words. */
const diagnostic = exactly({
  id: z.string(),
  title: z.string(),
  severity: z.string(),
  sentence: z.string(),
  figures: z.array(exactly({ name: z.string(), value: real, unit: z.string() })),
  tabular: z.boolean().optional(),
});

const values = z.record(z.string(), z.unknown());

/** Of `noprop schedule`. */
export const schedule = exactly({
  schedule: z.string().describe('The id of its family'),
  params: values,
  inputs: values.optional(),
  modifiers: z.array(exactly({ id: z.string(), params: values })),
  rows: z.array(row),
  diagnostics: z.array(diagnostic),
  warnings,
});
