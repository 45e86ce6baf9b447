import { sigmoid, softplus } from '../math/stable';

/** The factors of q(z_t | z_T) = N(signal z_T, noise^2), eq. 3: sqrt(alphaBar) and sqrt(1 - alphaBar). */
export const marginal = (logSnr: number) => ({
  signal: Math.sqrt(sigmoid(logSnr)),
  noise: Math.sqrt(sigmoid(-logSnr)),
});

/** Writes z_t = sqrt(alphaBar) z_T + sqrt(1 - alphaBar) noise; targets, noise and out are n x d, logSnr has length n. */
export function noisyStates(
  targets: Float64Array,
  noise: Float64Array,
  d: number,
  logSnr: Float64Array,
  out: Float64Array,
): void {
  logSnr.forEach((value, i) => {
    const { signal, noise: sd } = marginal(value);
    for (let k = i * d; k < (i + 1) * d; k++) out[k] = signal * targets[k]! + sd * noise[k]!;
  });
}

/** q(z_t | z_s, z_T) = N(fromState z_s + fromTarget z_T, variance). */
export interface ExactStep {
  readonly fromState: number;
  readonly fromTarget: number;
  readonly variance: number;
}

/**
 * The exact step from gamma_s to gamma_t >= gamma_s, eqs. 8-13 (the DDPM posterior, NoProp-DT's a, b, c).
 * With r = alphaBar_s/alphaBar_t: (1-r)/(1-alphaBar_s) = 1 - exp(gamma_s - gamma_t), so nothing cancels.
 */
export function exactStep(from: number, to: number): ExactStep {
  if (from === to) return { fromState: 1, fromTarget: 0, variance: 0 };
  const fresh = -Math.expm1(from - to);
  const log = (softplus(-to) - softplus(-from)) / 2 + softplus(from) - softplus(to);
  return {
    fromState: Math.exp(log),
    fromTarget: Math.sqrt(sigmoid(to)) * fresh,
    variance: fresh * sigmoid(-to),
  };
}

/** Writes a draw of q(z_t | z_s, u) for every state; z, u, noise and out are n x d; out may be z. */
export function stepStates(
  { fromState, fromTarget, variance }: ExactStep,
  z: Float64Array,
  u: Float64Array,
  noise: Float64Array | undefined,
  out: Float64Array,
): void {
  const sd = noise ? Math.sqrt(variance) : 0;
  for (let k = 0; k < z.length; k++) out[k] = fromState * z[k]! + fromTarget * u[k]! + (noise ? sd * noise[k]! : 0);
}

/** Squared distance of each row of u from its target: n values from n x d. */
export function squaredErrors(u: Float64Array, targets: Float64Array, d: number): Float64Array {
  const out = new Float64Array(u.length / d);
  for (let k = 0; k < u.length; k++) out[Math.floor(k / d)]! += (u[k]! - targets[k]!) ** 2;
  return out;
}

/** SNR_t - SNR_s without cancellation. */
export const snrGain = (from: number, to: number): number => (from === to ? 0 : -Math.exp(to) * Math.expm1(from - to));

/**
 * KL between the exact step and the model's, which has u in the target's place, in nats a row: exactly
 * (SNR_t - SNR_s) |u - z_T|^2 / 2 for a step of any size (eqs. 16-21 are its limit).
 */
export const stepKl = (from: number, to: number, u: Float64Array, targets: Float64Array, d: number): Float64Array =>
  squaredErrors(u, targets, d).map((error) => (snrGain(from, to) * error) / 2);

/** KL(q(z_0 | z_T) || N(0, I)) in nats a row of targets (n x d), where the schedule starts at gamma_0. */
export function priorKl(logSnr: number, targets: Float64Array, d: number): Float64Array {
  const share = sigmoid(logSnr);
  // -log(1 - a) - a loses digits for small a, where it is a^2/2 + a^3/3 + a^4/4 + a^5/5.
  const own =
    share < 1e-3 ? share * share * (1 / 2 + share * (1 / 3 + share * (1 / 4 + share / 5))) : softplus(logSnr) - share;
  const origin = new Float64Array(targets.length);
  return squaredErrors(targets, origin, d).map((square) => (share * square + d * own) / 2);
}
