import { entryDynamics, type Dynamics } from '../core/dynamics';
import { entrySchedule, type Experiment } from '../core/experiment';
import { experimentWindow } from '../core/flow';
import { entryGrid } from '../core/grids';
import { integratorOf, refusal, type Integrator } from '../core/integrators';
import { InputError } from '../core/problem';
import type { Schedule } from '../core/schedules';
import { startOf, type Start } from '../core/starts';
import type { Window } from '../core/window';
import type { Method } from '../protocol/trainer';

/** How states are carried from noise to data. */
export interface Sampler {
  readonly schedule: Schedule;
  readonly window: Window;
  readonly dynamics: Dynamics;
  /** Whether the SDE partner is run, in place of the ODE. */
  readonly noise: boolean;
  readonly integrator: Integrator;
  /** Ascending, over the window. */
  readonly times: Float64Array;
  readonly start: Start;
  readonly seed: number;
}

/** The sampler of an experiment, with what a method sets in place of its own; an InputError where it cannot run. */
export function samplerOf(experiment: Experiment, method: Method = {}): Sampler {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = experimentWindow(experiment);
  const entry = method.dynamics ?? experiment.dynamics;
  const flow = { dynamics: entryDynamics(entry), noise: entry.noise };
  const integrator = integratorOf(method.integrator ?? experiment.integrator.id);
  const reason = refusal(integrator, { ...flow, denoiser: { times: 'all' } });
  if (reason) throw new InputError(reason);
  const steps = method.steps ?? experiment.integrator.steps;
  return {
    schedule,
    window,
    ...flow,
    integrator,
    times: entryGrid(experiment.grid).times({ schedule, window, clock: flow.dynamics.clock }, steps),
    start: startOf(experiment.start),
    seed: experiment.seed,
  };
}
