/** Root of the mean square. */
export const rms = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** RMS of the difference of two batches of one size. */
export const rmsDistance = (a: Float64Array, b: Float64Array): number => rms(a.map((value, i) => value - b[i]!));
