import * as z from 'zod';
import { catalogue } from '../../core/reference/catalogue';
import { exactly, whole } from './parts';

const row = exactly({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  source: z.string().describe('Where it comes from; empty where it is common ground'),
});

/** The registries by name, each with its rows. */
export const catalogueRows = exactly(
  Object.fromEntries(Object.keys(catalogue).map((kind) => [kind, z.array(row).optional()])),
);

/** A run of a list: its record, where keys may be added. */
const run = z.looseObject({
  id: z.string(),
  name: z.string(),
  model: z.string(),
  state: z.enum(['running', 'done', 'stopped', 'diverged', 'failed', 'interrupted']),
  step: whole,
  steps: whole,
  seed: z.int(),
  started: z.string(),
  data: z.looseObject({ trainRows: whole, testRows: whole, featureCount: whole }),
});

const damaged = exactly({ id: z.string(), name: z.string(), problem: z.string(), canMend: z.boolean() });

/** Of `noprop list`: the rows of one kind or of all, or the runs of a folder. */
export const list = z.union([exactly({ runs: z.array(run), damaged: z.array(damaged) }), catalogueRows]);
