import type { Random } from '../../../core/math/random';
import { samplers } from '../../../core/sampling';
import { kernels } from '../../engine/backend';
import { floats, floatsOf } from '../../engine/heap';
import { initialWeights, Network, parameterShapes, type NetworkShape } from '../../network/network';
import { tensorsOf } from '../../network/tensors';
import type { BoundModel, Model } from '../../sampling/model';
import { LabelBatches } from '../batches/labelBatches';
import type { ModelKind } from './modelKind';
import type { ModelSpec } from './modelSpec';
import { hiddenLayersOf } from './networkShapes';
import { oneHot, readOneHot } from './oneHot';
import { SingleNetworkTraining } from './singleNetworkTraining';
import { stateCodec } from './stateCodec';

/** The network of x alone. */
const plainShape = ({ experiment, features, classes, targetCount }: ModelSpec): NetworkShape => ({
  ...hiddenLayersOf(experiment),
  features,
  states: 0,
  timeFeatures: 0,
  outputs: classes || targetCount,
});

/** The predictions for rows as a u that does not depend on the state: numbers, or the probabilities of classes. */
function bindRows(network: Network, softmax: boolean, x: Float32Array, n: number): BoundModel {
  const { outputs } = network.shape;
  const [rows, output] = [floatsOf(x), floats(n * outputs)];
  network.infer(rows.address, n, output.address);
  if (softmax) kernels().softmax(output.address, n, outputs, output.address);
  const predictions = Float64Array.from(output.values);
  for (const array of [rows, output]) array.dispose();
  return {
    times: 'all',
    constant: true,
    denoise: (_z, _n, _d, _t, _logSnr, out) => out.set(predictions),
    dispose: () => undefined,
  };
}

function modelOf({ classes, targetCount }: ModelSpec, network: Network, owned: boolean): Model {
  const { outputs, features } = network.shape;
  const { read, targets } = stateCodec({ targetCount }, undefined);
  return {
    m: outputs,
    features,
    bind: (x, n) => bindRows(network, classes > 0, x, n),
    read: classes ? (states) => readOneHot(states, classes) : read,
    targets: classes ? ({ labels }) => oneHot(labels, classes) : targets,
    weights: () => tensorsOf(network.weights(), network.shapes),
    dispose: () => owned && network.dispose(),
  };
}

/** The baseline: the same hidden layers from x to the classes, trained end to end. It answers in one pass. */
export const backprop: ModelKind = {
  id: 'backprop',
  networkShape: plainShape,
  parameterShapes: (spec) => parameterShapes(plainShape(spec)),
  sampler: samplers.backprop,
  open: (spec, weights) => modelOf(spec, new Network(plainShape(spec), weights), true),
  training(setup, start) {
    const shape = plainShape(setup);
    const parts = {
      shape,
      initial: () => initialWeights(shape, setup.seed),
      batches: (random: Random) => new LabelBatches(setup, random),
      model: (network: Network) => modelOf(setup, network, false),
    };
    return new SingleNetworkTraining(setup, parts, start);
  },
};
