import type { Clock } from '../dynamics';
import { RULE } from '../math/quadrature';

/** The longest piece of a step, in log-SNR, on which one rule of ten points is exact to rounding. */
const PIECE = 2;

/** What a piece may add, as a share of the whole, to be left out with all that lies before it. */
const NEGLIGIBLE = 1e-18;

/**
 * The integrals of u = x^k over a step from one log-SNR to a later one, x being the share of the step that has passed:
 * out[k] = integral of x^k dpsi / phi2. out[0] is the clock's gain. The rest are sums of positive terms, integral of A
 * (phi/phi2) x^k dgamma, which keep their digits in steps of any size. Where the step is infinite, all of it happens at
 * its end, x = 1.
 */
export function stepMoments({ pull, retain, gain }: Clock, from: number, to: number, out: Float64Array): void {
  const whole = gain(from, to);
  const length = to - from;
  out.fill(length === Infinity ? whole : 0);
  out[0] = whole;
  if (!(length > 0) || length === Infinity) return;
  const pieces = Math.ceil(length / PIECE);
  const half = length / pieces / 2;
  // From the end, where most of the weight is.
  for (let piece = pieces - 1; piece >= 0; piece--) {
    const middle = from + (2 * piece + 1) * half;
    let added = 0;
    for (const [node, share] of RULE) {
      const here = middle + half * node;
      const weight = half * share * pull(here) * retain(here, to);
      added += weight;
      const behind = (2 * piece + 1 + node) / (2 * pieces);
      let power = weight;
      for (let k = 1; k < out.length; k++) {
        power *= behind;
        out[k]! += power;
      }
    }
    if (added < NEGLIGIBLE * whole) return;
  }
}
