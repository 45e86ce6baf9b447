import type { Integrator, System } from './integrator';
import { lagrangeWeights } from './lagrange';

/** The row of a method that follows the clock: u alone is approximated, and constant u is exact in any step. */
export const defineExponential = (
  row: Pick<
    Integrator,
    'id' | 'title' | 'summary' | 'source' | 'order' | 'evaluations' | 'starting' | 'needs' | 'multistep'
  >,
  create: Integrator['create'],
): Integrator => ({ ...row, kind: 'exponential', create });

/** z = keep z + add u. */
export function advance(z: Float64Array, keep: number, add: number, u: Float64Array): void {
  for (let i = 0; i < z.length; i++) z[i] = keep * z[i]! + add * u[i]!;
}

/** z = keep z + sum_j weight_j u_j, over the first `count`. */
export function advanceBy(
  z: Float64Array,
  keep: number,
  weights: Float64Array,
  count: number,
  values: readonly Float64Array[],
): void {
  for (let i = 0; i < z.length; i++) z[i]! *= keep;
  for (let j = 0; j < count; j++) {
    const [weight, u] = [weights[j]!, values[j]!];
    for (let i = 0; i < z.length; i++) z[i]! += weight * u[i]!;
  }
}

/** Whether a step is infinite in log-SNR: u can only be held fixed there, as everything happens at one end. */
export const infinite = ({ logSnr }: System, from: number, to: number): boolean =>
  !Number.isFinite(logSnr(to) - logSnr(from));

/** Where the slopes of Kutta's third-order method stand in a step. */
const NODES = [0, 1 / 2, 1];

/**
 * A step of order 3 from a given u at its start, by two more: Kutta's method with its rule made exact for the clock
 * (Cox and Matthews, Journal of Computational Physics 176, 2002). Where the step is infinite u is held fixed.
 */
export function kuttaStep(system: System) {
  const { size, target, retain, gain, between, moments } = system;
  const values = [0, 1, 2].map(() => new Float64Array(size));
  const stage = new Float64Array(size);
  const [integrals, weights] = [new Float64Array(4), new Float64Array(3)];
  const [first, second, third] = values as [Float64Array, Float64Array, Float64Array];
  return (from: number, to: number, z: Float64Array, u: Float64Array): void => {
    if (infinite(system, from, to)) return advance(z, retain(from, to), gain(from, to), u);
    const middle = between(from, to, 1 / 2);
    first.set(u);
    stage.set(z);
    advance(stage, retain(from, middle), gain(from, middle), first);
    target(middle, stage, second);
    const [keep, add] = [retain(from, to), gain(from, to)];
    for (let i = 0; i < size; i++) stage[i] = keep * z[i]! + add * (2 * second[i]! - first[i]!);
    target(to, stage, third);
    moments(from, to, integrals);
    lagrangeWeights(NODES, 3, integrals, weights);
    advanceBy(z, keep, weights, 3, values);
  };
}
