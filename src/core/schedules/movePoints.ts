import { formatNumber } from '../text/format';
import { MOST_POINTS, pointSchedule, roundLogSnr, roundTime, type ControlPoint } from './points';

/** Control points after one of them was moved, added or removed; the same where that is refused, with why. */
export interface PointsChange {
  readonly points: readonly ControlPoint[];
  /** The index of the point that was moved or added. */
  readonly at: number;
  /** Why a point did not go where it was meant to. */
  readonly refusal?: string | undefined;
}

/** Least distances that are left to the next point, in t and in nats. */
const [TIME_GAP, RISE_GAP] = [1e-3, 0.01];

/** A value kept between two neighbours, a gap away; where it is closer to one already, it may stay. */
function between(wanted: number, own: number, low: number, high: number, gap: number): number {
  const least = Math.min(own, low + gap);
  const most = Math.max(own, high - gap);
  return Math.min(Math.max(wanted, least), most);
}

/**
 * The points with one moved to a place, or as far towards it as t and gamma go on increasing. The first and the last keep
 * their times, and stay within |gamma| <= limit unless they were beyond it.
 */
export function movePoint(points: readonly ControlPoint[], k: number, to: ControlPoint, limit: number): PointsChange {
  const [before, own, after] = [points[k - 1], points[k]!, points[k + 1]];
  const isEnd = !before || !after;
  const t = isEnd ? own.t : between(roundTime(to.t), own.t, before.t, after.t, TIME_GAP);
  const [low, high] = [before?.logSnr ?? -limit - RISE_GAP, after?.logSnr ?? limit + RISE_GAP];
  const wanted = Math.min(Math.max(to.logSnr, -1e6), 1e6); // what alphaBar = 0 and 1 stand for has no digits to round
  const logSnr = between(roundLogSnr(wanted), own.logSnr, low, high, RISE_GAP);
  const moved = points.map((point, i) => (i === k ? { t, logSnr } : point));
  return { points: moved, at: k, refusal: refusalOf(points, k, { t: isEnd ? t : roundTime(to.t), logSnr: wanted }, { t, logSnr }, limit) }; // prettier-ignore
}

/** Why a point stopped short of where it was meant to go; undefined where it got there. */
function refusalOf(
  points: readonly ControlPoint[],
  k: number,
  to: ControlPoint,
  got: ControlPoint,
  limit: number,
): string | undefined {
  const name = `Point ${k + 1}`;
  const short = (wanted: number, found: number) => Math.sign(wanted - found) * Number(Math.abs(wanted - found) > 2e-3);
  const [late, high] = [short(to.t, got.t), short(to.logSnr, got.logSnr)];
  if (high && points[k + high]) return `${name} stays ${high > 0 ? 'below' : 'above'} point ${k + 1 + high}: γ must increase.`; // prettier-ignore
  if (high) return `${name} stays within the window, |γ| ≤ ${formatNumber(limit)}.`;
  return late ? `${name} stays ${late > 0 ? 'before' : 'after'} point ${k + 1 + late}: t must increase.` : undefined;
}

/** The points with one more, on their own curve at a time. */
export function addPoint(points: readonly ControlPoint[], time: number): PointsChange {
  const t = roundTime(time);
  const next = points.findIndex((point) => point.t > t);
  const [before, after] = [points[next - 1], points[next]];
  const refused = (refusal: string): PointsChange => ({ points, at: Math.max(next - 1, 0), refusal });
  if (points.length >= MOST_POINTS) return refused(`There can be ${MOST_POINTS} points at most.`);
  if (!before || !after) return refused('A point can be added between t = 0 and t = 1.');
  const logSnr = roundLogSnr(pointSchedule(points).logSnr(t));
  const close = (gap: number, low: number, own: number, high: number) => own - low < gap || high - own < gap;
  if (close(TIME_GAP, before.t, t, after.t) || close(RISE_GAP, before.logSnr, logSnr, after.logSnr))
    return refused('There is a point already: another needs more room.');
  return { points: [...points.slice(0, next), { t, logSnr }, ...points.slice(next)], at: next };
}

/** The points without one; the first and the last stay. */
export function removePoint(points: readonly ControlPoint[], k: number): PointsChange {
  if (k === 0 || k === points.length - 1)
    return { points, at: k, refusal: 'The first and the last point stay: time runs from t = 0 to t = 1.' };
  return { points: points.filter((_, i) => i !== k), at: k };
}
