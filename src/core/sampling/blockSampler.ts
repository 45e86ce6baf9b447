import type { Experiment } from '../experiment/experiment';
import { integratorOf, refusal } from '../integrators';
import { InputError } from '../registry/problem';
import { blocksOf } from './blocks';
import { flowOf, startsOf, type Method, type PathSampler } from './sampler';

/**
 * The sampler of NoProp-DT, one step a block: the exact step (eqs. 10 to 13), with its noise where dynamics.noise is on,
 * unless a method names another integrator.
 */
export function blockSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const { schedule, window, times } = blocksOf(experiment);
  const flow = flowOf(experiment, method);
  const integrator = integratorOf(method.integrator ?? (flow.noise ? 'posterior-step' : 'exponential-1'));
  if (method.steps !== undefined && method.steps !== times.length - 1)
    throw new InputError(
      `NoProp-DT takes one step a block: steps must be model.blocks, ${times.length - 1}, not ${method.steps}`,
    );
  const reason = refusal(integrator, { ...flow, denoiser: { times: 'blocks' } });
  if (reason)
    throw new InputError(
      method.integrator === undefined ? `dynamics.id: NoProp-DT samples by the exact step, and ${reason}` : reason,
    );
  return { schedule, window, ...flow, integrator, times, ...startsOf(experiment, flow.dynamics, schedule, times) };
}
