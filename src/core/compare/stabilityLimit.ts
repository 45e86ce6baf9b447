import type { Integrator } from '../integrators';
import type { Flow } from '../process/flow';

/** The steps of an explicit method at which it magnifies errors. */
export interface Excess {
  readonly steps: number;
  /** The largest step times rate of decay of all. */
  readonly largest: number;
}

/**
 * The steps that are past the method's stability limit: their length times the rate of decay, the larger of both ends.
 * Undefined for methods without a limit. A step into a pole is not taken by the method, and does not count.
 */
export function pastLimit(
  { stability }: Integrator,
  { dynamics, schedule }: Flow,
  times: Float64Array,
): Excess | undefined {
  if (stability === undefined) return undefined;
  const found = { steps: 0, largest: 0 };
  const rates = Array.from(times, (t) => dynamics.rates(t, schedule.logSnr(t), schedule.logSnrRate(t)).decay);
  for (let k = 1; k < times.length; k++) {
    const product = (times[k]! - times[k - 1]!) * Math.max(rates[k - 1]!, rates[k]!);
    if (product === Infinity || !(product >= 0)) continue;
    if (product > stability) found.steps++;
    found.largest = Math.max(found.largest, product);
  }
  return found;
}
