import { studentQuantile } from './studentT';

/** The mean of a figure over seeds. */
export interface SeedMean {
  readonly n: number;
  readonly mean: number;
  /** The sample's standard deviation, n - 1 in the denominator, and that over sqrt(n); NaN for one value. */
  readonly spread: number;
  readonly error: number;
}

/** A mean difference with the ends of its 95% t-interval; the ends are NaN for one pair. */
export interface Difference {
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of values, and how sure it is. */
export function meanOverSeeds(values: readonly number[]): SeedMean {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const spread = n > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : NaN;
  return { n, mean, spread, error: spread / Math.sqrt(n) };
}

/** The half width of the 95% t-interval of a mean; NaN for one value. */
export const halfWidth = ({ n, error }: SeedMean): number => (n > 1 ? studentQuantile(0.975, n - 1) * error : NaN);

/**
 * The mean of a - b over the seeds (keys) that both have, with its 95% t-interval; undefined where they share none.
 * Paired, because one seed gives both the same split: what the split adds to both cancels.
 */
export function pairedDifference(
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
): Difference | undefined {
  const differences = [...a].flatMap(([seed, value]) => (b.has(seed) ? [value - b.get(seed)!] : []));
  if (!differences.length) return undefined;
  const summary = meanOverSeeds(differences);
  const { n, mean } = summary;
  const half = halfWidth(summary);
  return { n, mean, low: mean - half, high: mean + half };
}
