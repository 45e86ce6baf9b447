import type { Reading } from '../models/modelKind';
import { nearestMap, type HeadShape } from './layout';

/** The variance about its embedding that z_1 is taken to have where no read-out was trained to tell it. */
const VARIANCE = 0.1;

/** Logits of a state z: z kernel (m x classes) + bias. */
export interface LinearMap {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** The read-out of the nearest embedding as logits; see `Reader`. */
export const nearestReadout = ({ classes, dimension, embedding }: HeadShape, table: Float32Array): LinearMap =>
  nearestMap(table, classes, dimension, embedding === 'learned' ? 1 : VARIANCE);

/**
 * Reads states z_1 as classes, in double precision: p(y | z) is softmax(z K + b) of a linear read-out, and of the
 * nearest embedding softmax(-|z - W_c|^2 / 2v), with v = 1 for a learned table, which is what it was trained by, and
 * 0.1 for a fixed one.
 */
export class Reader {
  constructor(private readonly map: LinearMap) {}

  /** The classes of states (n x m) and their probabilities. */
  read(states: ArrayLike<number>): Reading {
    const { kernel, bias } = this.map;
    const classes = bias.length;
    const m = kernel.length / classes;
    const n = states.length / m;
    const [labels, probabilities] = [new Int32Array(n), new Float32Array(n * classes)];
    const logits = new Float64Array(classes);
    for (let i = 0; i < n; i++) {
      logits.set(bias);
      for (let j = 0; j < m; j++) {
        const z = states[i * m + j]!;
        for (let c = 0; c < classes; c++) logits[c] = logits[c]! + z * kernel[j * classes + c]!;
      }
      const best = (labels[i] = largest(logits));
      const top = logits[best]!;
      const sum = logits.reduce((total, value) => total + Math.exp(value - top), 0);
      logits.forEach((value, c) => (probabilities[i * classes + c] = Math.exp(value - top) / sum));
    }
    return { labels, probabilities };
  }
}

/** The place of the largest number, the first of equals. */
const largest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
};
