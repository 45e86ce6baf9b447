import { entrySchedule, type Experiment } from '../core/experiment';
import { InputError } from '../core/problem';
import { uniform } from '../core/sampling';
import type { Schedule } from '../core/schedules';
import { windowOf, type Window } from '../core/window';
import type { Method } from '../protocol/trainer';

/** How states are carried from noise to data. */
export interface Sampler {
  readonly schedule: Schedule;
  readonly window: Window;
  readonly times: Float64Array;
  readonly start: string;
  readonly seed: number;
}

/** The sampler of an experiment, with what a method sets in place of its own; an InputError where it cannot run. */
export function samplerOf(experiment: Experiment, method: Method = {}): Sampler {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const limit = experiment.window.logSnr;
  const window = windowOf(schedule, limit);
  if (!window) throw new InputError(`the schedule lies wholly outside the window |log-SNR| <= ${limit}`);
  const steps = method.steps ?? experiment.integrator.steps;
  const times = uniform(window.start, window.end, steps + 1);
  return { schedule, window, times, start: experiment.start, seed: experiment.seed };
}
