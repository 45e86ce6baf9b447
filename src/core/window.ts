import type { Schedule } from './schedules';

/** The part of [0, 1] on which everything is integrated, summed and checked. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/**
 * The times at which |gamma(t)| <= limit, found by bisection to the last bit; gamma is increasing.
 * Undefined where the whole schedule lies outside.
 */
export function windowOf({ logSnr }: Schedule, limit: number): Window | undefined {
  const start = firstTime((t) => logSnr(t) >= -limit);
  const end = 1 - firstTime((s) => logSnr(1 - s) <= limit);
  return logSnr(start) <= limit && logSnr(end) >= -limit && start < end ? { start, end } : undefined;
}

/** The least t in [0, 1] at which an increasing condition holds; 1 where it never does. */
function firstTime(holds: (t: number) => boolean): number {
  if (holds(0)) return 0;
  let [low, high] = [0, 1];
  for (let mid = 0.5; mid > low && mid < high; mid = (low + high) / 2)
    if (holds(mid)) high = mid;
    else low = mid;
  return high;
}
