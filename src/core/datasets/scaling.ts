import { InputError } from '../registry/problem';
import type { Dataset, Targets } from './dataset';

/** A number enters as (value - mean) / scale; one of each for every column. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
}

/** The scaling of features, and the range of each. */
export interface FeatureScaling extends Scaling {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** A feature's scale is at least its range divided by this. Without that, a feature that hardly varies would be magnified. */
const RANGE = 4;

/**
 * The means and scales of the features over the given rows that have a value. A scale is the standard deviation, but at
 * least a quarter of the range; that of a constant feature is 1. An InputError where a feature has no value at all.
 */
export function scaleFeatures({ x, features }: Pick<Dataset, 'x' | 'features'>, rows: Int32Array): FeatureScaling {
  const d = features.length;
  const [count, mean, scale] = [new Int32Array(d), new Float64Array(d), new Float64Array(d)];
  const [min, max] = [new Float64Array(d).fill(Infinity), new Float64Array(d).fill(-Infinity)];
  // row after row, as they lie in memory
  for (const i of rows)
    for (let j = 0; j < d; j++) {
      const value = x[i * d + j]!;
      if (Number.isNaN(value)) continue;
      count[j]!++;
      mean[j]! += value;
      if (value < min[j]!) min[j] = value;
      if (value > max[j]!) max[j] = value;
    }
  const empty = count.indexOf(0);
  if (empty >= 0) throw new InputError(`the feature "${features[empty]}" has no value in any train row: leave it out`);
  // a constant column's mean would be off by rounding, and its deviation not 0
  for (let j = 0; j < d; j++) mean[j] = min[j] === max[j] ? min[j]! : mean[j]! / count[j]!;
  for (const i of rows)
    for (let j = 0; j < d; j++) {
      const value = x[i * d + j]!;
      if (!Number.isNaN(value)) scale[j]! += (value - mean[j]!) ** 2;
    }
  for (let j = 0; j < d; j++) scale[j] = Math.max(Math.sqrt(scale[j]! / count[j]!), (max[j]! - min[j]!) / RANGE) || 1;
  return { mean, scale, min, max };
}

/** The features that are the same in every train row, and so tell nothing. */
export const constantFeatures = ({ features, min, max }: ConstantOf): string[] =>
  features.filter((_, j) => min[j] === max[j]);

interface ConstantOf {
  readonly features: readonly string[];
  readonly min: ArrayLike<number>;
  readonly max: ArrayLike<number>;
}

/** The targets' means and standard deviations over some rows; an InputError where one is the same in all of them. */
export function scaleTargets({ values, names }: Targets, rows: Int32Array): Scaling {
  const k = names.length;
  const [mean, scale] = [new Float64Array(k), new Float64Array(k)];
  for (let j = 0; j < k; j++) {
    const column = Float64Array.from(rows, (i) => values[i * k + j]!);
    if (column.every((value) => value === column[0]))
      throw new InputError(`the target "${names[j]}" is ${column[0]} in every train row: there is nothing to predict`);
    mean[j] = column.reduce((sum, value) => sum + value, 0) / column.length;
    scale[j] = Math.sqrt(column.reduce((sum, value) => sum + (value - mean[j]!) ** 2, 0) / column.length);
  }
  return { mean, scale };
}
