import { benchmarkOf, gridChoices, type ComparisonProblem } from '../compare';
import { dataSetU, denoiserFamily, formulaDenoiser, type CleanData, type Denoiser, type Law } from '../denoisers';
import { entryDynamics } from '../dynamics/entry';
import { type Experiment } from './experiment';
import { entrySchedule } from '../schedules/entry';
import { entryGrid } from '../grids/entry';
import { integratorOf, type FinalChoice, type Integration } from '../integrators';
import { type Flow } from '../process/flow';
import { lawMoments } from '../process/moments';
import { InputError } from '../registry/problem';
import { Random } from '../math/random';
import { startOf } from '../process/starts';
import { samplePoints, startStates } from '../process/starts/states';
import { noiseLevelAt } from '../process/noiseLevel';
import { windowOf, type Window } from '../schedules/window';

/** The window of an experiment's schedule (the first, unless another is named); an InputError where it is empty. */
export function experimentWindow({ schedules, window }: Pick<Experiment, 'schedules' | 'window'>, index = 0): Window {
  const found = windowOf(entrySchedule(schedules[index]!), window.logSnr);
  if (!found) throw new InputError(`schedules[${index}] lies wholly outside the window |log-SNR| <= ${window.logSnr}`);
  return found;
}

/** How an experiment takes its last step. */
export const finalOf = ({ integrator }: Pick<Experiment, 'integrator'>): FinalChoice => ({
  id: integrator.final,
  under: integrator.finalUnder,
});

/** What an experiment lets be replaced: u, with its start states, or the count of paths. */
export interface FlowOptions {
  /** Schedule of this index (0). */
  readonly schedule?: number;
  /** Number of paths (comparison.paths). */
  readonly paths?: number;
  /** The experiment's data, for a u that is made from them. */
  readonly data?: CleanData | undefined;
  /** A u in place of the experiment's. */
  readonly denoiser?: FlowDenoiser | undefined;
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
  const place = noiseLevelAt(dynamics, schedule, window.start);
  return {
    dynamics,
    noise: experiment.dynamics.noise,
    random: Random.stream(seed, 'noise'),
    schedule,
    window,
    denoiser: u.denoiser,
    integrator: integratorOf(integrator.id),
    tolerance: integrator.tolerance,
    final: finalOf(experiment),
    times: entryGrid(grid).times({ schedule, window, clock: dynamics.clock }, integrator.steps),
    z0: startStates(start, { n, d: u.d, ...place, seed, ...clean }),
    n,
    d: u.d,
  };
}

/** An experiment with the problem in place that its comparison names. */
export const withBenchmark = (experiment: Experiment): Experiment => ({
  ...experiment,
  ...benchmarkOf(experiment.comparison.problem).parts,
});

/** The comparison an experiment describes, on the problem it names unless u is given. */
export function experimentComparison(experiment: Experiment, options: FlowOptions = {}): ComparisonProblem {
  const { problem, integrators, steps, tolerances, grids, finals, norm, aim } = experiment.comparison;
  const compared = options.denoiser ? experiment : withBenchmark(experiment);
  // The grids are each row's own: one that the dynamics refuses must not keep the rest from being compared.
  const flow = experimentFlow({ ...compared, grid: { id: 'uniform-t', params: {} } }, options);
  const starts = options.denoiser ? undefined : benchmarkOf(problem).starts;
  return {
    ...flow,
    ...(starts && { z0: starts(flow.n) }),
    startMoments: options.denoiser ? undefined : startMomentsOf(compared, flow),
    seed: experiment.seed,
    grids: gridChoices(grids.length ? grids : [experiment.grid]),
    integrators: once(integrators).map(integratorOf),
    steps: once(steps),
    finals: once(finals).map((id) => ({ id, under: experiment.integrator.finalUnder })),
    tolerances: once(tolerances),
    norm,
    aim,
  };
}

/** What is given more than once is run once. */
const once = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Mean and variance of the starts of an experiment whose u is a formula; undefined where it is made from data. */
function startMomentsOf({ denoiser, start }: Experiment, { dynamics, schedule, window }: Flow & { window: Window }) {
  const family = denoiserFamily(denoiser.id);
  if (family.needs) return undefined;
  return startOf(start).moments(
    noiseLevelAt(dynamics, schedule, window.start),
    lawMoments(family.law(denoiser.params)),
  );
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
