import { sigmoid } from '../math/stable';
import { extrapolate, WIDTHS } from './numericMethods';

/** The law of z_t given z_(t-dt) and z_T, N(state z_(t-dt) + target z_T, variance). */
export interface Posterior {
  readonly state: number;
  readonly target: number;
  readonly variance: number;
}

/** Variances and covariance of z_t and z_(t-dt) given z_T: the Ornstein-Uhlenbeck process's own. */
export function covariance(from: number, to: number) {
  const root = Math.sqrt(sigmoid(from) / sigmoid(to));
  const later = sigmoid(-to);
  return { root, later, earlier: sigmoid(-from), cross: root * later };
}

/** The exact step by conditioning the joint Gaussian of z_t and z_(t-dt) on z_(t-dt) (Schur complement). */
export function conditioned(from: number, to: number): Posterior {
  const { root, later, earlier, cross } = covariance(from, to);
  const state = cross / earlier;
  const left = 1 - state * root;
  return { state, target: Math.sqrt(sigmoid(to)) * left, variance: later * left };
}

/** Nodes of the quadrature, in standard deviations from the peak; beyond them the weights are negligible. */
const NODES = Array.from({ length: 41 }, (_, i) => (i - 20) / 2);

/**
 * The exact step by Bayes's rule in numbers: the product of q(z_(t-dt) | z_t) and q(z_t | z_T) is integrated over z_t by the
 * trapezoidal rule, on nodes that three values of its logarithm place. In y = (z_t - sqrt(alphaBar_t) z_T)/sd(z_t), for an
 * earlier state so far from its own mean that it moves y by about 1.
 */
export function integrated(from: number, to: number): Posterior {
  const { root, later, earlier } = covariance(from, to);
  const spread = earlier - root * root * later;
  const sd = Math.sqrt(later);
  const off = earlier / (root * sd);
  // (off - root sd y)^2 less its value at y = 0, which would swamp the rest.
  const log = (y: number) => -(y * y + (root * sd * y * (root * sd * y - 2 * off)) / spread) / 2;
  const [left, middle, right] = [log(-1), log(0), log(1)];
  const curvature = 2 * middle - left - right;
  const peak = (right - left) / (2 * curvature);
  const width = 1 / Math.sqrt(curvature);
  const top = log(peak);
  const weights = NODES.map((x) => Math.exp(log(peak + width * x) - top));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const shift = weights.reduce((sum, w, i) => sum + w * NODES[i]!, 0) / total;
  const square = weights.reduce((sum, w, i) => sum + w * (NODES[i]! - shift) ** 2, 0) / total;
  const state = (sd * (peak + width * shift)) / off;
  return {
    state,
    target: Math.sqrt(sigmoid(to)) - state * Math.sqrt(sigmoid(from)),
    variance: later * width * width * square,
  };
}

/** What the mean of the exact step adds per nat of gamma as the step shrinks: {state, target}, extrapolated. */
export function meanRates(to: number): { state: number; target: number } {
  const steps = WIDTHS.map((h) => conditioned(to - h, to));
  const limit = (add: (step: Posterior) => number) =>
    extrapolate(
      WIDTHS,
      steps.map((step, i) => add(step) / WIDTHS[i]!),
    );
  return { state: limit(({ state }) => state - 1), target: limit(({ target }) => target) };
}
