import { formatNumber } from '../text/format';
import type { Schedule } from '../schedules';
import { windowOf, type Window } from '../schedules/window';
import type { DiagnosticSettings } from './settings';
import { decadeWeights, type DecadeWeight } from './decadeWeights';

/** Why nothing is said of sums over the window. */
export const NOT_COMPUTED = 'It is not computed where γ falls, or no time lies in the window.';

/** A part of the time from 0 to 1. */
export interface TimeInterval {
  readonly from: number;
  readonly to: number;
}

/** A time as text; next to 1 it is written as 1 − x, in one piece. */
export const timeText = (t: number): string =>
  t < 1 && t > 0.9995 ? `1\u00a0−\u00a0${formatNumber(1 - t)}` : formatNumber(t);

/** A schedule, and the facts about it that several diagnostics use. */
export interface ScheduleFeatures {
  readonly schedule: Schedule;
  readonly settings: DiagnosticSettings;
  /** Undefined where no time is inside the window. */
  readonly window: Window | undefined;
  /** gamma at t = 0 and t = 1. */
  readonly ends: readonly [number, number];
  /** Where alphaBar is not above 0 beyond t = 0, is not below 1 before t = 1, or has no value. */
  readonly without: {
    readonly signal: readonly TimeInterval[];
    readonly noise: readonly TimeInterval[];
    readonly value: readonly TimeInterval[];
  };
  /** Where gamma falls. */
  readonly falls: readonly TimeInterval[];
  /** Where gamma is finite and does not change. */
  readonly flats: readonly TimeInterval[];
  /** The loss weight by decade of SNR; none where there is no window, or gamma falls. */
  readonly decadeWeights: readonly DecadeWeight[];
}

/** Times at which a schedule is sampled: evenly, and by powers of two towards both ends. */
const times = (() => {
  const even = Array.from({ length: 513 }, (_, i) => i / 512);
  const near = Array.from({ length: 31 }, (_, i) => 2 ** (-10 - i));
  return Float64Array.from([...new Set([...even, ...near, ...near.map((t) => 1 - t)])].sort((a, b) => a - b));
})();

/** Infinities closer to an end than this are left to rounding. */
const EDGE = 1e-6;

/** The facts about a schedule, computed once for all diagnostics. */
export function featuresOf(schedule: Schedule, settings: DiagnosticSettings): ScheduleFeatures {
  const { logSnr, logSnrRate } = schedule;
  const gammas = times.map(logSnr);
  const rates = times.map(logSnrRate);
  const finite = (i: number) => Number.isFinite(gammas[i]);
  const open = (all: readonly TimeInterval[]) => all.filter(({ from, to }) => to - from > EDGE);
  const window = windowOf(schedule, settings.limit);
  const falls = intervals(
    (i) => finite(i) && rates[i]! < 0,
    (t) => logSnrRate(t) < 0,
  );
  return {
    schedule,
    settings,
    window,
    decadeWeights: window && !falls.length ? decadeWeights(schedule, window, settings.weightCap) : [],
    ends: [gammas[0]!, gammas.at(-1)!],
    without: {
      signal: open(
        intervals(
          (i) => gammas[i] === -Infinity,
          (t) => logSnr(t) === -Infinity,
        ),
      ),
      noise: open(
        intervals(
          (i) => gammas[i] === Infinity,
          (t) => logSnr(t) === Infinity,
        ),
      ),
      value: intervals(
        (i) => Number.isNaN(gammas[i]),
        (t) => Number.isNaN(logSnr(t)),
      ),
    },
    falls,
    flats: open(
      intervals(
        (i) => finite(i) && rates[i] === 0,
        (t) => logSnrRate(t) === 0,
      ),
    ),
  };
}

/** The intervals in which a condition holds at one sampled time at least, their ends found by bisection. */
function intervals(at: (i: number) => boolean, holds: (t: number) => boolean): TimeInterval[] {
  const found: TimeInterval[] = [];
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
