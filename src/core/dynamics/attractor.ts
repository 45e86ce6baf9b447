import type { Schedule } from '../schedules';
import { sigmoid, softplus } from '../math/stable';

/** What eq. 27 is drawn to, and how far its approximations are from it: functions of the schedule alone. */
export interface AttractorCurves {
  /** m times, ascending. */
  readonly times: Float64Array;
  readonly logSnr: Float64Array;
  /** The instantaneous fixed point for u = 1: sech(Delta/2). */
  readonly attractor: Float64Array;
  /** The path of the target: sqrt(alphaBar). */
  readonly target: Float64Array;
  /** Their difference. */
  readonly lag: Float64Array;
  /** Relative error of eq. 28's rate, (1 - alphaBar)/(1 + alphaBar); 28' has none. */
  readonly rateError: Float64Array;
  /** Its asymptote (1 - alphaBar)/2. */
  readonly rateAsymptote: Float64Array;
  /** Error of the fixed point of 28 and 28': 1 - sech(Delta/2). */
  readonly pointError: Float64Array;
  /** Its asymptote (1 - alphaBar)^2/8. */
  readonly pointAsymptote: Float64Array;
}

/** The curves at ascending times, in forms that keep their digits where alphaBar is near 1. */
export function attractorCurves({ logSnr: gamma }: Pick<Schedule, 'logSnr'>, times: Float64Array): AttractorCurves {
  const logSnr = times.map(gamma);
  const over = (value: (signal: number, noise: number, delta: number) => number) =>
    logSnr.map((at) => value(sigmoid(at), sigmoid(-at), softplus(-at)));
  return {
    times,
    logSnr,
    attractor: over((_, __, delta) => 1 / Math.cosh(delta / 2)),
    target: over((_, __, delta) => Math.exp(-delta / 2)),
    lag: over((signal, noise, delta) => (Math.exp(-delta / 2) * noise) / (1 + signal)),
    rateError: over((signal, noise) => noise / (1 + signal)),
    rateAsymptote: over((_, noise) => noise / 2),
    // 1 - 1/cosh(x) = 2 sinh(x/2)^2 / cosh(x)
    pointError: over((_, __, delta) => (2 * Math.sinh(delta / 4) ** 2) / Math.cosh(delta / 2)),
    pointAsymptote: over((_, noise) => (noise * noise) / 8),
  };
}
