import type { System } from './integrator';
import { exponentialWeights } from './lagrange';

/**
 * A step of order 3 from the value of u at its start, by three more: u's quadratic interpolant in gamma through the
 * start, the middle in t and the end, whose states are predicted by interpolants of lower order. Multistep methods
 * begin with it.
 */
export function exponentialStart(system: System) {
  const { size, target, retain, logSnr } = system;
  const [middle, end] = [new Float64Array(size), new Float64Array(size)];
  const stage = new Float64Array(size);
  return (from: number, to: number, z: Float64Array, first: Float64Array): void => {
    const half = from + (to - from) / 2;
    const gammas = [from, half, to].map(logSnr);
    const move = (until: number, values: readonly Float64Array[]) => {
      const weights = exponentialWeights(system, from, until, gammas.slice(0, values.length));
      combine(stage, retain(from, until), z, weights, values);
    };
    move(half, [first]);
    target(half, stage, middle);
    move(half, [first, middle]);
    target(half, stage, middle);
    move(to, [first, middle]);
    target(to, stage, end);
    move(to, [first, middle, end]);
    z.set(stage);
  };
}

/** Writes keep z + sum_j weights_j values_j; out may be z. */
export function combine(
  out: Float64Array,
  keep: number,
  z: Float64Array,
  weights: readonly number[],
  values: readonly Float64Array[],
): void {
  for (let i = 0; i < out.length; i++) {
    let sum = keep * z[i]!;
    for (let j = 0; j < weights.length; j++) sum += weights[j]! * values[j]![i]!;
    out[i] = sum;
  }
}
