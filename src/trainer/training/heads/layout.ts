import type { EmbeddingId, Prediction, Readout } from '../../../core/models';
import type { Shapes, Weights } from '../../network/tensors';
import { medoidTable, oneHotTable, orthogonalTable, type LabelledRows } from './embedding';

/** What lies between a network's output, the states and the classes: all that is needed to make a head. */
export interface HeadShape {
  readonly classes: number;
  /** m, the length of a state z and of an embedding. */
  readonly dimension: number;
  readonly embedding: EmbeddingId;
  /** Whether u is the network's output itself, or softmax(output) W, a convex combination of the embeddings. */
  readonly prediction: Prediction;
  /** Whether z_1 is read by the nearest embedding, or by a linear map and softmax. */
  readonly readout: Readout;
}

/** How many numbers the network's output has for a row. */
export const outputCount = ({ prediction, classes, dimension }: HeadShape): number =>
  prediction === 'softmax' ? classes : dimension;

/** Whether the head has parameters of its own. The objective then needs its cross-entropy. */
export const hasParameters = ({ embedding, readout }: HeadShape): boolean =>
  embedding === 'learned' || readout === 'linear';

/** The shapes of what is trained in a head, in the order of the vector of parameters. */
export const headParameterShapes = ({ classes, dimension, embedding, readout }: HeadShape): Shapes => ({
  ...(embedding === 'learned' && { 'embedding.table': [classes, dimension] }),
  ...(readout === 'linear' && { 'readout.kernel': [dimension, classes], 'readout.bias': [classes] }),
});

/** The initial table of embeddings (classes x m). Prototypes are chosen among `rows`. */
export function initialTable(
  { embedding, classes, dimension }: HeadShape,
  seed: number,
  rows: LabelledRows,
): Float32Array {
  if (embedding === 'learned') return orthogonalTable(classes, dimension, seed);
  return embedding === 'prototype' ? medoidTable(rows, classes, dimension) : oneHotTable(classes);
}

/**
 * The initial values of what is trained in a head: the table, and a linear read-out that equals that of the nearest
 * embedding, -|z - W_c|^2 / 2 without what all classes share.
 */
export function initialHead(shape: HeadShape, table: Float32Array): Weights {
  const { kernel, bias } = nearestEmbeddingMap(table, shape.classes, shape.dimension);
  const all: Weights = { 'embedding.table': table, 'readout.kernel': kernel, 'readout.bias': bias };
  return Object.fromEntries(Object.keys(headParameterShapes(shape)).map((name) => [name, all[name]!]));
}

/** Logits of a state z (m): z kernel (m x classes) + bias. */
export interface LinearMap {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** The linear map whose largest logit is that of the nearest embedding: W^T and -|W_c|^2 / 2, over a variance. */
export function nearestEmbeddingMap(table: Float32Array, classes: number, m: number, variance = 1): LinearMap {
  const kernel = Float32Array.from(
    { length: m * classes },
    (_, at) => table[(at % classes) * m + Math.floor(at / classes)]! / variance,
  );
  const bias = Float32Array.from({ length: classes }, (_, c) => {
    const row = table.subarray(c * m, (c + 1) * m);
    return -row.reduce((sum, value) => sum + value * value, 0) / (2 * variance);
  });
  return { kernel, bias };
}
