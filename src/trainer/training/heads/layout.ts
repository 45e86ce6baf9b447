import type { EmbeddingId, Prediction, Readout } from '../../../core/models';
import type { Weights } from '../../network/network';
import { medoidTable, oneHotTable, orthogonalTable, type LabelledRows } from './embedding';

/** What stands between a network's answers, the states and the classes: all that is needed to make a head. */
export interface HeadShape {
  readonly classes: number;
  /** m, the length of a state z and of an embedding. */
  readonly dimension: number;
  readonly embedding: EmbeddingId;
  /** Whether u is the network's answer itself, or softmax(answer) W, a convex combination of the embeddings. */
  readonly prediction: Prediction;
  /** Whether z_1 is read by the nearest embedding, or by a linear map and softmax. */
  readonly readout: Readout;
}

/** How many numbers the network answers for a row. */
export const answersOf = ({ prediction, classes, dimension }: HeadShape): number =>
  prediction === 'softmax' ? classes : dimension;

/** Whether the head has parameters of its own, for which the objective needs its cross-entropy. */
export const isTrained = ({ embedding, readout }: HeadShape): boolean =>
  embedding === 'learned' || readout === 'linear';

/** The shapes of what is trained in a head, in the order of the parameters' vector. */
export const headShapes = ({
  classes,
  dimension,
  embedding,
  readout,
}: HeadShape): Record<string, readonly number[]> => ({
  ...(embedding === 'learned' && { 'embedding.table': [classes, dimension] }),
  ...(readout === 'linear' && { 'readout.kernel': [dimension, classes], 'readout.bias': [classes] }),
});

/** How many parameters of a head are trained. */
export const headSize = (shape: HeadShape): number =>
  Object.values(headShapes(shape)).reduce((sum, size) => sum + size.reduce((product, n) => product * n, 1), 0);

/** The table of embeddings to begin with (classes x m); the prototypes are those of `rows`. */
export function startTable(
  { embedding, classes, dimension }: HeadShape,
  seed: number,
  rows: LabelledRows,
): Float32Array {
  if (embedding === 'learned') return orthogonalTable(classes, dimension, seed);
  return embedding === 'prototype' ? medoidTable(rows, classes, dimension) : oneHotTable(classes);
}

/**
 * What is trained in a head, to begin with: the table, and a linear read-out that is the nearest embedding's own,
 * -|z - W_c|^2 / 2 but for what all classes share.
 */
export function startHead(shape: HeadShape, table: Float32Array): Weights {
  const { kernel, bias } = nearestMap(table, shape.classes, shape.dimension);
  const all: Weights = { 'embedding.table': table, 'readout.kernel': kernel, 'readout.bias': bias };
  return Object.fromEntries(Object.keys(headShapes(shape)).map((name) => [name, all[name]!]));
}

/** The linear map whose largest answer is the nearest embedding: W^T (m x classes) and -|W_c|^2 / 2, over a variance. */
export function nearestMap(
  table: Float32Array,
  classes: number,
  m: number,
  variance = 1,
): { kernel: Float32Array; bias: Float32Array } {
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
