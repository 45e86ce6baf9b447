import type { Head } from '../heads/head';
import type { Job, Model } from './modelKind';
import { oneHot, readOneHot } from './oneHot';
import type { Tensors } from './trainingState';

/** The side of a model on which its states are, whatever networks carry them. Dispose it. */
export interface StateSide extends Pick<Model, 'm' | 'read' | 'targets'> {
  /** Makes u of the networks' answers, where these are not u themselves. */
  readonly predictor: Head | undefined;
  /** The table of a head that can neither be found among the parameters nor made anew without the data. */
  fixed(): Tensors;
  dispose(): void;
}

/** The state side of a head, which becomes its own; without one, the states are the numbers that are predicted. */
export function stateSide({ numbers: m }: Pick<Job, 'numbers'>, head: Head | undefined): StateSide {
  if (!head)
    return {
      m,
      predictor: undefined,
      read: () => {
        throw new Error('numbers are predicted: there are no classes to read');
      },
      targets: ({ targets, n }) => Float64Array.from(targets ?? new Float64Array(n * m)),
      fixed: () => ({}),
      dispose: () => undefined,
    };
  const { classes, dimension, embedding, prediction, readout } = head.shape;
  const corners = embedding === 'one-hot';
  return {
    m: dimension,
    predictor: prediction === 'softmax' ? head : undefined,
    read: (states) => (corners && readout === 'nearest' ? readOneHot(states, classes) : head.reader().read(states)),
    targets: ({ labels }) => (corners ? oneHot(labels, classes) : rowsOf(head.embeddings, labels, dimension)),
    fixed: () =>
      embedding === 'prototype'
        ? { 'embedding.table': { shape: [classes, dimension], values: head.embeddings.slice() } }
        : {},
    dispose: () => head.dispose(),
  };
}

/** The rows of a table (k x m) that indices name. */
function rowsOf(table: Float32Array, index: Int32Array, m: number): Float64Array {
  const out = new Float64Array(index.length * m);
  index.forEach((k, i) => out.set(table.subarray(k * m, (k + 1) * m), i * m));
  return out;
}
