/** How predicted numbers fare against true ones. */
export interface Fit {
  readonly rows: number;
  /** Root mean square error, in the target's own units. */
  readonly rmse: number;
  /** The share of the targets' variance that is explained; NaN where they do not vary. */
  readonly r2: number;
}

/** RMSE = sqrt(mean (y - p)^2) and R^2 = 1 - sum (y - p)^2 / sum (y - mean y)^2 of predictions p for targets y. */
export function fitOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): Fit {
  const n = truth.length;
  const mean = Array.from(truth).reduce((sum, value) => sum + value, 0) / n;
  let [residual, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    residual += (truth[i]! - predicted[i]!) ** 2;
    total += (truth[i]! - mean) ** 2;
  }
  return { rows: n, rmse: Math.sqrt(residual / n), r2: total ? 1 - residual / total : NaN };
}
