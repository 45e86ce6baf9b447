import { Random } from '../random';
import type { Dataset } from './dataset';

/** Indices of rows, ascending; every row is in one of the two. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** A feature enters as (value - mean) / scale; length d each. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/**
 * Splits by class: `testShare` (between 0 and 1) of each class, rounded, is for testing, but of a class of two rows
 * or more at least one row on either side. The same seed gives the same split.
 */
export function splitDataset({ labels, classes }: Dataset, testShare: number, seed: number): Split {
  const members = classes.map((): number[] => []);
  labels.forEach((label, i) => members[label]!.push(i));
  const random = Random.stream(seed, 'split');
  const test = members.flatMap((rows) => {
    const wanted = Math.round(testShare * rows.length);
    const taken = Math.min(Math.max(wanted, 1), rows.length - 1);
    return Array.from(random.permutation(rows.length).subarray(0, taken), (i) => rows[i]!);
  });
  const chosen = new Set(test);
  return {
    train: Int32Array.from(labels.keys()).filter((i) => !chosen.has(i)),
    test: Int32Array.from(test).sort(),
  };
}

/** Each feature's mean and standard deviation over some rows; a feature that is constant there has scale 1. */
export function scalingOf({ x, features }: Pick<Dataset, 'x' | 'features'>, rows: Int32Array): Scaling {
  const d = features.length;
  const [mean, scale] = [new Float64Array(d), new Float64Array(d)];
  for (let j = 0; j < d; j++) {
    let sum = 0;
    for (const i of rows) sum += x[i * d + j]!;
    const middle = sum / rows.length;
    let squares = 0;
    for (const i of rows) squares += (x[i * d + j]! - middle) ** 2;
    mean[j] = middle;
    const sd = Math.sqrt(squares / rows.length);
    // A constant column's mean is off by rounding, so its deviation need not be 0.
    scale[j] = sd > 1e-12 * Math.abs(middle) ? sd : 1;
  }
  return { mean, scale };
}

/** Rows (n x d) scaled, as a new array. */
export const standardise = (x: Float64Array, { mean, scale }: Scaling): Float64Array =>
  x.map((value, k) => (value - mean[k % mean.length]!) / scale[k % mean.length]!);
