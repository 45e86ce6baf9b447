import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { floats, floatsOf } from '../../engine/heap';
import { initialWeights, Network, weightShapes, type Shape } from '../../network/network';
import { tensorsOf } from '../../network/tensors';
import type { BoundModel, Model } from '../../sampling/model';
import { LabelBatches } from '../batches/labelBatches';
import type { ModelKind } from './modelKind';
import type { Job } from './modelSpec';
import { hiddenOf } from './networkShapes';
import { oneHot, readOneHot } from './oneHot';
import { SingleTraining } from './singleNetworkTraining';
import { stateSide } from './stateCodec';

/** The network of x alone. */
const plainShape = ({ experiment, features, classes, numbers }: Job): Shape => ({
  ...hiddenOf(experiment),
  features,
  states: 0,
  timeFeatures: 0,
  outputs: classes || numbers,
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

function modelOf({ classes, numbers }: Job, network: Network, own: boolean): Model {
  const { outputs, features } = network.shape;
  const { read, targets } = stateSide({ numbers }, undefined);
  return {
    m: outputs,
    features,
    bind: (x, n) => bindRows(network, classes > 0, x, n),
    read: classes ? (states) => readOneHot(states, classes) : read,
    targets: classes ? ({ labels }) => oneHot(labels, classes) : targets,
    weights: () => tensorsOf(network.weights(), network.shapes),
    dispose: () => own && network.dispose(),
  };
}

/** The baseline: the same hidden layers from x to the classes, trained end to end. It answers in one pass. */
export const backprop: ModelKind = {
  id: 'backprop',
  shape: plainShape,
  sizes: (job) => weightShapes(plainShape(job)),
  sampler: ({ seed }) => ({ direct: true, times: Float64Array.of(1), seed }),
  open: (job, weights) => modelOf(job, new Network(plainShape(job), weights), true),
  training(setup, start) {
    const shape = plainShape(setup);
    const parts = {
      shape,
      initial: () => initialWeights(shape, setup.seed),
      batches: (random: Random) => new LabelBatches(setup, random),
      model: (network: Network) => modelOf(setup, network, false),
    };
    return new SingleTraining(setup, parts, start);
  },
};
