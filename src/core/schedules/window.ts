import type { Schedule } from '.';

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

/** Rounds after which a bracket is halved in its logarithm: the time is then so close to 0 that halving takes too long. */
const ROUNDS = 200;

/** The middle of two numbers in their logarithm, the smaller of which may be 0. */
const geometricMean = (low: number, high: number) => Math.sqrt(low || Number.MIN_VALUE) * Math.sqrt(high);

/** The time in a window at which gamma(t) = logSnr, to the last bit or two: Newton's method kept in a shrinking bracket. */
export function timeOf({ logSnr: gamma, logSnrRate }: Schedule, logSnr: number, { start, end }: Window): number {
  let [low, high] = [start, end];
  if (logSnr <= gamma(low)) return low;
  if (logSnr >= gamma(high)) return high;
  let t = (low + high) / 2;
  for (let i = 0; i < 3 * ROUNDS; i++) {
    const excess = gamma(t) - logSnr;
    if (excess > 0) high = t;
    else low = t;
    const newton = t - excess / logSnrRate(t);
    const middle = i < ROUNDS || high <= 2 * low ? (low + high) / 2 : geometricMean(low, high);
    // Where Newton leaves the bracket, or in every fourth round, halve: the bracket shrinks whatever the curve.
    const next = newton > low && newton < high && i % 4 < 3 ? newton : middle;
    if (newton === t || next === t || middle === low || middle === high) break;
    t = next;
  }
  return t;
}
