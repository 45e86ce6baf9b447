import type { Check, Claim, Limit } from './derivation';
import { fit } from './numeric';
import { stepsOf, type Samples } from './samples';
import { stepBetween, type Step } from './step';

/** Where two computations differ most. */
export interface Worst {
  readonly part: number;
  readonly t: number;
  readonly logSnr: number;
}

/** The largest relative difference over steps of one size: in dt, relative to the largest, and in nats. */
export interface Rung {
  readonly share: number;
  readonly nats: number;
  readonly error: number;
}

/** How one part of an approximation vanishes. */
export interface Vanishing {
  /** Slope of log difference over log of what goes to 0. */
  readonly order: number;
  /** Differences at the values of 1 - alphaBar, or alphaBar, that go to 0, over their asymptotes there. */
  readonly rows: readonly { readonly small: number; readonly error: number; readonly asymptote: number }[];
}

/** A claim against the truth. */
export interface Measure {
  /** Largest relative difference on the window; of increments, over the largest steps. */
  readonly error: number;
  /** The same of each part. */
  readonly parts: readonly number[];
  readonly worst: Worst;
  /**
   * Of increments: the order in dt of the local error, |claimed - true increment|: one more than that of the relative
   * difference, by least squares in log-log over the four finest step sizes above ten times the rounding error.
   */
  readonly order?: number;
  readonly ladder?: readonly Rung[];
  readonly limit?: readonly Vanishing[];
}

/** Step sizes that an order is fitted over. */
const FITTED = 4;

/** The halvings of 1 - alphaBar, or alphaBar, at which a limit is tried. */
const HALVINGS = [6, 7, 8, 9, 10];

/** Measures a claim of a check against its truth. */
export function measure(check: Check, claim: Claim, samples: Samples): Measure {
  const most = compare(check, claim, stepsOf(samples, check.scope));
  if (check.limit) return { ...most, limit: approach(check, claim, check.limit) };
  return check.scope === 'increments' ? { ...most, ...shrink(check, claim, samples) } : most;
}

function compare({ truth, scale }: Check, claim: Claim, steps: readonly Step[]): Omit<Measure, 'order'> {
  const parts: number[] = [];
  let worst: Worst | undefined;
  let error = -1;
  for (const at of steps) {
    const right = truth(at);
    const size = scale?.(at) ?? right;
    claim(at).forEach((value, part) => {
      const off = difference(value, right[part]!, size[part]!);
      parts[part] = Math.max(parts[part] ?? 0, off);
      if (off > error) [error, worst] = [off, { part, t: at.t, logSnr: at.to }];
    });
  }
  return { error, parts, worst: worst! };
}

/** |a - b| over a size; Infinity where it is no number. */
function difference(a: number, b: number, size: number): number {
  if (a === b) return 0;
  const off = Math.abs((a - b) / size);
  return Number.isNaN(off) ? Infinity : off;
}

/** The difference as dt is halved, and its order. */
function shrink(check: Check, claim: Claim, { ladder }: Samples): Pick<Measure, 'order' | 'ladder'> {
  const rungs = ladder.map((steps, j) => ({
    share: 2 ** -j,
    nats: Math.max(...steps.map(({ from, to }) => to - from)),
    error: compare(check, claim, steps).error,
  }));
  const reach = Math.max(1, ...ladder[0]!.map(({ from, to }) => Math.max(Math.abs(from), Math.abs(to))));
  // gamma is right to a few spacings of doubles, so its rise over a step to that over the rise.
  const usable = rungs.filter(({ nats, error }) => error < Infinity && error > (160 * Number.EPSILON * reach) / nats);
  const finest = usable.slice(-FITTED);
  if (finest.length < 2) return { ladder: rungs };
  const [x, y] = [finest.map(({ share }) => Math.log(share)), finest.map(({ error }) => Math.log(error))];
  return { ladder: rungs, order: 1 + fit(x, y) };
}

/** The difference of each part as alphaBar goes to its limit. */
function approach(check: Check, claim: Claim, { alphaBar, asymptotes }: Limit): Vanishing[] {
  const all = HALVINGS.map((halvings) => {
    const logSnr = (alphaBar ? 1 : -1) * Math.log(2 ** halvings - 1);
    const here = { t: NaN, logSnr, rate: 1 };
    const at = stepBetween(here, here);
    return { small: 2 ** -halvings, at, errors: compare(check, claim, [at]).parts };
  });
  return asymptotes.map(({ of }, part) => {
    const rows = all.map(({ small, at, errors }) => ({ small, error: errors[part]!, asymptote: of(at) }));
    const logs = rows.map(({ error }) => Math.log(error));
    const order = fit(
      rows.map(({ small }) => Math.log(small)),
      logs,
    );
    return { order, rows };
  });
}
