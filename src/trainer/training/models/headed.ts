import { InputError } from '../../../core/registry/problem';
import { oneHotTable } from '../heads/embedding';
import { Head } from '../heads/head';
import { answersOf, headShapes, isTrained, startHead, startTable, type HeadShape } from '../heads/layout';
import { initialWeights, layerCount, Network, weightShapes, type Shape, type Weights } from '../../network/network';
import type { Plan } from '../plan';
import type { TargetTable } from '../batches/targetRows';
import type { Job, Model } from './modelKind';
import { tensorsOf } from './trainingState';
import { stateSide, type StateSide } from './stateCodec';

/** The settings of a head that numbers have no use for, and what they must then be. */
const NUMERIC = { prediction: 'regression', readout: 'nearest' } as const;

/**
 * What is between the states and the classes of a job's model; undefined where numbers are predicted, which the states
 * then are. An InputError where the settings do not go with these.
 */
export function headOf({ experiment, features, classes, numbers }: Job): HeadShape | undefined {
  const { id, embedding, prediction, readout } = experiment.model;
  if (id === 'fm' && prediction !== 'regression')
    throw new InputError(
      `model.prediction must be regression with NoProp-FM, whose answer is a velocity and no mixture of embeddings: got ${prediction}`,
    );
  if (!numbers) {
    const dimension = { 'one-hot': classes, prototype: features, learned: embedding.dimension! }[embedding.id];
    return { classes, dimension, embedding: embedding.id, prediction, readout };
  }
  const refuse = (key: string, value: string, allowed: string) =>
    new InputError(
      `model.${key} must be ${allowed} where numbers are predicted, for these have no classes: got ${value}`,
    );
  if (embedding.id !== 'one-hot') throw refuse('embedding', embedding.id, 'one-hot, its default,');
  for (const [key, allowed] of Object.entries(NUMERIC)) {
    const value = experiment.model[key as keyof typeof NUMERIC];
    if (value !== allowed) throw refuse(key, value, allowed);
  }
  return undefined;
}

/** What of a network's shape follows from its head. */
export function headedShape(job: Job): Pick<Shape, 'states' | 'outputs' | 'extra'> {
  const head = headOf(job);
  if (!head) return { states: job.numbers, outputs: job.numbers };
  const extra = headShapes(head);
  return { states: head.dimension, outputs: answersOf(head), ...(Object.keys(extra).length && { extra }) };
}

/** The embeddings that a training begins with. */
export const tableOf = (plan: Plan, head: HeadShape): Float32Array => startTable(head, plan.seed, plan.train);

/** The weights that a network with a head begins with. */
export function headedWeights(plan: Plan, shape: Shape): Weights {
  const head = headOf(plan);
  const layers = initialWeights(shape, plan.seed);
  return head && isTrained(head) ? { ...layers, ...startHead(head, tableOf(plan, head)) } : layers;
}

/** The clean states of a plan's train rows, where they are not trained. */
export function fixedTargets(plan: Plan): TargetTable {
  const { train } = plan;
  const head = headOf(plan);
  if (!head) return { table: train.targets!, index: Int32Array.from({ length: train.n }, (_, i) => i) };
  return { table: tableOf(plan, head), index: train.labels };
}

/** The shape of a plan's head where the objective has more than the squared error of the answers themselves. */
export function trainedShape(plan: Plan): HeadShape | undefined {
  const head = headOf(plan);
  return head && (isTrained(head) || head.prediction === 'softmax') ? head : undefined;
}

/** The head of a network that learns, where there is such a one. */
export function trainedHead(plan: Plan, network: Network): Head | undefined {
  const shape = trainedShape(plan);
  return shape && liveHead(shape, network, tableOf(plan, shape));
}

const liveHead = (shape: HeadShape, network: Network, table: Float32Array | undefined): Head =>
  new Head(shape, network.parameters.address, layerCount(network.shape), table);

/** The model of a network that a training answers with. */
export function answeringModel(plan: Plan, network: Network): Model {
  const head = headOf(plan);
  return statesModel(network, stateSide(plan, head && liveHead(head, network, tableOf(plan, head))), false);
}

/** The model of a network and the weights of a run, which have the table where it is not trained. */
export function openStates(job: Job, shape: Shape, weights: Weights): Model {
  const head = headOf(job);
  const table = head && openTable(head, weights);
  const network = new Network(shape, weights);
  return statesModel(network, stateSide(job, head && liveHead(head, network, table)), true);
}

/** The embeddings among the weights of a run; undefined where they are trained, an Error where they do not fit. */
export function openTable({ embedding, classes, dimension }: HeadShape, weights: Weights): Float32Array | undefined {
  if (embedding === 'learned') return undefined;
  if (embedding === 'one-hot') return oneHotTable(classes);
  const table = weights['embedding.table'];
  if (table?.length !== classes * dimension)
    throw new Error(`the weights do not fit the model: embedding.table should be ${classes} x ${dimension}`);
  return table;
}

/** A network of [z, x, t] as a model; the network is disposed of where it is the model's own. */
const statesModel = (network: Network, side: StateSide, own: boolean): Model => ({
  ...side,
  features: network.shape.features,
  bind: (x, n) => network.bind(x, n, side.predictor),
  weights: () => ({ ...tensorsOf(network.weights(), weightShapes(network.shape), ''), ...side.fixed() }),
  dispose() {
    side.dispose();
    if (own) network.dispose();
  },
});
