import type { Schedule } from '../schedules';
import type { Dynamics } from './dynamics';

/** The exact step between two times for constant u: z2 = retain z1 + gain u. */
export function constantStep({ clock, kept }: Dynamics, schedule: Schedule, from: number, to: number) {
  if (clock) {
    const [start, end] = [schedule.logSnr(from), schedule.logSnr(to)];
    return { retain: clock.retain(start, end), gain: clock.gain(start, end) };
  }
  const retain = kept!(schedule, from, to);
  return { retain, gain: 1 - retain };
}

/**
 * The exact states of dynamics with constant u at every time of a grid, from the first on.
 * z0 and u are m values each; answers grid length x m, row-major.
 */
export function oraclePath(
  dynamics: Dynamics,
  schedule: Schedule,
  times: Float64Array,
  z0: Float64Array,
  u: Float64Array,
): Float64Array {
  const path = new Float64Array(times.length * z0.length);
  let keep = 1;
  let add = 0;
  times.forEach((to, k) => {
    if (dynamics.clock || k === 0) {
      const { retain, gain } = constantStep(dynamics, schedule, times[0]!, to);
      keep = retain;
      add = gain;
    } else {
      // Without a clock the share is a product of quadratures. Each step computes its own only.
      keep *= constantStep(dynamics, schedule, times[k - 1]!, to).retain;
      add = 1 - keep;
    }
    z0.forEach((value, i) => (path[k * z0.length + i] = keep * value + add * u[i]!));
  });
  return path;
}
