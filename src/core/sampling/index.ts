import type { Experiment } from '../experiment/experiment';
import type { ModelId } from '../models';
import { blockSampler } from './blockSampler';
import { flowSampler } from './flowSampler';
import { scheduleSampler, type Method, type Sampler } from './sampler';

/**
 * How the states of each kind of model are carried from noise to data; `method` replaces settings of the experiment. An
 * InputError where they cannot be.
 */
export const samplers: Readonly<Record<ModelId, (experiment: Experiment, method?: Method) => Sampler>> = {
  ct: scheduleSampler,
  dt: blockSampler,
  fm: flowSampler,
  backprop: ({ seed }) => ({ direct: true, times: Float64Array.of(1), seed }),
};

export type { DirectSampler, Method, PathSampler, Sampler } from './sampler';
export { sampledSteps, type SampledLine } from './sampledSteps';
