import * as z from 'zod';
import { benchmarks } from '../../compare/benchmarks';
import { norms } from '../../compare/norm';
import { denoiserIds, denoisers, type DenoiserFamily } from '../../denoisers';
import { dynamics, dynamicsIds, type DynamicsFamily } from '../../dynamics';
import { gridIds, grids, timesProblem, type GridFamily } from '../../grids';
import { integrators, pairOf } from '../../integrators';
import { starts } from '../../process/starts';
import { bounded, byId, choice, idError, idOf, parameter, params, section, shown } from './field';

const DYNAMICS = 'noprop-forward';

const dynamicsEntry = (family: DynamicsFamily) =>
  z
    .looseObject({
      id: z.literal(family.id).describe(`${family.title}: ${family.summary}`),
      params: params(family),
      noise: z
        .boolean({ error: ({ input }) => `noise must be true or false: got ${shown(input)}` })
        .default(false)
        .describe('Whether the SDE partner is run, in place of the ODE; default false'),
    })
    .meta({ title: family.title, description: `${family.summary} Source: ${family.source}` });

type DynamicsEntries = [ReturnType<typeof dynamicsEntry>, ...ReturnType<typeof dynamicsEntry>[]];

/** The dynamics: an object, or its id alone where the rest has its defaults. */
export const dynamicsField = byId(
  z.discriminatedUnion('id', dynamics.map(dynamicsEntry) as DynamicsEntries, {
    error: idError('dynamics', dynamicsIds, 'dynamics must be an id, or an object with an id'),
  }),
  dynamicsIds,
)
  .prefault(DYNAMICS)
  .describe(`The dynamics that carry z from noise to data, or its id alone; default ${DYNAMICS}`);

export const overlaysField = z
  .array(idOf('dynamics', dynamics), {
    error: ({ input }) => `overlays must be a list of dynamics: got ${shown(input)}`,
  })
  .default(['near-end', 'near-end-rate', 'probability-flow'])
  .describe('The dynamics that the Dynamics tab draws beside the chosen one, at their defaults');

const GRID = 'uniform-t';

const timesField = z
  .array(z.number({ error: ({ input }) => `each of times must be a number: got ${shown(input)}` }), {
    error: ({ input }) => `times must be a list of numbers from 0 to 1: got ${shown(input)}`,
  })
  .superRefine((times, context) => {
    const message = timesProblem(times);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .describe('The times of the steps, ascending, from 0 to 1');

/** Only a family that takes times has them, and there they must be. */
const timesOf = ({ takes }: GridFamily) =>
  (takes === 'times' ? { times: timesField } : {}) as unknown as { times: z.ZodOptional<typeof timesField> };

const gridEntry = (family: GridFamily) =>
  z
    .looseObject({
      id: z.literal(family.id).describe(`${family.title}: ${family.summary}`),
      params: params(family),
      ...timesOf(family),
    })
    .meta({ title: family.title, description: `${family.summary} Source: ${family.source}` });

type GridEntries = [ReturnType<typeof gridEntry>, ...ReturnType<typeof gridEntry>[]];

const gridObject = () =>
  byId(
    z.discriminatedUnion('id', grids.map(gridEntry) as GridEntries, {
      error: idError('grid', gridIds, 'a grid must be an id, or an object with an id'),
    }),
    gridIds,
  );

/** The step grid: an object, or its id alone where its parameters have their defaults. */
export const gridField = gridObject()
  .prefault(GRID)
  .describe(`How the steps are spread over the window, or the grid's id alone; default ${GRID}`);

export const startField = choice('start', starts, 'The states at t = 0', 'normal');

export const seedField = parameter('seed', {
  symbol: 'seed',
  summary: 'seed of everything random: data, split, batches, noise, start',
  default: 0,
  min: 0,
  max: 4294967295,
  integer: true,
  slider: [0, 100],
  unit: 'integer',
});

const stepCount = { min: 1, max: 100_000, integer: true };

/** What a tolerance may be. */
const tolerances = { min: 1e-13, max: 0.1 };

/** The methods that can choose their own steps. */
const adaptiveIds: readonly string[] = integrators.filter(pairOf).map(({ id }) => id);

/** The integrator and its steps, or its tolerance. */
export const integratorField = section('integrator', {
  id: choice('integrator', integrators, 'The method', 'euler'),
  steps: parameter('steps', {
    ...stepCount,
    symbol: 'N',
    summary: 'steps over the window',
    default: 20,
    slider: [1, 200],
    unit: 'steps',
  }),
  tolerance: bounded('tolerance', tolerances)
    .optional()
    .describe(
      `Relative and absolute error a step may make, for a method that is to choose its own steps (${adaptiveIds.join(', ')}); the steps of the grid are then the times that are shown`,
    ),
})
  .superRefine(({ id, tolerance }, context) => {
    if (tolerance === undefined || adaptiveIds.includes(id)) return;
    const message = `tolerance is for methods with an estimate of their own error (${adaptiveIds.join(', ')}): ${id} has none`;
    context.addIssue({ code: 'custom', path: ['tolerance'], message });
  })
  .prefault({})
  .describe('How the dynamics are integrated');

const denoiserEntry = (family: DenoiserFamily) =>
  z
    .looseObject({ id: z.literal(family.id).describe(`${family.title}: ${family.summary}`), params: params(family) })
    .meta({ title: family.title, description: `${family.summary} Source: ${family.source}` });

type Denoisers = [ReturnType<typeof denoiserEntry>, ...ReturnType<typeof denoiserEntry>[]];

/** u in closed form. */
export const denoiserField = z
  .discriminatedUnion('id', denoisers.map(denoiserEntry) as Denoisers, { error: idError('denoiser', denoiserIds) })
  .prefault({ id: 'mixture' })
  .describe('The u that is integrated where no trained run is chosen; default mixture');

/** What is compared. */
export const comparisonField = section('comparison', {
  problem: choice('problem', benchmarks, 'What is integrated', 'experiment'),
  integrators: z
    .array(idOf('integrator', integrators), {
      error: ({ input }) => `integrators must be a list of at least one integrator: got ${shown(input)}`,
    })
    .min(1, 'integrators must hold at least one integrator')
    .default(['euler', 'heun', 'rk4', 'exponential-1'])
    .describe('The methods that are compared'),
  steps: z
    .array(bounded('a step count', stepCount), {
      error: ({ input }) => `steps must be a list of at least one step count: got ${shown(input)}`,
    })
    .min(1, 'steps must hold at least one step count')
    .default([8, 16, 32, 64, 128])
    .describe('The step counts each method is run with'),
  tolerances: z
    .array(bounded('a tolerance', tolerances), {
      error: ({ input }) => `tolerances must be a list of numbers: got ${shown(input)}`,
    })
    .default([])
    .describe('The tolerances at which methods that can do so choose their own steps; default none'),
  grids: z
    .array(gridObject(), { error: ({ input }) => `grids must be a list of grids: got ${shown(input)}` })
    .default([])
    .describe("The grids each method is run on; default the experiment's own"),
  norm: choice('norm', norms, 'How an error is measured', 'rms'),
  aim: parameter('aim', {
    symbol: 'ε',
    summary: 'error to which the cheapest way is sought',
    default: 0.01,
    min: 0,
    open: 'min',
    max: 1000,
    slider: [0.0001, 0.1],
    unit: '1',
  }),
  paths: parameter('paths', {
    symbol: 'n',
    summary: 'number of paths',
    default: 64,
    min: 1,
    max: 10000,
    integer: true,
    slider: [8, 512],
    unit: 'paths',
  }),
  seeds: parameter('seeds', {
    symbol: 'S',
    summary: 'seeds of the starts from which a trained run is compared, from the run’s own on',
    default: 1,
    min: 1,
    max: 100,
    integer: true,
    slider: [1, 10],
    unit: 'seeds',
  }),
})
  .prefault({})
  .describe('The work-precision comparison of the Integrators tab');
