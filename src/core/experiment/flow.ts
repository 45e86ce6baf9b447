import * as z from 'zod';
import { denoiserIds, denoisers, type DenoiserFamily } from '../denoisers';
import { dynamics, dynamicsIds, type DynamicsFamily } from '../dynamics';
import { grids } from '../grids';
import { integrators } from '../integrators';
import { starts } from '../starts';
import { bounded, byId, choice, idError, idOf, parameter, params, section, shown } from './fields';

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

export const gridField = choice('grid', grids, 'How the steps are spread over the window', 'uniform-t');

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

/** The integrator and its steps. */
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
})
  .prefault({})
  .describe('The work-precision comparison of the Integrators tab');
