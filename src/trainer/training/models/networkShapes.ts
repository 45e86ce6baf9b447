import type { Experiment } from '../../../core/experiment/experiment';
import type { Shape } from '../../network/network';
import { fourierFrequencies } from '../../network/timeFeatures';
import { headedShape } from './headed';
import type { Job } from './modelSpec';

/** What the shapes of all kinds of models have in common. */
export const hiddenOf = ({ model }: Experiment): Pick<Shape, 'hidden' | 'activation' | 'residual'> => ({
  hidden: model.hidden,
  activation: model.activation,
  residual: model.residual,
});

/** The time features of an experiment's network. */
export const timeOf = ({ model, seed }: Experiment): Pick<Shape, 'timeFeatures' | 'frequencies'> => ({
  timeFeatures: model.timeFeatures,
  ...(model.timeEmbedding === 'fourier' && { frequencies: fourierFrequencies(model.timeFeatures, seed) }),
});

/** The shape of a network of [z, x, t]. */
export const timedShape = (job: Job): Shape => ({
  ...hiddenOf(job.experiment),
  ...timeOf(job.experiment),
  ...headedShape(job),
  features: job.features,
});
