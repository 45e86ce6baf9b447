import { formatNumber } from '../text/format';
import type { NumbersInput } from './inputs';
import { logSnrEnds } from './linearGamma';
import { defineSchedule, type EntryProblem, type Schedule } from './schedule';

/** A control point: a time in [0, 1] and the log-SNR there in nats. */
export interface ControlPoint {
  readonly t: number;
  readonly logSnr: number;
}

/** Fewest and most control points of a schedule. */
export const [FEWEST_POINTS, MOST_POINTS] = [2, 200];

const points: NumbersInput = {
  kind: 'numbers',
  title: 'Points',
  summary: 't and γ of each control point by turns, from t = 0 to t = 1; both must increase',
  noun: 'points',
  together: 2,
  formats: 't and γ of each point: numbers, CSV without a header, or a JSON list',
  min: logSnrEnds.gammaMin.min,
  max: logSnrEnds.gammaMin.max,
  minLength: 2 * FEWEST_POINTS,
  maxLength: 2 * MOST_POINTS,
  default: [0, -8, 0.2, -3.5, 0.5, 0, 0.8, 3.5, 1, 8],
};

/** The control points of a list of t and gamma by turns. */
export const pointsOf = (flat: readonly number[]): ControlPoint[] =>
  Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => ({ t: flat[2 * i]!, logSnr: flat[2 * i + 1]! }));

/** The list of t and gamma by turns that stands for control points in a document. */
export const flatPoints = (of: readonly ControlPoint[]): number[] => of.flatMap(({ t, logSnr }) => [t, logSnr]);

/** A time with three digits of its distance to the nearer end; 0 and 1 stay what they are. */
export function roundTime(t: number): number {
  const rounded = (distance: number) => Number(distance.toPrecision(3));
  if (t === 0 || t === 1) return t;
  return t < 0.5 ? rounded(t) : Number((1 - rounded(1 - t)).toFixed(15));
}

/** A log-SNR to a thousandth of a nat. */
export const roundLogSnr = (logSnr: number): number => Number(logSnr.toFixed(3));

const described = ({ t, logSnr }: ControlPoint, k: number) =>
  `point ${k + 1} (t = ${formatNumber(t)}, γ = ${formatNumber(logSnr)})`;

/** What is wrong with a list of t and gamma by turns; undefined where it makes a schedule. */
function problemOf(flat: readonly number[]): string | undefined {
  if (flat.length % 2) return `points must be pairs of t and γ: got ${flat.length} numbers`;
  const all = pointsOf(flat);
  const last = all.length - 1;
  if (all[0]!.t !== 0) return `points must begin at t = 0: ${described(all[0]!, 0)} is the first`;
  const falls = all.findIndex((one, k) => k > 0 && !(one.t > all[k - 1]!.t && one.logSnr > all[k - 1]!.logSnr));
  if (falls > 0) {
    const [before, after] = [all[falls - 1]!, all[falls]!];
    const what = after.t > before.t ? 'γ' : 't';
    return `points must increase: ${what} does not rise from ${described(before, falls - 1)} to ${described(after, falls)}`;
  }
  return all[last]!.t === 1 ? undefined : `points must end at t = 1: ${described(all[last]!, last)} is the last`;
}

/**
 * The slope of gamma at each control point: the geometric mean of the secants beside it, and at an end the one whose
 * geometric mean with the next slope is the secant between them (after Delbourgo and Gregory, SIAM J. Sci. Stat. Comput. 6,
 * 1985). All are above 0. Next to a pole the points of a curve crowd, and this mean follows it where those weighted by the
 * widths of the intervals do not.
 */
function slopesAt(all: readonly ControlPoint[]): Float64Array {
  const last = all.length - 1;
  const secant = (k: number) => (all[k + 1]!.logSnr - all[k]!.logSnr) / (all[k + 1]!.t - all[k]!.t);
  return Float64Array.from(all, (_, k) => {
    if (last === 1) return secant(0);
    if (k > 0 && k < last) return Math.sqrt(secant(k - 1)) * Math.sqrt(secant(k));
    const [own, next] = k === 0 ? [secant(0), secant(1)] : [secant(last - 1), secant(last - 2)];
    return own * Math.sqrt(own / next);
  });
}

/**
 * The schedule through control points that increase in t, from 0 to 1, and in gamma.
 *
 * Between two points gamma is the monotone rational quadratic of Gregory and Delbourgo (IMA J. Numer. Anal. 2, 1982), the
 * spline of neural spline flows (Durkan et al., arXiv 1906.04032). With x the share of the interval, s its secant and d, e
 * the slopes at its ends, gamma = gamma_i + rise x (s x + d (1-x)) / (s + (d + e - 2s) x (1-x)). It is C1 and increases
 * strictly for any slopes above 0. A monotone cubic (Fritsch and Carlson) limits its slopes to three secants, so it follows
 * a pole at an end less well, and lets gamma' be 0, where the forward process would stand still.
 */
export function pointSchedule(all: readonly ControlPoint[]): Schedule {
  const last = all.length - 1;
  const slopes = slopesAt(all);
  const times = Float64Array.from(all, ({ t }) => t);
  const piece = (t: number): number => {
    let [low, high] = [0, last];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= t) low = middle;
      else high = middle;
    }
    return low;
  };
  /** What both gamma and its rate are formed of, each a sum of terms that are not below 0. */
  const parts = (t: number) => {
    const k = piece(t);
    const width = times[k + 1]! - times[k]!;
    const rise = all[k + 1]!.logSnr - all[k]!.logSnr;
    const [x, rest] = [(t - times[k]!) / width, (times[k + 1]! - t) / width];
    const [secant, from, to] = [rise / width, slopes[k]!, slopes[k + 1]!];
    const below = secant * (x * x + rest * rest) + (from + to) * x * rest;
    return { k, rise, x, rest, secant, from, to, below };
  };
  return {
    logSnr: (t) => {
      if (t >= 1) return all[last]!.logSnr;
      const { k, rise, x, rest, secant, from, to, below } = parts(t);
      // From the nearer end, so that the points themselves are exact from both sides.
      return x <= 0.5
        ? all[k]!.logSnr + (rise * x * (secant * x + from * rest)) / below
        : all[k + 1]!.logSnr - (rise * rest * (secant * rest + to * x)) / below;
    },
    logSnrRate: (t) => {
      const { x, rest, secant, from, to, below } = parts(t);
      return (secant / below) * (secant / below) * (to * x * x + 2 * secant * x * rest + from * rest * rest);
    },
  };
}

export const pointsFamily = defineSchedule({
  id: 'points',
  title: 'Points',
  summary: 'The log-SNR rises through control points that can be dragged, added and removed on the plots.',
  equation: String.raw`\gamma = \gamma_i + (\gamma_{i+1} - \gamma_i)\,\frac{s_i x^2 + d_i x(1-x)}{s_i + (d_i + d_{i+1} - 2 s_i)\,x(1-x)}, \quad x = \frac{t - t_i}{t_{i+1} - t_i}`,
  source: 'Durkan et al., Neural spline flows, arXiv 1906.04032',
  parameters: {},
  inputs: { points },
  checkInputs({ points: given }): EntryProblem[] {
    const message = problemOf(given as readonly number[]);
    return message === undefined ? [] : [{ severity: 'error', path: ['inputs', 'points'], message }];
  },
  create: (_, inputs) => pointSchedule(pointsOf(inputs.points as readonly number[])),
});
