import { gaussLegendre } from '../math/quadrature';
import { snrGain } from '../process/marginals';
import type { Schedule } from '../schedules';
import { timeOf, type Window } from '../schedules/window';

/** The log-SNR of 10^power. */
const decade = (power: number) => power * Math.LN10;

/** Decades beyond these are counted together. */
export const [LOWEST, HIGHEST] = [-8, 8];

/** Panels of an integral over one decade. */
const PANELS = 8;

/** The rule of four points: of fixed cost, for what is drawn while it is dragged. */
const RULE = gaussLegendre(4);

/** The integral of a function that is smooth between a and b. */
function panelIntegral(f: (t: number) => number, a: number, b: number): number {
  const half = (b - a) / 2;
  return half * RULE.reduce((sum, [node, part]) => sum + part * f(a + half * (1 + node)), 0);
}

/** The total of SNR' dt between two times, each weight at most `cap`, to about 1e-6; exact without a cap. */
export function weightBetween({ logSnr, logSnrRate }: Schedule, from: number, to: number, cap: number): number {
  if (cap === Infinity) return snrGain(logSnr(from), logSnr(to));
  const excess = (t: number) => logSnrRate(t) * Math.exp(logSnr(t)) - cap;
  const capped = (t: number) => Math.min(excess(t), 0) + cap;
  let total = 0;
  for (let i = 0; i < PANELS; i++) {
    const [a, b] = [from + ((to - from) * i) / PANELS, from + ((to - from) * (i + 1)) / PANELS];
    const corner = crossing(excess, a, b);
    total += panelIntegral(capped, a, corner) + (corner < b ? panelIntegral(capped, corner, b) : 0);
  }
  return total;
}

/** Where a function changes its sign between a and b; b where it has one sign at both. */
function crossing(f: (t: number) => number, a: number, b: number): number {
  const above = f(a) > 0;
  if (f(b) > 0 === above) return b;
  for (let round = 0; round < 45; round++) {
    const middle = (a + b) / 2;
    if (f(middle) > 0 === above) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

/** A decade of SNR, 10^power to 10^(power + 1), or all below the lowest or above the highest, with its loss weight. */
export interface DecadeWeight {
  readonly power: number;
  readonly weight: number;
}

/** The loss weight on the window by decade of SNR, from low to high; gamma must not fall. */
export function decadeWeights(schedule: Schedule, window: Window, cap: number): DecadeWeight[] {
  const [low, high] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
  const power = (logSnr: number) => Math.min(Math.max(Math.floor(logSnr / Math.LN10), LOWEST - 1), HIGHEST);
  const found: DecadeWeight[] = [];
  let from = window.start;
  for (let k = power(low); k <= power(high); k++) {
    const to = k === power(high) ? window.end : timeOf(schedule, decade(k + 1), window);
    // Where there is no cap the edge is the decade's own, not that of a time to the last bit.
    const weight =
      cap === Infinity
        ? snrGain(from === window.start ? low : decade(k), k === power(high) ? high : decade(k + 1))
        : weightBetween(schedule, from, to, cap);
    found.push({ power: k, weight });
    from = to;
  }
  return found;
}
