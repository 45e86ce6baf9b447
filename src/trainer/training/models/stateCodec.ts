import type { Tensors } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { Head } from '../heads/head';
import type { ModelSpec } from './modelSpec';
import { oneHot, readOneHot } from './oneHot';

/** Makes clean states of targets (the embedding), and classes of states at the end (the read-out). Dispose it. */
export interface StateCodec extends Pick<Model, 'm' | 'read' | 'targets'> {
  /** Makes u of the networks' outputs, where these are not u themselves. */
  readonly predictor: Head | undefined;
  /** The table of embeddings, where it is neither among the parameters nor can be made again without the data. */
  fixedTensors(): Tensors;
  dispose(): void;
}

/** The states of a head, which becomes its own. Without a head, the states are the numbers that are predicted. */
export function stateCodec({ targetCount: m }: Pick<ModelSpec, 'targetCount'>, head: Head | undefined): StateCodec {
  if (!head)
    return {
      m,
      predictor: undefined,
      read: () => {
        throw new Error('numbers are predicted: there are no classes to read');
      },
      targets: ({ targets, n }) => Float64Array.from(targets ?? new Float64Array(n * m)),
      fixedTensors: () => ({}),
      dispose: () => undefined,
    };
  const { classes, dimension, embedding, prediction, readout } = head.shape;
  const corners = embedding === 'one-hot';
  return {
    m: dimension,
    predictor: prediction === 'softmax' ? head : undefined,
    read: (states) => (corners && readout === 'nearest' ? readOneHot(states, classes) : head.readout().read(states)),
    targets: ({ labels }) => (corners ? oneHot(labels, classes) : rowsOf(head.embeddings, labels, dimension)),
    fixedTensors: () =>
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
