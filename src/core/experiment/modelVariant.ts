import { createDynamics } from '../dynamics';
import { entryDynamics } from '../dynamics/entry';
import type { Experiment } from './experiment';
import { integratorOf, refusal } from '../integrators';
import type { ModelId } from '../models';

/** What is chosen where an experiment's own choice cannot carry a kind of model. */
const PLAIN = { dynamics: { id: 'noprop-forward', params: {}, noise: false }, integrator: 'heun' } as const;

/**
 * The experiment with another kind of model. All else stays as it is, but for what that kind refuses: NoProp-FM
 * predicts by regression and runs by an explicit method, and NoProp-DT needs a dynamics with a clock.
 */
export function withModel(experiment: Experiment, id: ModelId): Experiment {
  const changed = { ...experiment, model: { ...experiment.model, id } };
  const { integrator, dynamics } = experiment;
  if (id === 'fm') {
    const flow = { dynamics: createDynamics('flow-matching'), denoiser: { times: 'all' } } as const;
    const refused = refusal(integratorOf(integrator.id), flow);
    return {
      ...changed,
      model: { ...changed.model, prediction: 'regression' },
      ...(refused && { integrator: { ...integrator, id: PLAIN.integrator } }),
    };
  }
  if (id === 'dt') {
    const flow = { dynamics: entryDynamics(dynamics), noise: dynamics.noise, denoiser: { times: 'blocks' } } as const;
    const step = integratorOf(dynamics.noise ? 'posterior-step' : 'exponential-1');
    return refusal(step, flow) ? { ...changed, dynamics: { ...dynamics, ...PLAIN.dynamics } } : changed;
  }
  return changed;
}
