import { checkHead } from '../../../core/experiment/headSettings';
import { BoundNetwork } from '../../network/boundNetwork';
import { initialWeights, layerParameterCount, Network, type NetworkShape } from '../../network/network';
import { tensorsOf, type Weights } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { TargetTable } from '../batches/targetStore';
import { oneHotTable } from '../heads/embedding';
import { Head } from '../heads/head';
import {
  outputCount,
  headParameterShapes,
  hasParameters,
  initialHead,
  initialTable,
  type HeadShape,
} from '../heads/layout';
import type { ModelSpec, TrainingSetup } from './modelSpec';
import { stateCodec, type StateCodec } from './stateCodec';

/**
 * The head of a model, between its states and the classes. Undefined where numbers are predicted: the states are these.
 * An InputError where settings do not go together.
 */
export function headShapeOf({ experiment, features, classes, targetCount }: ModelSpec): HeadShape | undefined {
  const { embedding, prediction, readout } = experiment.model;
  checkHead(experiment.model, targetCount > 0);
  if (targetCount) return undefined;
  const dimension = { 'one-hot': classes, prototype: features, learned: embedding.dimension! }[embedding.id];
  return { classes, dimension, embedding: embedding.id, prediction, readout };
}

/** The part of a network's shape that its head decides. */
export function headedNetworkShape(spec: ModelSpec): Pick<NetworkShape, 'states' | 'outputs' | 'extra'> {
  const head = headShapeOf(spec);
  if (!head) return { states: spec.targetCount, outputs: spec.targetCount };
  const extra = headParameterShapes(head);
  return { states: head.dimension, outputs: outputCount(head), ...(Object.keys(extra).length && { extra }) };
}

/** The initial embeddings of a training (classes x m). */
export const initialEmbeddings = ({ seed, train }: TrainingSetup, head: HeadShape): Float32Array =>
  initialTable(head, seed, train);

/** The initial weights of a network with a head. */
export function initialHeadedWeights(setup: TrainingSetup, shape: NetworkShape): Weights {
  const head = headShapeOf(setup);
  const layers = initialWeights(shape, setup.seed);
  return head && hasParameters(head) ? { ...layers, ...initialHead(head, initialEmbeddings(setup, head)) } : layers;
}

/** The clean states of the train rows, where they are not trained. */
export function fixedTargets(setup: TrainingSetup): TargetTable {
  const { train } = setup;
  const head = headShapeOf(setup);
  if (!head) return { table: train.targets!, index: Int32Array.from({ length: train.n }, (_, i) => i) };
  return { table: initialEmbeddings(setup, head), index: train.labels };
}

/** The head, where the objective is more than the squared error of the network's output itself. */
export function objectiveHeadShape(setup: TrainingSetup): HeadShape | undefined {
  const head = headShapeOf(setup);
  return head && (hasParameters(head) || head.prediction === 'softmax') ? head : undefined;
}

/** The same head on the parameters of a network that is trained. */
export function objectiveHead(setup: TrainingSetup, network: Network): Head | undefined {
  const shape = objectiveHeadShape(setup);
  return shape && headOn(shape, network, initialEmbeddings(setup, shape));
}

const headOn = (shape: HeadShape, network: Network, table: Float32Array | undefined): Head =>
  new Head(shape, network.parameters.address, layerParameterCount(network.shape), table);

/** The model of a network of a training, which stays the training's. */
export function trainingModel(setup: TrainingSetup, network: Network): Model {
  const head = headShapeOf(setup);
  return statesModel(network, stateCodec(setup, head && headOn(head, network, initialEmbeddings(setup, head))), false);
}

/** The model of the weights of a run, which include the table of embeddings where it cannot be made again. */
export function openNetworkModel(spec: ModelSpec, shape: NetworkShape, weights: Weights): Model {
  const head = headShapeOf(spec);
  const table = head && fixedEmbeddings(head, weights);
  const network = new Network(shape, weights);
  return statesModel(network, stateCodec(spec, head && headOn(head, network, table)), true);
}

/** The embeddings among the weights of a run; undefined where they are trained. An Error where they do not fit. */
export function fixedEmbeddings(
  { embedding, classes, dimension }: HeadShape,
  weights: Weights,
): Float32Array | undefined {
  if (embedding === 'learned') return undefined;
  if (embedding === 'one-hot') return oneHotTable(classes);
  const table = weights['embedding.table'];
  if (table?.length !== classes * dimension)
    throw new Error(`the weights do not fit the model: embedding.table should be ${classes} x ${dimension}`);
  return table;
}

/** A network of [z, x, t] as a model. The model disposes the network where it is its own. */
const statesModel = (network: Network, codec: StateCodec, owned: boolean): Model => ({
  ...codec,
  features: network.shape.features,
  bind: (x, n) => new BoundNetwork(network, x, n, codec.predictor),
  weights: () => ({ ...tensorsOf(network.weights(), network.shapes), ...codec.fixedTensors() }),
  dispose() {
    codec.dispose();
    if (owned) network.dispose();
  },
});
