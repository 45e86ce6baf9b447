import type { ComparisonRow } from './compare';

/** How a method's error falls with its steps. */
export interface Slope {
  readonly integrator: string;
  /** Minus the slope of log error over log steps: the observed order; undefined with fewer than two usable points. */
  readonly order: number | undefined;
  /** The step counts it was fitted over. */
  readonly steps: readonly number[];
}

/** Points of a fit: the finest ones. */
const POINTS = 3;

/** What `fitSlope` does, for the interface to show beside its result. */
export const SLOPE_RULE =
  'Least squares in log-log over the three finest step counts whose error is above ten times the reference’s own.';

/** The observed order of one method, by SLOPE_RULE; `floor` is the reference's own error. */
export function fitSlope(integrator: string, rows: readonly ComparisonRow[], floor: number): Slope {
  const usable = rows
    .filter((row) => row.integrator === integrator && row.status === 'done' && row.error > 10 * floor)
    .sort((a, b) => b.steps - a.steps)
    .filter((row, i, all) => all.findIndex((other) => other.steps === row.steps) === i)
    .slice(0, POINTS);
  const steps = usable.map((row) => row.steps).reverse();
  if (usable.length < 2) return { integrator, order: undefined, steps };
  const points = usable.map((row) => [Math.log(row.steps), Math.log(row.error)] as const);
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  const variance = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return { integrator, order: -covariance / variance, steps };
}
