import type { Integrator, System } from './integrator';

/** A Butcher tableau of an explicit method: stage i is at t + c_i h and z + h sum_j a_ij k_j. */
export interface Tableau {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly c: readonly number[];
}

/** The row of an explicit Runge-Kutta method. */
export const defineRungeKutta = (
  row: Pick<Integrator, 'id' | 'title' | 'summary' | 'source' | 'order'>,
  tableau: Tableau,
): Integrator => ({
  ...row,
  evaluations: tableau.b.length,
  kind: 'explicit',
  needs: tableau.b.length > 1 ? ['all-times'] : [],
  create: (system) => rungeKutta(system, tableau),
});

function rungeKutta({ size, slope }: System, { a, b, c }: Tableau) {
  const slopes = b.map(() => new Float64Array(size));
  const stage = new Float64Array(size);
  const add = (out: Float64Array, weights: readonly number[], h: number) =>
    weights.forEach((weight, j) => {
      if (!weight) return;
      const k = slopes[j]!;
      for (let i = 0; i < size; i++) out[i]! += h * weight * k[i]!;
    });
  return (from: number, to: number, z: Float64Array): void => {
    const h = to - from;
    b.forEach((_, i) => {
      stage.set(z);
      add(stage, a[i]!, h);
      // from + 1 * h need not be `to` in floating point, and a schedule may end there.
      slope(c[i] === 1 ? to : from + c[i]! * h, stage, slopes[i]!);
    });
    add(z, b, h);
  };
}
