import type { ClassPredictions } from '../../sampling/model';
import { nearestEmbeddingMap, type HeadShape, type LinearMap } from './layout';

/** The variance that z_1 is taken to have about a fixed embedding, where no read-out was trained. */
const VARIANCE = 0.1;

/** The read-out of the nearest embedding as logits; see `Reader`. */
export const nearestEmbeddingReadout = ({ classes, dimension, embedding }: HeadShape, table: Float32Array): LinearMap =>
  nearestEmbeddingMap(table, classes, dimension, embedding === 'learned' ? 1 : VARIANCE);

/**
 * Reads classes from states z_1, in double precision. p(y | z) is softmax(z K + b) of a linear read-out. For the nearest
 * embedding it is softmax(-|z - W_c|^2 / 2v), where v is 1 for a learned table, as in training, and 0.1 for a fixed one.
 */
export class LinearReadout {
  constructor(private readonly map: LinearMap) {}

  /** The classes of states (n x m) and their probabilities. */
  read(states: ArrayLike<number>): ClassPredictions {
    const { kernel, bias } = this.map;
    const classes = bias.length;
    const m = kernel.length / classes;
    const n = states.length / m;
    const labels = new Int32Array(n);
    const probabilities = new Float32Array(n * classes);
    const logits = new Float64Array(classes);
    for (let i = 0; i < n; i++) {
      logits.set(bias);
      for (let j = 0; j < m; j++) {
        const z = states[i * m + j]!;
        for (let c = 0; c < classes; c++) logits[c] = logits[c]! + z * kernel[j * classes + c]!;
      }
      const best = indexOfLargest(logits);
      labels[i] = best;
      const top = logits[best]!;
      const sum = logits.reduce((total, value) => total + Math.exp(value - top), 0);
      logits.forEach((value, c) => (probabilities[i * classes + c] = Math.exp(value - top) / sum));
    }
    return { labels, probabilities };
  }
}

/** The index of the largest number, the first of equals. */
const indexOfLargest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
};
