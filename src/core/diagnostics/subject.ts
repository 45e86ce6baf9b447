import { formatNumber } from '../text/format';
import type { Schedule } from '../schedules';
import { windowOf, type Window } from '../schedules/window';
import type { Context } from './diagnostic';
import { weightShares, type Share } from './shares';

/** A stretch of time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A time as figures show it; next to 1, by what is left to 1, which no line breaks. */
export const timeText = (t: number): string =>
  t < 1 && t > 0.9995 ? `1\u00a0−\u00a0${formatNumber(1 - t)}` : formatNumber(t);

/** A schedule with what several diagnostics ask of it. */
export interface Subject {
  readonly schedule: Schedule;
  readonly context: Context;
  /** Undefined where no time is inside the window. */
  readonly window: Window | undefined;
  /** gamma at t = 0 and t = 1. */
  readonly ends: readonly [number, number];
  /** Where alphaBar is not above 0 beyond t = 0, is not below 1 before t = 1, or has no value. */
  readonly without: {
    readonly signal: readonly Stretch[];
    readonly noise: readonly Stretch[];
    readonly value: readonly Stretch[];
  };
  /** Where gamma falls. */
  readonly falls: readonly Stretch[];
  /** Where gamma is finite and does not change. */
  readonly flats: readonly Stretch[];
  /** The loss weight by decade of SNR; none where there is no window, or gamma falls. */
  readonly shares: readonly Share[];
}

/** Times at which a schedule is looked at: evenly, and by powers of two towards both ends. */
const times = (() => {
  const even = Array.from({ length: 513 }, (_, i) => i / 512);
  const near = Array.from({ length: 31 }, (_, i) => 2 ** (-10 - i));
  return Float64Array.from([...new Set([...even, ...near, ...near.map((t) => 1 - t)])].sort((a, b) => a - b));
})();

/** Infinities closer to an end than this are left to rounding. */
const EDGE = 1e-6;

/** Looks at a schedule once for all diagnostics. */
export function subjectOf(schedule: Schedule, context: Context): Subject {
  const { logSnr, logSnrRate } = schedule;
  const gammas = times.map(logSnr);
  const rates = times.map(logSnrRate);
  const finite = (i: number) => Number.isFinite(gammas[i]);
  const open = (all: readonly Stretch[]) => all.filter(({ from, to }) => to - from > EDGE);
  const window = windowOf(schedule, context.limit);
  const falls = stretches(
    (i) => finite(i) && rates[i]! < 0,
    (t) => logSnrRate(t) < 0,
  );
  return {
    schedule,
    context,
    window,
    shares: window && !falls.length ? weightShares(schedule, window, context.weightCap) : [],
    ends: [gammas[0]!, gammas.at(-1)!],
    without: {
      signal: open(
        stretches(
          (i) => gammas[i] === -Infinity,
          (t) => logSnr(t) === -Infinity,
        ),
      ),
      noise: open(
        stretches(
          (i) => gammas[i] === Infinity,
          (t) => logSnr(t) === Infinity,
        ),
      ),
      value: stretches(
        (i) => Number.isNaN(gammas[i]),
        (t) => Number.isNaN(logSnr(t)),
      ),
    },
    falls,
    flats: open(
      stretches(
        (i) => finite(i) && rates[i] === 0,
        (t) => logSnrRate(t) === 0,
      ),
    ),
  };
}

/** The stretches of time where a condition holds at a time looked at or more, their ends found by bisection. */
function stretches(at: (i: number) => boolean, holds: (t: number) => boolean): Stretch[] {
  const found: Stretch[] = [];
  for (let i = 0; i < times.length; i++) {
    if (!at(i)) continue;
    const first = i;
    while (i + 1 < times.length && at(i + 1)) i++;
    found.push({
      from: first === 0 ? 0 : edge(times[first]!, times[first - 1]!, holds),
      to: i + 1 === times.length ? 1 : edge(times[i]!, times[i + 1]!, holds),
    });
  }
  return found;
}

/** The last time from `inside` towards `outside` at which a condition holds, to 2^-40 of the way. */
function edge(inside: number, outside: number, holds: (t: number) => boolean): number {
  for (let round = 0; round < 40; round++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
