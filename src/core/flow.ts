import type { ComparisonProblem } from './compare';
import { createDenoiser, denoiserFamily, type Denoiser } from './denoisers';
import { entryDynamics } from './dynamics';
import { entrySchedule, type Experiment } from './experiment';
import { gridOf } from './grids';
import { integratorOf, type Integration } from './integrators';
import { InputError } from './problem';
import { Random } from './random';
import { placeAt, startStates } from './starts';
import { windowOf, type Window } from './window';

/** The window of an experiment's schedule (the first, unless another is named); an InputError where it is empty. */
export function experimentWindow({ schedules, window }: Experiment, index = 0): Window {
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
  /** A u of dimension d in place of the experiment's, with clean states (paths x d) for the exact start. */
  readonly denoiser?: { readonly denoiser: Denoiser; readonly d: number; readonly targets?: Float64Array };
}

/** The integration an experiment describes, its random numbers fresh from the seed; an InputError where it cannot run. */
export function experimentFlow(experiment: Experiment, options: FlowOptions = {}): Integration & { window: Window } {
  const { integrator, grid, start, seed, denoiser, comparison } = experiment;
  const dynamics = entryDynamics(experiment.dynamics);
  const index = options.schedule ?? 0;
  const schedule = entrySchedule(experiment.schedules[index]!);
  const window = experimentWindow(experiment, index);
  const {
    denoiser: u,
    d,
    targets,
  } = options.denoiser ?? {
    denoiser: createDenoiser(denoiser.id, known(denoiser)),
    d: 1,
    targets: undefined,
  };
  const n = options.paths ?? comparison.paths;
  const law = options.denoiser ? {} : { law: denoiserFamily(denoiser.id).law(denoiser.params) };
  const place = placeAt(dynamics, schedule, window.start);
  return {
    dynamics,
    noise: experiment.dynamics.noise,
    random: Random.stream(seed, 'noise'),
    schedule,
    window,
    denoiser: u,
    integrator: integratorOf(integrator.id),
    times: gridOf(grid).times(schedule, window, integrator.steps),
    z0: startStates(start, { n, d, ...place, seed, ...law, ...(targets ? { targets } : {}) }),
    n,
    d,
  };
}

/** The comparison an experiment describes. */
export function experimentComparison(experiment: Experiment, options: FlowOptions = {}): ComparisonProblem {
  const { integrators, steps } = experiment.comparison;
  return {
    ...experimentFlow(experiment, options),
    grid: gridOf(experiment.grid),
    integrators: integrators.map(integratorOf),
    steps,
  };
}

/** The parameters that the family has: a document may hold others, which have no effect. */
function known({ id, params }: Experiment['denoiser']) {
  const names = Object.keys(denoiserFamily(id).parameters);
  return Object.fromEntries(Object.entries(params).filter(([key]) => names.includes(key)));
}
