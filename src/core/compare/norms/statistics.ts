/** Root of the mean square. */
export function rms(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return Math.sqrt(sum / values.length);
}

/** The difference of two batches of one size. */
export const differences = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);

/** Mean and variance of each coordinate of a batch (n x d). */
export function coordinateMoments(z: Float64Array, d: number) {
  const mean = new Float64Array(d);
  const variance = new Float64Array(d);
  const n = z.length / d;
  z.forEach((value, i) => (mean[i % d]! += value / n));
  z.forEach((value, i) => (variance[i % d]! += (value - mean[i % d]!) ** 2 / n));
  return { mean, variance };
}

/** The standard error of the mean of each coordinate of a batch (n x d), RMS over the coordinates. */
export const meanError = (values: Float64Array, d: number): number =>
  rms(coordinateMoments(values, d).variance.map((v) => Math.sqrt(v / Math.max(1, values.length / d - 1))));
