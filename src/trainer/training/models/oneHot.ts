import type { Reading } from './modelKind';

/** The clean states of classes as one-hot vectors, n x classes. */
export function oneHot(labels: Int32Array, classes: number): Float64Array {
  const out = new Float64Array(labels.length * classes);
  labels.forEach((label, i) => (out[i * classes + label] = 1));
  return out;
}

/**
 * Reads states of one-hot classes (n x classes): the class of the nearest corner, which is the largest coordinate, and
 * as probabilities the positive part of the state over its sum, for u estimates E[z_T | z, x].
 */
export function readOneHot(states: ArrayLike<number>, classes: number): Reading {
  const n = states.length / classes;
  const labels = new Int32Array(n);
  const probabilities = new Float32Array(n * classes);
  for (let i = 0; i < n; i++) {
    let [best, sum] = [0, 0];
    for (let j = 0; j < classes; j++) {
      const value = states[i * classes + j]!;
      if (value > states[i * classes + best]!) best = j;
      sum += Math.max(0, value);
    }
    labels[i] = best;
    for (let j = 0; j < classes; j++)
      probabilities[i * classes + j] = sum > 0 ? Math.max(0, states[i * classes + j]!) / sum : 1 / classes;
  }
  return { labels, probabilities };
}
