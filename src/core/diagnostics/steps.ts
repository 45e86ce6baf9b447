import { formatNumber } from '../text/format';
import type { Schedule } from '../schedules';
import { sigmoid } from '../math/stable';
import type { Window } from '../schedules/window';
import type { Diagnostic } from './diagnostic';
import { poleAt } from './poles';
import { NOT_COMPUTED, timeText } from './scheduleFeatures';

/** Up to this many steps, each step is checked. */
const EXACT = 4096;

/** So many steps that their times are still different doubles. */
const FINE = 2 ** 40;

/**
 * The smallest number N of equal steps of explicit Euler on a window from which eq. 26 is stable for u independent of z:
 * step gamma' (1 + alphaBar)/2 < 2 at every time at which a step starts, for N and all greater numbers. Infinity where
 * gamma' is infinite at the start. gamma must not fall.
 */
export function stableSteps({ logSnr, logSnrRate }: Schedule, { start, end }: Window): number {
  const width = end - start;
  const decay = (t: number) => (logSnrRate(t) * (1 + sigmoid(logSnr(t)))) / 2;
  const near = Array.from({ length: 72 }, (_, i) => width * 2 ** (-8 - i));
  const even = Array.from({ length: 255 }, (_, i) => start + (width * (i + 1)) / 256);
  const times = [...near.map((t) => start + t).reverse(), ...even, ...near.slice(0, 32).map((t) => end - t)];
  const decays = times.map(decay);
  const [first, last] = [decay(start), decay(end)];
  if (!Number.isFinite(first)) return Infinity;
  // Steps start at the start, and from one step after it to one step before the end.
  const bounded = (n: number) => {
    const step = width / n;
    let greatest = Math.max(first, n > 1 ? Math.max(decay(start + step), decay(end - step)) : 0);
    times.forEach((t, i) => {
      if (t >= start + step && t <= end - step) greatest = Math.max(greatest, decays[i]!);
    });
    return step * greatest < 2;
  };
  const exact = (n: number) => {
    for (let k = 0; k < n; k++) if (!((width / n) * decay(start + (width * k) / n) < 2)) return false;
    return true;
  };
  // The last number that is not stable, from above: a pole at the end can let a few steps miss it.
  let high = Math.floor((width * Math.max(first, last, ...decays)) / 2) + 1;
  if (!Number.isFinite(high)) return Infinity;
  // The step before a pole is shorter than the spacing of doubles next to 1: use so many steps only where it is needed.
  if (high > FINE && bounded(FINE)) high = FINE;
  let low = Math.floor(high / 2);
  while (low > 0 && bounded(low)) {
    high = low;
    low = Math.floor(high / 2);
  }
  for (;;) {
    const middle = Math.floor((low + high) / 2);
    if (middle === low || middle === high) break; // next to each other, or as near as doubles are
    if (bounded(middle)) high = middle;
    else low = middle;
  }
  // Between the sampled times the decay can be a little greater, and the steps can miss its maximum.
  if (high > EXACT) return high;
  while (high <= EXACT && !exact(high)) high++;
  while (high > 1 && exact(high - 1)) high--;
  return high;
}

/** How many Euler steps eq. 26 needs. */
export const eulerSteps: Diagnostic = {
  id: 'steps',
  title: 'Stable Euler steps',
  summary: 'How many equal steps explicit Euler needs on eq. 26 to be stable.',
  otherwise: NOT_COMPUTED,
  of(features) {
    const { schedule, window, falls, ends } = features;
    if (!window || falls.length) return undefined;
    const steps = stableSteps(schedule, window);
    const figures = [{ name: 'steps', value: steps, unit: 'steps' }];
    const facts = [
      { id: 'steps', title: 'Euler steps to be stable', text: formatNumber(steps), value: steps, bad: steps },
    ];
    const [first, last] = [timeText(window.start), timeText(window.end)];
    if (steps === Infinity)
      return {
        severity: 'note',
        sentence: `Explicit Euler on eq. 26 is not stable with any number of equal steps: γ′ is infinite at t = ${first}.`,
        figures,
        facts,
      };
    const pole = poleAt(features, 1);
    const high = pole.coefficient >= 2;
    const coefficient =
      pole.kind === 'fast'
        ? 'where γ′ has more than a simple pole'
        : `where γ′ ≈ ${formatNumber(pole.coefficient)}/(1 − t)`;
    const none = [ends[0] === -Infinity ? 'from t = 0 itself' : '', high ? `up to t = 1 itself, ${coefficient}` : ''];
    const beyond = none.filter(Boolean).join(', or ');
    const needed =
      steps === 1
        ? 'any number of equal steps'
        : `${steps < 1e6 ? steps.toLocaleString('en') : formatNumber(steps)} equal steps or more`;
    return {
      severity: high || steps > 1000 ? 'note' : 'info',
      sentence: `Explicit Euler on eq. 26 is stable with ${needed} from t = ${first} to ${last}${beyond && `, and with no number ${beyond}`}.`,
      figures,
      facts,
    };
  },
};
