import type { ClassPredictions } from '../../sampling/model';

/** The clean states of classes as one-hot vectors, n x classes. */
export function oneHot(labels: Int32Array, classes: number): Float64Array {
  const out = new Float64Array(labels.length * classes);
  labels.forEach((label, i) => (out[i * classes + label] = 1));
  return out;
}

/**
 * Reads states of one-hot classes (n x classes). The class is that of the nearest corner, which is the largest
 * coordinate. The probabilities are the positive part of the state over its sum, because u estimates E[z_T | z, x].
 */
export function readOneHot(states: ArrayLike<number>, classes: number): ClassPredictions {
  const n = states.length / classes;
  const labels = new Int32Array(n);
  const probabilities = new Float32Array(n * classes);
  for (let i = 0; i < n; i++) {
    const at = i * classes;
    let best = 0;
    let sum = 0;
    for (let j = 0; j < classes; j++) {
      if (states[at + j]! > states[at + best]!) best = j;
      sum += Math.max(0, states[at + j]!);
    }
    labels[i] = best;
    for (let j = 0; j < classes; j++)
      probabilities[at + j] = sum > 0 ? Math.max(0, states[at + j]!) / sum : 1 / classes;
  }
  return { labels, probabilities };
}
