import { defineNorm } from './norm';
import { coordinateMoments, differences, meanError, rms } from './statistics';

/** The square of each number's distance from the mean of its coordinate. */
function squaredDeviations(z: Float64Array, d: number): Float64Array {
  const { mean } = coordinateMoments(z, d);
  return z.map((value, i) => (value - mean[i % d]!) ** 2);
}

/** By how much each path's squared deviation is off: their mean is the difference of the variances. */
const offsets = (z: Float64Array, exact: Float64Array, d: number): Float64Array =>
  differences(squaredDeviations(z, d), squaredDeviations(exact, d));

export const ofVariance = defineNorm({
  id: 'variance',
  title: 'Variance',
  summary: 'Weak: the difference of the variances over the paths, RMS over coordinates.',
  phrase: 'an error in the variance',
  distance: (z, exact, d) => rms(coordinateMoments(offsets(z, exact, d), d).mean),
  standardError: (z, exact, d) => (z.length > d ? meanError(offsets(z, exact, d), d) : NaN),
  lawDistance: (law, exact) => Math.abs(law.variance - exact.variance),
});
