import type { Experiment } from '../../core/experiment/experiment';
import type { Sampler } from '../../core/sampling/sampler';

/** The number of starts whose votes are counted. */
const STARTS = 16;

/** The distance between the numbers of an example's starts. The number of every example is less. */
export const START_STRIDE = 2 ** 27;

/** Whether a model's read-out was trained to give probabilities. A read-out by distance only names a class. */
export const givesProbabilities = ({ model }: Experiment): boolean =>
  model.readout === 'linear' || model.id === 'backprop';

/** From how many starts class probabilities are made: several where a prediction depends on its start. */
export const startsOfPrediction = (sampler: Sampler): number =>
  !sampler.direct && (sampler.start.id !== 'zero' || sampler.noise) ? STARTS : 1;
