import { type Dynamics } from '../../core/dynamics';
import { entryDynamics } from '../../core/dynamics/entry';
import { type Experiment } from '../../core/experiment/experiment';
import { entrySchedule } from '../../core/schedules/entry';
import { experimentWindow } from '../../core/experiment/experimentFlow';
import { entryGrid } from '../../core/grids/entry';
import { integratorOf, refusal, type Integrator } from '../../core/integrators';
import { InputError } from '../../core/registry/problem';
import type { Schedule } from '../../core/schedules';
import { noiseLevelAt, startOf, type Start, type StartPlace } from '../../core/process/starts';
import type { Window } from '../../core/schedules/window';
import type { Method } from '../../protocol/trainer';

/** How states are carried from noise to data. */
export interface PathSampler {
  readonly direct?: false;
  readonly schedule: Schedule;
  readonly window: Window;
  readonly dynamics: Dynamics;
  /** Whether the SDE partner is run, in place of the ODE. */
  readonly noise: boolean;
  readonly integrator: Integrator;
  /** Ascending, over the window. */
  readonly times: Float64Array;
  /** Relative and absolute error a step may make, where the method is to choose its own. */
  readonly tolerance?: number | undefined;
  readonly start: Start;
  /** Where it begins. */
  readonly place: Pick<StartPlace, 'logSnr' | 'scale'>;
  readonly seed: number;
}

/** In place of a way from noise to data, where the model answers in one pass. */
export interface DirectSampler {
  readonly direct: true;
  /** One time, that of the answer. */
  readonly times: Float64Array;
  readonly seed: number;
}

export type Sampler = PathSampler | DirectSampler;

/** A sampler's path; an InputError where there is none, in the words of what was asked for. */
export function pathOf(sampler: Sampler, what: string): PathSampler {
  if (sampler.direct)
    throw new InputError(`Backpropagation answers in one pass, without a path from noise to data: ${what}`);
  return sampler;
}

/** The tolerance of an experiment's own method; none where another method or count of steps is asked for. */
export const toleranceOf = ({ integrator }: Experiment, method: Method): number | undefined =>
  method.integrator === undefined && method.steps === undefined ? integrator.tolerance : undefined;

/** The sampler of a u that is there at all times, over the window of the experiment's schedule; see `ModelKind.sampler`. */
export function scheduleSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = experimentWindow(experiment);
  const entry = method.dynamics ?? experiment.dynamics;
  const flow = { dynamics: entryDynamics(entry), noise: entry.noise };
  const integrator = integratorOf(method.integrator ?? experiment.integrator.id);
  const reason = refusal(integrator, { ...flow, denoiser: { times: 'all' } });
  if (reason) throw new InputError(reason);
  const steps = method.steps ?? experiment.integrator.steps;
  const times = entryGrid(experiment.grid).times({ schedule, window, clock: flow.dynamics.clock }, steps);
  return {
    schedule,
    window,
    ...flow,
    integrator,
    times,
    tolerance: toleranceOf(experiment, method),
    start: startOf(experiment.start),
    place: noiseLevelAt(flow.dynamics, schedule, times[0]!),
    seed: experiment.seed,
  };
}
