import * as z from 'zod';
import { benchmarks } from '../../compare/benchmarks';
import { norms } from '../../compare/norms';
import { gridsField } from '../../grids/entry';
import { finalSteps, integrators } from '../../integrators';
import { atMost, bounded, choice, fieldNotes, idOf, mustBe, parameter, section } from '../../registry/field';
import { stepCount, toleranceRange } from './integration';

/** The most methods, step counts and tolerances of a comparison: each is run with each. */
const MOST = 100;

/** What is compared. */
export const comparisonField = section('comparison', {
  problem: choice('problem', benchmarks, 'What is integrated', 'experiment'),
  integrators: z
    .array(idOf('integrator', integrators), mustBe('integrators', 'a list of at least one integrator'))
    .min(1, 'integrators must hold at least one integrator')
    .max(...atMost('integrators', MOST))
    .register(fieldNotes, { title: 'Integrators', choices: integrators })
    .default(['euler', 'heun', 'rk4', 'exponential-1'])
    .describe('The methods that are compared'),
  steps: z
    .array(bounded('a step count', stepCount), mustBe('steps', 'a list of at least one step count'))
    .min(1, 'steps must hold at least one step count')
    .max(...atMost('steps', MOST))
    .register(fieldNotes, { title: 'Step counts', summary: 'Each method is run with each of these' })
    .default([8, 16, 32, 64, 128])
    .describe('The step counts each method is run with'),
  tolerances: z
    .array(bounded('a tolerance', toleranceRange), mustBe('tolerances', 'a list of numbers'))
    .max(...atMost('tolerances', MOST))
    .register(fieldNotes, {
      title: 'Tolerances',
      summary: 'Methods with an error of their own also choose their steps, by each of these',
    })
    .default([])
    .describe('The tolerances at which methods that can do so choose their own steps; default none'),
  grids: gridsField,
  finals: z
    .array(idOf('final', finalSteps), mustBe('finals', 'a list of at least one way to take the last step'))
    .min(1, 'finals must hold at least one way to take the last step')
    .max(...atMost('finals', MOST))
    .register(fieldNotes, { title: 'Last step', choices: finalSteps })
    .default(['auto'])
    .describe('How the last step is taken; methods are compared with each of these where it makes a difference'),
  norm: choice('norm', norms, 'How an error is measured', 'rms', 'Error'),
  aim: parameter('aim', {
    title: 'Aim',
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
    title: 'Paths',
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
    title: 'Seeds of the start',
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
