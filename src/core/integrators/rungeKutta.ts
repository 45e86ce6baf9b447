import type { Integrator, System } from './integrator';

/** A Butcher tableau of an explicit method: stage i is at t + c_i h and z + h sum_j a_ij k_j. */
export interface Tableau {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  /** Weights of a second solution, whose distance from the first is an error of this order. */
  readonly embedded?: { readonly b: readonly number[]; readonly order: number };
  /** Dense output: the weight of stage i at t + x h is sum_k dense_ik x^(k+1). */
  readonly dense?: readonly (readonly number[])[];
}

/** The row of an explicit Runge-Kutta method. */
export const defineRungeKutta = (
  row: Pick<Integrator, 'id' | 'title' | 'summary' | 'source' | 'order'>,
  tableau: Tableau,
): Integrator => ({
  ...row,
  evaluations: usedStages(tableau),
  kind: 'explicit',
  needs: tableau.b.length > 1 ? ['all-times'] : [],
  stability: realStability(tableau),
  tableau,
  create: (system) => rungeKutta(system, tableau),
});

/** How many stages the solution uses: a last one of weight 0 serves the error and the next step alone. */
const usedStages = ({ b }: Tableau): number => (b.at(-1) ? b.length : b.length - 1);

/** Adds h sum_j weights_j slopes_j to `out`. */
export function addSlopes(
  out: Float64Array,
  weights: readonly number[],
  slopes: readonly Float64Array[],
  h: number,
): void {
  weights.forEach((weight, j) => {
    if (!weight) return;
    const [k, factor] = [slopes[j]!, h * weight];
    for (let i = 0; i < out.length; i++) out[i]! += factor * k[i]!;
  });
}

/** The method with steps of the caller's, who may give the slope at the step's start. */
export function rungeKutta({ size, slope }: Pick<System, 'size' | 'slope'>, tableau: Tableau) {
  const { a, b, c } = tableau;
  const slopes = Array.from({ length: usedStages(tableau) }, () => new Float64Array(size));
  const stage = new Float64Array(size);
  return (from: number, to: number, z: Float64Array, first?: Float64Array): void => {
    const h = to - from;
    slopes.forEach((out, i) => {
      if (!i && first) return void out.set(first);
      stage.set(z);
      addSlopes(stage, a[i]!, slopes, h);
      // from + 1 * h need not be `to` in floating point, and a schedule may end there.
      slope(c[i] === 1 ? to : from + c[i]! * h, stage, out);
    });
    addSlopes(z, b, slopes, h);
  };
}

/** The largest h * rate for which z' = -rate z does not grow: where |R(-x)| first exceeds 1, to 1e-12. */
export function realStability({ a, b }: Tableau): number {
  const growth = (x: number) => {
    const stages: number[] = [];
    a.forEach((row) => stages.push(1 - x * row.reduce((sum, weight, j) => sum + weight * stages[j]!, 0)));
    return Math.abs(1 - x * b.reduce((sum, weight, j) => sum + weight * stages[j]!, 0));
  };
  let [low, high] = [0, 0];
  while (growth(high) <= 1) [low, high] = [high, high + 1 / 64];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (growth(middle) <= 1) low = middle;
    else high = middle;
  }
  return low;
}
