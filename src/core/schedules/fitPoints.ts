import { formatNumber } from '../text/format';
import { InputError } from '../registry/problem';
import { logSnrEnds } from './linearGamma';
import { pointSchedule, roundLogSnr, roundTime, type ControlPoint } from './points';
import type { Schedule } from './schedule';
import { timeOf, windowOf, type Window } from './window';

/** Control points that follow a schedule, and how far off gamma is at most on the window. */
export interface FittedPoints {
  readonly points: readonly ControlPoint[];
  /** The largest error of gamma on the window, in nats, and where it is. */
  readonly error: number;
  readonly at: number;
}

/** Fewest and most points of a fit, and the error in nats at which the fewest are enough. */
const [FEWEST, MOST, ENOUGH] = [5, 12, 0.01];

/** How far a point is moved at a time, as shares of the way to the next one. */
const MOVES = [0.4, 0.2, 0.1, 0.05, 0.4, 0.2, 0.1, 0.05];

/** Least distances between fitted points, in t (a pole at an end has points very close to it) and in nats. */
const [LEAST_TIME, LEAST_RISE] = [1e-12, 1e-3];

/** Times of a window at which an error is looked for: evenly, and by powers of two towards both ends. */
function timesOf({ start, end }: Window): Float64Array {
  const width = end - start;
  const even = Array.from({ length: 301 }, (_, i) => start + (width * i) / 300);
  const near = Array.from({ length: 32 }, (_, i) => width * 2 ** (-8.5 - i));
  const all = [...even, ...near.map((t) => start + t), ...near.map((t) => end - t)];
  return Float64Array.from([...new Set(all)].sort((a, b) => a - b));
}

/**
 * Control points that follow a schedule on the window |gamma| <= limit: 5 to 12, placed one after the other where the
 * error is largest, and then moved as long as that makes it less. At an end of time beyond the window gamma goes on at its
 * rate there. An InputError where there is no window, or gamma falls on it.
 */
export function fitPoints(schedule: Schedule, limit: number): FittedPoints {
  const window = windowOf(schedule, limit);
  if (!window)
    throw new InputError(`no time lies in the window |γ| ≤ ${formatNumber(limit)}: there is nothing to follow`);
  const times = timesOf(window);
  const gammas = times.map((t) => schedule.logSnr(t));
  const falls = gammas.findIndex((gamma, i) => i > 0 && !(gamma >= gammas[i - 1]!));
  if (falls > 0)
    throw new InputError(`γ falls near t = ${formatNumber(times[falls]!)}: points must increase, so none follow it`);
  const errorOf = (points: readonly ControlPoint[]): FittedPoints => {
    const { logSnr } = pointSchedule(points);
    let [error, at] = [0, times[0]!];
    for (let i = 0; i < times.length; i++) {
      const off = Math.abs(logSnr(times[i]!) - gammas[i]!);
      if (off <= error) continue;
      error = off;
      at = times[i]!;
    }
    return { points, error, at };
  };
  let best = errorOf(endsOf(schedule, window));
  while (best.points.length < FEWEST || (best.points.length < MOST && best.error > ENOUGH)) {
    const places = [...(best.error > ENOUGH ? [best.at, middleBeside(best)] : []), middleOfWidest(best.points)];
    const next = places.map((t) => withPoint(best.points, schedule, t)).find((points) => points !== undefined);
    if (!next) break;
    best = errorOf(next);
  }
  return improved(best, schedule, window, errorOf);
}

/** The middle between the points on both sides of the largest error. */
function middleBeside({ points, at }: FittedPoints): number {
  const next = Math.max(
    points.findIndex(({ t }) => t > at),
    1,
  );
  return (points[next - 1]!.t + points[next]!.t) / 2;
}

/** The middle of the widest gap between two points. */
function middleOfWidest(points: readonly ControlPoint[]): number {
  const gaps = points.slice(1).map(({ t }, k) => t - points[k]!.t);
  const widest = gaps.indexOf(Math.max(...gaps));
  return points[widest]!.t + gaps[widest]! / 2;
}

/** The fit with each point inside moved to and fro, along t and along gamma, as long as that makes the error less. */
function improved(
  start: FittedPoints,
  schedule: Schedule,
  window: Window,
  errorOf: (points: readonly ControlPoint[]) => FittedPoints,
): FittedPoints {
  let best = start;
  for (const share of MOVES)
    for (let k = 1; k < best.points.length - 1 && best.error > ENOUGH; k++)
      for (const side of [-1, 1])
        for (const along of ['t', 'logSnr'] as const) {
          const [here, next] = [best.points[k]!, best.points[k + side]!];
          const to = here[along] + share * (next[along] - here[along]);
          const others = best.points.filter((_, i) => i !== k);
          const moved = withPoint(others, schedule, along === 't' ? to : timeOf(schedule, to, window));
          const tried = moved && errorOf(moved);
          if (tried && tried.error < best.error) best = tried;
        }
  return best;
}

/** The points with one more on a schedule; undefined where it would stand too close to another. */
function withPoint(points: readonly ControlPoint[], schedule: Schedule, time: number): ControlPoint[] | undefined {
  const t = roundTime(time);
  const point = { t, logSnr: roundLogSnr(schedule.logSnr(t)) };
  const next = points.findIndex((one) => one.t > t);
  const [before, after] = [points[next - 1], points[next]];
  if (!before || !after) return undefined;
  const fits =
    t - before.t >= LEAST_TIME &&
    after.t - t >= LEAST_TIME &&
    point.logSnr - before.logSnr >= LEAST_RISE &&
    after.logSnr - point.logSnr >= LEAST_RISE;
  return fits ? [...points.slice(0, next), point, ...points.slice(next)] : undefined;
}

/** The first points: the ends of time, and those of the window where that ends before. */
function endsOf(schedule: Schedule, { start, end }: Window): ControlPoint[] {
  const { logSnr, logSnrRate } = schedule;
  const kept = (gamma: number) => Math.min(Math.max(gamma, logSnrEnds.gammaMin.min), logSnrEnds.gammaMax.max);
  /** How far gamma goes beyond the window in a time, by its rate there; a pole may be too near to say. */
  const beyond = (t: number, time: number) => {
    const rise = logSnrRate(t) * time;
    return Number.isFinite(rise) ? Math.max(rise, LEAST_RISE) : 1;
  };
  const first = { t: 0, logSnr: roundLogSnr(kept(start > 0 ? logSnr(start) - beyond(start, start) : logSnr(0))) };
  const last = { t: 1, logSnr: roundLogSnr(kept(end < 1 ? logSnr(end) + beyond(end, 1 - end) : logSnr(1))) };
  const rising = last.logSnr - first.logSnr >= LEAST_RISE ? last : { t: 1, logSnr: roundLogSnr(first.logSnr + 2 * LEAST_RISE) }; // prettier-ignore
  const ends: ControlPoint[] = [first, rising];
  return [start, end].reduce(
    (points, t) => (t > 0 && t < 1 ? (withPoint(points, schedule, t) ?? points) : points),
    ends,
  );
}
