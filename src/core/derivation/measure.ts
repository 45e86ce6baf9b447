import type { Check, Claim, Limit } from './derivation';
import { leastSquaresSlope } from '../math/leastSquares';
import type { Samples } from './samples';
import { stepBetween, type Step } from './step';

/** Where two computations differ most. */
export interface Worst {
  readonly part: number;
  readonly t: number;
  readonly logSnr: number;
}

/** The largest relative difference over steps of one size: in dt, relative to the largest, and in nats. */
export interface StepSizeError {
  readonly share: number;
  readonly nats: number;
  readonly error: number;
}

/** How one part of an approximation vanishes. */
export interface Vanishing {
  /** Slope of log difference over log of what goes to 0. */
  readonly order: number;
  /** Differences at values of 1 - alphaBar, or alphaBar, that go to 0, beside their asymptotes there. */
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
   * Of increments: the order in dt of the local error |claimed - true increment|, which is one more than that of the
   * relative difference. Fitted by least squares in log-log over the four finest step sizes above ten times the
   * rounding error.
   */
  readonly order?: number;
  readonly byStepSize?: readonly StepSizeError[];
  readonly limit?: readonly Vanishing[];
}

/** The truth at a step, and what differences from it are relative to. */
interface Expected {
  readonly at: Step;
  readonly right: readonly number[];
  readonly size: readonly number[];
}

/** Step sizes that an order is fitted over. */
const FITTED = 4;

/** The halvings of 1 - alphaBar, or alphaBar, at which a limit is tried. */
const HALVINGS = [6, 7, 8, 9, 10];

/** Measures the printed form of a check, and the corrected one where there is one, against the truth. */
export function measure(check: Check, samples: Samples): { printed: Measure; corrected?: Measure } {
  const { scope, printed, corrected, limit } = check;
  const expected = (steps: readonly Step[]) => expectedAt(check, steps);
  const shrinking = scope === 'increments' ? samples.shrinkingSteps.map(expected) : undefined;
  const onWindow =
    shrinking?.[0] ??
    expected({ ...samples, points: samples.shrinkingSteps[0]! }[scope as 'steps' | 'points' | 'start']);
  const limits = limit && limitSteps(limit).map(({ small, at }) => ({ small, at, rows: expected([at]) }));
  const measured = (claim: Claim): Measure => ({
    ...largestDifferences(claim, onWindow),
    ...(shrinking && orderInDt(claim, shrinking)),
    ...(limits && { limit: vanishing(claim, limits, limit) }),
  });
  return { printed: measured(printed), ...(corrected && { corrected: measured(corrected) }) };
}

function expectedAt({ truth, scale }: Check, steps: readonly Step[]): Expected[] {
  return steps.map((at) => {
    const right = truth(at);
    return { at, right, size: scale?.(at) ?? right };
  });
}

function largestDifferences(claim: Claim, expected: readonly Expected[]): Pick<Measure, 'error' | 'parts' | 'worst'> {
  const parts: number[] = [];
  let worst = { part: 0, t: NaN, logSnr: NaN };
  let error = -1;
  for (const { at, right, size } of expected)
    claim(at).forEach((value, part) => {
      const off = difference(value, right[part]!, size[part]!);
      parts[part] = Math.max(parts[part] ?? 0, off);
      if (off <= error) return;
      error = off;
      worst = { part, t: at.t, logSnr: at.to };
    });
  return { error, parts, worst };
}

/** |a - b| over a size; Infinity where it is no number. */
function difference(a: number, b: number, size: number): number {
  if (a === b) return 0;
  const off = Math.abs((a - b) / size);
  return Number.isNaN(off) ? Infinity : off;
}

/** The difference as dt is halved, and its order. */
function orderInDt(claim: Claim, expected: readonly (readonly Expected[])[]): Pick<Measure, 'order' | 'byStepSize'> {
  const byStepSize = expected.map((rows, j) => ({
    share: 2 ** -j,
    nats: rows.reduce((most, { at }) => Math.max(most, at.to - at.from), 0),
    error: largestDifferences(claim, rows).error,
  }));
  const reach = expected[0]!.reduce((most, { at }) => Math.max(most, Math.abs(at.from), Math.abs(at.to)), 1);
  // gamma is right to a few spacings of doubles, so its rise over a step to that over the rise.
  const usable = byStepSize.filter(
    ({ nats, error }) => error < Infinity && error > (160 * Number.EPSILON * reach) / nats,
  );
  const finest = usable.slice(-FITTED);
  if (finest.length < 2) return { byStepSize };
  const [x, y] = [finest.map(({ share }) => Math.log(share)), finest.map(({ error }) => Math.log(error))];
  return { byStepSize, order: 1 + leastSquaresSlope(x, y) };
}

/** Steps of no length at which alphaBar comes ever closer to a limit. */
function limitSteps({ alphaBar }: Limit) {
  return HALVINGS.map((halvings) => {
    const logSnr = (alphaBar ? 1 : -1) * Math.log(2 ** halvings - 1);
    const here = { t: NaN, logSnr, rate: 1 };
    return { small: 2 ** -halvings, at: stepBetween(here, here) };
  });
}

/** The difference of each part as alphaBar goes to its limit. */
function vanishing(
  claim: Claim,
  limits: readonly { small: number; at: Step; rows: readonly Expected[] }[],
  { asymptotes }: Limit,
): Vanishing[] {
  const errors = limits.map(({ rows }) => largestDifferences(claim, rows).parts);
  const x = limits.map(({ small }) => Math.log(small));
  return asymptotes.map(({ of }, part) => {
    const rows = limits.map(({ small, at }, i) => ({ small, error: errors[i]![part]!, asymptote: of(at) }));
    const y = rows.map(({ error }) => Math.log(error));
    return { order: leastSquaresSlope(x, y), rows };
  });
}
