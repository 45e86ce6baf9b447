import type { HeadShape } from './layout';
import { nearestMap } from './layout';
import type { Weights } from '../network';

/** The variance about its embedding that z_1 is taken to have where no read-out was trained to tell it. */
const VARIANCE = 0.1;

/** What states are read as; see `Reader`. */
export interface Classes {
  /** The most probable class of each state. */
  readonly labels: Int32Array;
  /** n x classes. */
  readonly probabilities: Float32Array;
}

/**
 * Reads states z_1 as classes, in double precision: p(y | z) is softmax(z K + b) of a linear read-out, and of the
 * nearest embedding softmax(-|z - W_c|^2 / 2v), with v = 1 for a learned table, which is what it was trained by, and
 * 0.1 for a fixed one.
 */
export class Reader {
  private readonly kernel: Float32Array;
  private readonly bias: Float32Array;

  /** `weights` has the read-out's kernel and bias where it is linear. */
  constructor(
    private readonly shape: HeadShape,
    table: Float32Array,
    weights: Weights,
  ) {
    const { classes, dimension, embedding, readout } = shape;
    const map = nearestMap(table, classes, dimension, embedding === 'learned' ? 1 : VARIANCE);
    this.kernel = readout === 'linear' ? weights['readout.kernel']! : map.kernel;
    this.bias = readout === 'linear' ? weights['readout.bias']! : map.bias;
  }

  /** The most probable class of each state (n x m). */
  labels(states: ArrayLike<number>): Int32Array {
    return this.each(states, new Int32Array(states.length / this.shape.dimension), (logits, i, labels) => {
      labels[i] = largest(logits);
    });
  }

  /** The classes of states (n x m) and their probabilities. */
  read(states: ArrayLike<number>): Classes {
    const n = states.length / this.shape.dimension;
    const { classes } = this.shape;
    const probabilities = new Float32Array(n * classes);
    const labels = this.each(states, new Int32Array(n), (logits, i, out) => {
      const best = (out[i] = largest(logits));
      const top = logits[best]!;
      const sum = logits.reduce((total, value) => total + Math.exp(value - top), 0);
      logits.forEach((value, c) => (probabilities[i * classes + c] = Math.exp(value - top) / sum));
    });
    return { labels, probabilities };
  }

  private each(
    states: ArrayLike<number>,
    out: Int32Array,
    work: (logits: Float64Array, i: number, out: Int32Array) => void,
  ) {
    const { kernel, bias } = this;
    const { classes, dimension } = this.shape;
    const logits = new Float64Array(classes);
    for (let i = 0; i < out.length; i++) {
      logits.set(bias);
      for (let j = 0; j < dimension; j++) {
        const z = states[i * dimension + j]!;
        for (let c = 0; c < classes; c++) logits[c] = logits[c]! + z * kernel[j * classes + c]!;
      }
      work(logits, i, out);
    }
    return out;
  }
}

/** The place of the largest number, the first of equals. */
const largest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
};
