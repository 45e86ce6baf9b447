import type { Integrator, Ode } from './integrator';
import type { Tableau } from './tableau';

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
  create: (system) => {
    const step = rungeKutta(system, tableau);
    return (from, to, z) => step(from, to, z);
  },
});

/** How many stages the solution uses: a last one of weight 0 serves the error and the next step alone. */
const usedStages = ({ b }: Tableau): number => (b.at(-1) ? b.length : b.length - 1);

/** Adds h sum_j weights_j slopes_j to `out`. */
export function addSlopes(
  out: Float64Array,
  h: number,
  weights: ArrayLike<number>,
  slopes: readonly Float64Array[],
): void {
  for (let j = 0; j < Math.min(weights.length, slopes.length); j++) {
    const factor = h * weights[j]!;
    if (!factor) continue;
    const k = slopes[j]!;
    for (let i = 0; i < out.length; i++) out[i]! += factor * k[i]!;
  }
}

/** The slopes of the stages of a step. */
export class Stages {
  /** One array of the system's size a stage. */
  readonly slopes: readonly Float64Array[];
  /** The state at which the last slope was taken. */
  readonly state: Float64Array;

  constructor(
    private readonly ode: Ode,
    private readonly tableau: Tableau,
    count: number,
  ) {
    this.slopes = Array.from({ length: count }, () => new Float64Array(ode.size));
    this.state = new Float64Array(ode.size);
  }

  /** Takes the slopes of a step, those before `first` being there. */
  fill(from: number, to: number, z: Float64Array, first = 0): void {
    const { a, c } = this.tableau;
    for (let i = first; i < this.slopes.length; i++) {
      this.state.set(z);
      addSlopes(this.state, to - from, a[i]!, this.slopes);
      // from + 1 * h need not be `to` in floating point, and a schedule may end there.
      this.ode.slope(c[i] === 1 ? to : from + c[i]! * (to - from), this.state, this.slopes[i]!);
    }
  }
}

/** The method with steps of the caller's, who may give the slope at the step's start. */
export function rungeKutta(ode: Ode, tableau: Tableau) {
  const stages = new Stages(ode, tableau, usedStages(tableau));
  return (from: number, to: number, z: Float64Array, first?: Float64Array): void => {
    if (first) stages.slopes[0]!.set(first);
    stages.fill(from, to, z, first ? 1 : 0);
    addSlopes(z, to - from, tableau.b, stages.slopes);
  };
}

/** The largest h * rate for which z' = -rate z does not grow: where |R(-x)| first exceeds 1, to 1e-12. */
export function realStability({ a, b }: Tableau): number {
  const growth = (x: number) => {
    const stages: number[] = [];
    a.forEach((row) => stages.push(1 - x * row.reduce((sum, weight, j) => sum + weight * stages[j]!, 0)));
    return Math.abs(1 - x * b.reduce((sum, weight, j) => sum + weight * stages[j]!, 0));
  };
  let low = 0;
  let high = 0;
  while (growth(high) <= 1) {
    low = high;
    high += 1 / 64;
  }
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (growth(middle) <= 1) low = middle;
    else high = middle;
  }
  return low;
}
