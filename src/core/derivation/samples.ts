import { InputError } from '../registry/problem';
import type { Schedule } from '../schedules';
import { timeOf, type Window } from '../schedules/window';
import { stepBetween, type Instant, type Step } from './step';

/** Times at which claims are tried, evenly spaced in gamma. */
const POINTS = 32;

/** Beyond this log-SNR a double cannot tell 1 + alphaBar from 1 or from 2, so no sum of the note can be checked. */
export const LIMIT = 30;

/** The largest of the shrinking steps, in nats, and how many times it is halved. */
const COARSE = 1 / 32;
const HALVINGS = 15;

/** Spacings of doubles near t that the smallest step must have, for its size to be right. */
const RESOLVED = 16;

/** The steps that claims are tried on. */
export interface Samples {
  readonly steps: readonly Step[];
  /** Steps of the same ends, each list with half the dt of the one before. */
  readonly shrinkingSteps: readonly (readonly Step[])[];
  readonly start: readonly Step[];
}

/**
 * Times evenly spaced in gamma on the window, where also |gamma| <= 30, and steps that end there. Steps begin at other
 * of these times (the neighbour, the eighth before, the first), or 1/32 nat before, which is halved in dt fifteen
 * times. Times so near 0 or 1 that doubles cannot resolve such steps, or hold the rate, are left out. An InputError where
 * gamma does not increase, or nothing is left.
 */
export function samplesOf(schedule: Schedule, window: Window): Samples {
  const at = (t: number): Instant => ({ t, logSnr: schedule.logSnr(t), rate: schedule.logSnrRate(t) });
  const low = Math.max(schedule.logSnr(window.start), -LIMIT);
  const high = Math.min(schedule.logSnr(window.end), LIMIT);
  if (!(low < high))
    throw new InputError(
      `the schedule has no part with |log-SNR| <= ${LIMIT}, beyond which doubles cannot tell it apart`,
    );
  const first = at(timeOf(schedule, low, window));
  const spacing = (high - low) / POINTS;
  const coarse = Math.min(COARSE, spacing / 2);
  const found = Array.from({ length: POINTS }, (_, i) => {
    const end = at(timeOf(schedule, low + (i + 0.5) * spacing, window));
    return { end, dt: end.t - timeOf(schedule, end.logSnr - coarse, window) };
  });
  const bad = found.find(({ end }) => !(end.rate > 0));
  if (bad)
    throw new InputError(`the log-SNR must increase on the window: its rate at t = ${bad.end.t} is ${bad.end.rate}`);
  const ends = found.filter(({ end, dt }) => {
    const apart = Math.max(Number.EPSILON * end.t, Number.MIN_VALUE);
    return end.rate < Infinity && dt / 2 ** HALVINGS >= RESOLVED * apart;
  });
  if (!ends.length)
    throw new InputError('the schedule runs through the window faster than doubles can tell times apart');
  const times = ends.map(({ end }) => end);
  return {
    steps: times.flatMap((end, i) =>
      [...new Set([i - 1, i - 8, 0])].filter((k) => k >= 0 && k < i).map((k) => stepBetween(times[k]!, end)),
    ),
    shrinkingSteps: Array.from({ length: HALVINGS + 1 }, (_, j) =>
      ends.map(({ end, dt }) => stepBetween(at(end.t - dt / 2 ** j), end)),
    ),
    start: [stepBetween(first, first)],
  };
}
