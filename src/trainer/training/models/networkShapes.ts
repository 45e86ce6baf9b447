import type { Experiment } from '../../../core/experiment/experiment';
import type { NetworkShape } from '../../network/network';
import { fourierFrequencies } from '../../network/timeFeatures';
import { headedNetworkShape } from './headedNetwork';
import type { ModelSpec } from './modelSpec';

/** What the shapes of all kinds of models have in common. */
export const hiddenLayersOf = ({ model }: Experiment): Pick<NetworkShape, 'hidden' | 'activation' | 'residual'> => ({
  hidden: model.hidden,
  activation: model.activation,
  residual: model.residual,
});

/** The time features of an experiment's network. */
export const timeFeaturesOf = ({ model, seed }: Experiment): Pick<NetworkShape, 'timeFeatures' | 'frequencies'> => ({
  timeFeatures: model.timeFeatures,
  ...(model.timeEmbedding === 'fourier' && { frequencies: fourierFrequencies(model.timeFeatures, seed) }),
});

/** The shape of a network of [z, x, t]. */
export const timedNetworkShape = (spec: ModelSpec): NetworkShape => ({
  ...hiddenLayersOf(spec.experiment),
  ...timeFeaturesOf(spec.experiment),
  ...headedNetworkShape(spec),
  features: spec.features,
});
