import { gridChoice, type ComparisonProblem } from './compare';
import { dataSetU, denoiserFamily, formulaDenoiser, type CleanData, type Denoiser, type Law } from './denoisers';
import { entryDynamics } from './dynamics';
import { entrySchedule, type Experiment } from './experiment';
import { entryGrid } from './grids';
import { integratorOf, type Integration } from './integrators';
import { InputError } from './problem';
import { Random } from './random';
import { placeAt, samplePoints, startStates } from './starts';
import { windowOf, type Window } from './window';

/** The window of an experiment's schedule (the first, unless another is named); an InputError where it is empty. */
export function experimentWindow({ schedules, window }: Pick<Experiment, 'schedules' | 'window'>, index = 0): Window {
  const found = windowOf(entrySchedule(schedules[index]!), window.logSnr);
  if (!found) throw new InputError(`schedules[${index}] lies wholly outside the window |log-SNR| <= ${window.logSnr}`);
  return found;
}

/** What an experiment lets be replaced: u, with its start states, or the count of paths. */
export interface FlowOptions {
  /** Schedule of this index (0). */
  readonly schedule?: number;
  /** Number of paths (comparison.paths). */
  readonly paths?: number;
  /** The experiment's data, for a u that is made from them. */
  readonly data?: CleanData | undefined;
  /** A u in place of the experiment's. */
  readonly denoiser?: FlowDenoiser;
}

/** A u of dimension d, and the clean states that an exact start leads to: paths x d, or drawn from a law. */
export interface FlowDenoiser {
  readonly denoiser: Denoiser;
  readonly d: number;
  readonly clean?: { readonly targets: Float64Array } | { readonly law: Law };
}

/** The integration an experiment describes, its random numbers fresh from the seed; an InputError where it cannot run. */
export function experimentFlow(experiment: Experiment, options: FlowOptions = {}): Integration & { window: Window } {
  const { integrator, grid, start, seed, comparison } = experiment;
  const dynamics = entryDynamics(experiment.dynamics);
  const index = options.schedule ?? 0;
  const schedule = entrySchedule(experiment.schedules[index]!);
  const window = experimentWindow(experiment, index);
  const n = options.paths ?? comparison.paths;
  const { clean, ...u } = options.denoiser ?? denoiserOf(experiment, n, options.data);
  const place = placeAt(dynamics, schedule, window.start);
  return {
    dynamics,
    noise: experiment.dynamics.noise,
    random: Random.stream(seed, 'noise'),
    schedule,
    window,
    denoiser: u.denoiser,
    integrator: integratorOf(integrator.id),
    times: entryGrid(grid).times({ schedule, window, clock: dynamics.clock }, integrator.steps),
    z0: startStates(start, { n, d: u.d, ...place, seed, ...clean }),
    n,
    d: u.d,
  };
}

/** The comparison an experiment describes. */
export function experimentComparison(experiment: Experiment, options: FlowOptions = {}): ComparisonProblem {
  const { integrators, steps, tolerances, grids, norm, aim } = experiment.comparison;
  // The grids are each row's own: one that the dynamics refuses must not keep the rest from being compared.
  const flow = experimentFlow({ ...experiment, grid: { id: 'uniform-t', params: {} } }, options);
  return {
    ...flow,
    grids: (grids.length ? grids : [experiment.grid]).map(gridChoice),
    integrators: integrators.map(integratorOf),
    steps,
    tolerances,
    norm,
    aim,
  };
}

/** The u of an experiment for n paths; an InputError where it is made from data and there are none. */
function denoiserOf({ denoiser: entry, seed }: Experiment, n: number, data: CleanData | undefined): FlowDenoiser {
  const { id, params } = entry;
  const family = denoiserFamily(id);
  if (family.needs === 'data' && data) {
    const set = family.points(data);
    const targets = samplePoints(set, n, Random.stream(seed, 'targets'));
    return { denoiser: dataSetU(set), d: set.d, clean: { targets } };
  }
  const formula = formulaDenoiser(id);
  return { denoiser: formula.create(params), d: 1, clean: { law: formula.law(params) } };
}
