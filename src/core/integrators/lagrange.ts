import type { System } from './integrator';

/**
 * The integral of the polynomial through values at `nodes`, as a weight for each value; moments[k] is the integral of
 * x^k, as many as there are nodes.
 */
export function lagrangeWeights(nodes: readonly number[], moments: readonly number[]): number[] {
  return nodes.map((node, j) => {
    let coefficients = [1];
    let scale = 1;
    nodes.forEach((other, i) => {
      if (i === j) return;
      coefficients = [0, ...coefficients].map((value, k) => value - other * (coefficients[k] ?? 0));
      scale *= node - other;
    });
    return coefficients.reduce((sum, value, k) => sum + value * moments[k]!, 0) / scale;
  });
}

/**
 * The exact integral over a step of u's interpolant in gamma, in units of z: a weight for each value of u. The first
 * of the gammas is that of `from`; where the step ends at gamma = Infinity, no polynomial but the constant has one.
 */
export function exponentialWeights(
  { logSnr, moment }: Pick<System, 'logSnr' | 'moment'>,
  from: number,
  to: number,
  gammas: readonly number[],
): number[] {
  const origin = logSnr(from);
  const isFree = Number.isFinite(logSnr(to) - origin);
  if (!isFree) return gammas.map((_, j) => (j ? 0 : moment(from, to, 0)));
  return lagrangeWeights(
    gammas.map((gamma) => gamma - origin),
    gammas.map((_, k) => moment(from, to, k)),
  );
}
