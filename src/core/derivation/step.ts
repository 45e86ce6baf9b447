import { sigmoid, softplus } from '../math/stable';

/** A step of the process from t - dt to t, with the note's symbols at its end; z_T is a single number. */
export interface Step {
  readonly t: number;
  readonly dt: number;
  /** gamma(t - dt), in nats. */
  readonly from: number;
  /** gamma(t), in nats. */
  readonly to: number;
  /** gamma'(t) per unit time. */
  readonly rate: number;
  readonly alphaBar: number;
  /** 1 - alphaBar(t). */
  readonly sigma2: number;
  /** alphaBar'(t) per unit time. */
  readonly alphaBarRate: number;
  /** Delta(t). */
  readonly noise: number;
  /** dDelta(t) = Delta(t - dt) - Delta(t). */
  readonly added: number;
  /** delta(t) = -Delta'(t) per unit time. */
  readonly noiseRate: number;
  /** alpha(t), without a bar: the ratio alphaBar(t - dt)/alphaBar(t) = exp(-dDelta) of one step, as in the NoProp paper. */
  readonly alpha: number;
  /** alpha'(t) per unit time at a fixed dt. */
  readonly alphaRate: number;
}

/** One end of a step: a time with gamma and gamma' there. */
export interface Instant {
  readonly t: number;
  readonly logSnr: number;
  readonly rate: number;
}

/** The step between two times, in forms that keep their digits however short it is. */
export function stepBetween(start: Instant, end: Instant): Step {
  const { logSnr: from } = start;
  const { t, logSnr: to, rate } = end;
  const [alphaBar, sigma2] = [sigmoid(to), sigmoid(-to)];
  // alphaBar(t)/alphaBar(t - dt) = 1 + (1 - alphaBar(t)) (e^(gamma(t) - gamma(t - dt)) - 1)
  const added = Math.log1p(sigma2 * Math.expm1(to - from));
  const alpha = Math.exp(-added);
  return {
    t,
    dt: t - start.t,
    from,
    to,
    rate,
    alphaBar,
    sigma2,
    alphaBarRate: rate * alphaBar * sigma2,
    noise: softplus(-to),
    added,
    noiseRate: rate * sigma2,
    alpha,
    alphaRate: alpha * (start.rate * sigmoid(-from) - rate * sigma2),
  };
}
