import { quantiles } from '../math/quantiles';

/** Statistics of the paths of one dynamics at some times, from batches of paths. */
export class PathStatistics {
  /** times x d. */
  private readonly means: Float64Array;
  private readonly squares: Float64Array;
  /** times x n: the first coordinate of every path. */
  private readonly first: Float64Array;
  /** Paths seen so far. */
  private count = 0;

  constructor(
    private readonly times: number,
    private readonly n: number,
    private readonly d: number,
  ) {
    this.means = new Float64Array(times * d);
    this.squares = new Float64Array(times * d);
    this.first = new Float64Array(times * n);
  }

  /** Adds the states (times x m x d) of the next m paths. */
  add(states: Float64Array, m: number): void {
    const { times, n, d, means, squares, first, count } = this;
    for (let k = 0; k < times; k++)
      for (let i = 0; i < m; i++) {
        const from = (k * m + i) * d;
        first[k * n + count + i] = states[from]!;
        for (let j = 0; j < d; j++) {
          // Welford's running mean and sum of squares (1962) lose no digits to the mean.
          const value = states[from + j]!;
          const at = k * d + j;
          const off = value - means[at]!;
          means[at]! += off / (count + i + 1);
          squares[at]! += off * (value - means[at]!);
        }
      }
    this.count += m;
  }

  /** The mean of the first coordinate, the mean variance of the coordinates, and quantiles (times x shares). */
  result(shares: readonly number[]) {
    const { times, n, d, means, squares, first } = this;
    const mean = new Float64Array(times);
    const variance = new Float64Array(times);
    const levels = new Float64Array(times * shares.length);
    for (let k = 0; k < times; k++) {
      mean[k] = means[k * d]!;
      for (let j = 0; j < d; j++) variance[k]! += squares[k * d + j]! / (Math.max(n - 1, 1) * d);
      const sorted = first.subarray(k * n, (k + 1) * n).sort();
      // Numbers that are not finite are sorted to the ends. There are no quantiles then.
      const finite = Number.isFinite(sorted[0]! - sorted[n - 1]!);
      levels.set(finite ? quantiles(sorted, shares) : shares.map(() => NaN), k * shares.length);
    }
    return { mean, variance, quantiles: levels };
  }
}

/** Adds the squared distances of two batches of paths (times x m x d) at each time to a sum. */
export function addGaps(one: Float64Array, other: Float64Array, m: number, sum: Float64Array): void {
  for (let k = 0; k < sum.length; k++) for (let i = k * m; i < (k + 1) * m; i++) sum[k]! += (one[i]! - other[i]!) ** 2;
}
