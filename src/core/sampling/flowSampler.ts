import { createDynamics, type Dynamics } from '../dynamics';
import type { Experiment } from '../experiment/experiment';
import { entryGrid } from '../grids/entry';
import { integratorOf, refusal } from '../integrators';
import { noiseLevelAt } from '../process/noiseLevel';
import { startOf } from '../process/starts';
import { InputError } from '../registry/problem';
import { createSchedule, type Schedule } from '../schedules';
import { toleranceOf, type Method, type PathSampler } from './sampler';

/** dz/dt = v(z, x, t): the network's output is the slope itself, so there is no pole at t = 1. */
const velocity: Dynamics = { id: 'flow-matching', needs: [], rates: () => ({ pull: 1, decay: 0 }) };

/** The log-SNR of z_t = t z_1 + (1 - t) z_0, limited so that grids by log-SNR have finite ends. */
function straightLines(limit: number): Schedule {
  const { logSnr, logSnrRate } = createSchedule('rectified-flow');
  return { logSnr: (t) => Math.max(-limit, Math.min(limit, logSnr(t))), logSnrRate };
}

/** The sampler of flow matching, from t = 0 to 1. It has no schedule, and no other dynamics. */
export function flowSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const { integrator: own, grid, start, seed } = experiment;
  const { dynamics: asked } = method;
  if (asked && asked.id !== velocity.id)
    throw new InputError(`NoProp-FM runs under the dynamics flow-matching alone: got ${asked.id}`);
  const integrator = integratorOf(method.integrator ?? own.id);
  const reason = refusal(integrator, { dynamics: velocity, denoiser: { times: 'all' } });
  if (reason)
    throw new InputError(
      `integrator.id: NoProp-FM runs under the dynamics flow-matching, and ${reason}: choose an explicit method, such as euler, heun or rk4`,
    );
  const schedule = straightLines(experiment.window.logSnr);
  const window = { start: 0, end: 1 };
  return {
    schedule,
    window,
    dynamics: velocity,
    noise: false,
    integrator,
    times: entryGrid(grid).times({ schedule, window }, method.steps ?? own.steps),
    tolerance: toleranceOf(experiment, method),
    start: startOf(start),
    place: noiseLevelAt(createDynamics('flow-matching'), schedule, 0),
    seed,
  };
}
