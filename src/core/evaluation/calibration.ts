/** Bins of confidence, of equal width over 0 to 1. */
export const CONFIDENCE_BINS = 10;

/** The rows whose confidence falls in one bin. */
export interface ConfidenceBin {
  readonly count: number;
  /** Mean confidence, and the share labelled right, both 0 to 1; NaN in an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** How far confidence and accuracy agree. */
export interface Calibration {
  readonly rows: number;
  /** The share of rows whose most probable class is the true one. */
  readonly accuracy: number;
  /** Mean probability of the most probable class. */
  readonly confidence: number;
  readonly bins: readonly ConfidenceBin[];
  /** The expected calibration error, 0 to 1. */
  readonly error: number;
}

/** The index of the largest of m values from `at` on; the first of equals. */
export function largest(values: ArrayLike<number>, at: number, m: number): number {
  let best = 0;
  for (let k = 1; k < m; k++) if (values[at + k]! > values[at + best]!) best = k;
  return best;
}

/**
 * Calibration of class probabilities (n x m, rows summing to 1) against true classes (n): bins ((b-1)/B, b/B] of the
 * largest probability, and ECE = sum over bins of count/n |accuracy - confidence| (Guo et al., arXiv 1706.04599, eq. 3).
 */
export function calibrationOf(
  probabilities: ArrayLike<number>,
  truth: ArrayLike<number>,
  m: number,
  count = CONFIDENCE_BINS,
): Calibration {
  const n = truth.length;
  const [counts, sums, rights] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < n; i++) {
    const best = largest(probabilities, i * m, m);
    const confidence = probabilities[i * m + best]!;
    // rounded to where shares of few votes stand, so that 7/10 falls in the bin that ends at 0.7
    const bin = Math.min(count - 1, Math.max(0, Math.ceil(confidence * count - 1e-9) - 1));
    counts[bin] = counts[bin]! + 1;
    sums[bin] = sums[bin]! + confidence;
    rights[bin] = rights[bin]! + Number(best === truth[i]);
  }
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return {
    rows: n,
    accuracy: total(rights) / n,
    confidence: total(sums) / n,
    bins: Array.from(counts, (rows, b) => ({
      count: rows,
      confidence: sums[b]! / rows,
      accuracy: rights[b]! / rows,
    })),
    error: counts.reduce((sum, rows, b) => sum + (rows && Math.abs(rights[b]! - sums[b]!)), 0) / n,
  };
}
