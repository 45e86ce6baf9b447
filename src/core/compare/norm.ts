/** How an error is measured, in the order the pickers show. */
export const norms = [
  { id: 'rms', title: 'RMS', summary: 'Root mean square over all paths and coordinates.' },
  { id: 'max', title: 'Largest', summary: 'The largest difference in any path and coordinate.' },
  { id: 'mean', title: 'Mean', summary: 'Weak: the difference of the means over the paths, RMS over coordinates.' },
  {
    id: 'variance',
    title: 'Variance',
    summary: 'Weak: the difference of the variances over the paths, RMS over coordinates.',
  },
] as const;

export type Norm = (typeof norms)[number]['id'];

/** One error by every norm. */
export type Errors = Readonly<Record<Norm, number>>;

/** Whether a norm looks at the law of the states alone, and not at each path. */
export const isWeak = (norm: Norm): boolean => norm === 'mean' || norm === 'variance';

/** One number by every norm. */
export const everyNorm = (value: (norm: Norm) => number): Errors => ({
  rms: value('rms'),
  max: value('max'),
  mean: value('mean'),
  variance: value('variance'),
});

/** Root of the mean square. */
export function rms(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return Math.sqrt(sum / values.length);
}

/** RMS of the difference of two batches of one size. */
export const rmsDistance = (a: Float64Array, b: Float64Array): number => rms(a.map((value, i) => value - b[i]!));

/** How far two batches (n x d) are from each other. */
export function distances(a: Float64Array, b: Float64Array, d: number): Errors {
  const [first, second] = [moments(a, d), moments(b, d)];
  return {
    rms: rmsDistance(a, b),
    max: a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0),
    mean: rmsDistance(first.mean, second.mean),
    variance: rmsDistance(first.variance, second.variance),
  };
}

/** Mean and variance of each coordinate of a batch (n x d). */
export function moments(z: Float64Array, d: number) {
  const [mean, variance] = [new Float64Array(d), new Float64Array(d)];
  const n = z.length / d;
  z.forEach((value, i) => (mean[i % d]! += value / n));
  z.forEach((value, i) => (variance[i % d]! += (value - mean[i % d]!) ** 2 / n));
  return { mean, variance };
}
