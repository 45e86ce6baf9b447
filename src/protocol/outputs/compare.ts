import * as z from 'zod';
import { norms } from '../../core/compare/norms';
import { finalSteps } from '../../core/integrators';
import { exactly, real, warnings, whole } from './parts';

const errors = exactly(Object.fromEntries(norms.map(({ id }) => [id, real])));

const final = z.enum(finalSteps.map(({ id }) => id));

const row = exactly({
  integrator: z.string(),
  grid: z.string(),
  gridTitle: z.string(),
  final: final.optional().describe('How the last step was taken, of a method that could take it otherwise'),
  steps: whole,
  asked: whole.optional().describe('Steps asked for, where the grid had fewer'),
  tolerance: z.number().optional(),
  rejected: whole.optional(),
  evaluations: real.describe('Calls of u for each path'),
  error: real.describe('By the norm of the comparison'),
  errors,
  sampling: real.optional().describe('The standard error of the error'),
  floor: real.optional().describe('The error of the reference, where it is this row’s own'),
  load: real.optional(),
  limit: real.optional(),
  nearFloor: z.boolean(),
  milliseconds: real,
  status: z.enum(['done', 'unstable', 'diverged', 'refused']),
  reason: z.string(),
  accuracy: real.optional(),
  accuracies: z.array(real).optional(),
});

const slope = exactly({
  integrator: z.string(),
  grid: z.string(),
  gridTitle: z.string(),
  final: final.optional(),
  order: real.optional(),
  nominal: real,
  over: z.array(real),
});

/** A comparison of integrators. */
export const comparison = exactly({
  problem: z.string(),
  reference: exactly({
    source: z.string(),
    settled: z.boolean().optional(),
    error: real,
    errors,
    evaluations: real,
  }),
  norm: z.string(),
  rows: z.array(row),
  slopes: z.array(slope),
  verdict: z.string(),
  warnings,
});

const field = exactly({
  times: z.array(real),
  logSnr: z.array(real),
  logSnrRate: z.array(real),
  pull: z.array(real),
  decay: z.array(real),
  low: real,
  high: real,
  size: whole,
  u: z.array(real),
});

const paths = exactly({
  problem: z.string(),
  notes: z.array(z.string()),
  n: whole.describe('Number of paths'),
  lines: z.array(exactly({ row: whole.optional(), label: z.string(), times: z.array(real), states: z.array(real) })),
  window: z.array(z.number()),
  field: field.optional(),
  axes: z.array(z.string()).optional(),
  warnings,
});

/** Of `noprop compare`: a comparison, or with --follow the paths of methods. */
export const compare = z.union([comparison, paths]);
