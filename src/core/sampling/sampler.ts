import type { Dynamics } from '../dynamics';
import { entryDynamics, type DynamicsEntry } from '../dynamics/entry';
import type { Experiment } from '../experiment/experiment';
import { entrySchedule } from '../schedules/entry';
import { experimentWindow, finalOf } from '../experiment/experimentFlow';
import { entryGrid } from '../grids/entry';
import { integratorOf, refusal, type FinalChoice, type Integrator } from '../integrators';
import { startOf, type Start, type StartPlace } from '../process/starts';
import { noiseLevelAt } from '../process/noiseLevel';
import { InputError } from '../registry/problem';
import type { Schedule } from '../schedules';
import type { Window } from '../schedules/window';

/** A way to integrate; what is left out is as in the experiment. */
export interface Method {
  readonly dynamics?: DynamicsEntry | undefined;
  readonly integrator?: string | undefined;
  readonly steps?: number | undefined;
}

/** How states are carried from noise to data. */
export interface PathSampler {
  readonly direct?: false;
  readonly schedule: Schedule;
  readonly window: Window;
  readonly dynamics: Dynamics;
  /** Whether the SDE partner is run in place of the ODE. */
  readonly noise: boolean;
  readonly integrator: Integrator;
  /** Ascending, over the window. */
  readonly times: Float64Array;
  /** The relative and absolute error that a step may make, where the method chooses its own steps. */
  readonly tolerance?: number | undefined;
  /** How the last step is taken; by the method itself where it is left out. */
  readonly final?: FinalChoice | undefined;
  readonly start: Start;
  /** Where the path begins. */
  readonly place: Pick<StartPlace, 'logSnr' | 'scale'>;
  readonly seed: number;
}

/** Takes the place of a path where the model answers in one pass. */
export interface DirectSampler {
  readonly direct: true;
  /** One time, that of the answer. */
  readonly times: Float64Array;
  readonly seed: number;
}

export type Sampler = PathSampler | DirectSampler;

/** A sampler that has a path. An InputError where it has none; `consequence` says what does not exist then. */
export function requirePath(sampler: Sampler, consequence: string): PathSampler {
  if (sampler.direct)
    throw new InputError(`Backpropagation answers in one pass, without a path from noise to data: ${consequence}`);
  return sampler;
}

/** The tolerance of an experiment's own method; undefined where another method or number of steps is chosen. */
export const toleranceOf = ({ integrator }: Experiment, method: Method): number | undefined =>
  method.integrator === undefined && method.steps === undefined ? integrator.tolerance : undefined;

/** The dynamics of an experiment, or that of a method in its place. */
export function flowOf(experiment: Experiment, method: Method): Pick<PathSampler, 'dynamics' | 'noise'> {
  const entry = method.dynamics ?? experiment.dynamics;
  return { dynamics: entryDynamics(entry), noise: entry.noise };
}

/** Where the paths of an experiment begin. */
export const startsOf = (
  { start, seed }: Experiment,
  dynamics: Dynamics,
  schedule: Schedule,
  times: Float64Array,
): Pick<PathSampler, 'start' | 'place' | 'seed'> => ({
  start: startOf(start),
  place: noiseLevelAt(dynamics, schedule, times[0]!),
  seed,
});

/** The sampler of a u that exists at all times, over the window of the experiment's schedule; see `samplers`. */
export function scheduleSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = experimentWindow(experiment);
  const flow = flowOf(experiment, method);
  const integrator = integratorOf(method.integrator ?? experiment.integrator.id);
  const reason = refusal(integrator, { ...flow, denoiser: { times: 'all' } });
  if (reason) throw new InputError(reason);
  const steps = method.steps ?? experiment.integrator.steps;
  const times = entryGrid(experiment.grid).times({ schedule, window, clock: flow.dynamics.clock }, steps);
  const tolerance = toleranceOf(experiment, method);
  return {
    schedule,
    window,
    ...flow,
    integrator,
    times,
    tolerance,
    final: finalOf(experiment),
    ...startsOf(experiment, flow.dynamics, schedule, times),
  };
}
