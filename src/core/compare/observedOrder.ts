import { integrators, type FinalId } from '../integrators';
import { leastSquaresSlope } from '../math/leastSquares';
import { isWeak, type NormId } from './norms';
import { OWN_STEPS, type ComparisonRow } from './comparisonRow';

/** How the error of one method on one grid falls with its steps, or with its tolerance. */
export interface Slope {
  readonly integrator: string;
  readonly grid: string;
  readonly gridTitle: string;
  /** How the last step was taken, of a method that could take it otherwise. */
  readonly final?: FinalId;
  /**
   * The observed order: minus the slope of log error over log steps, or the slope over log tolerance; undefined with
   * fewer than two usable points.
   */
  readonly order: number | undefined;
  /** What it should be: the method's order, or 1 over tolerances. */
  readonly nominal: number;
  /** The step counts it was fitted over, ascending; or the tolerances, descending. */
  readonly over: readonly number[];
}

/** How far a fit reaches from the finest usable point: three doublings of the steps, or this factor in tolerance. */
const [DOUBLINGS, DECADES] = [8, 1e3];

/** No error below this is fitted: rounding may have a part in it. */
const ROUNDED = 1e-11;

/** No error below this many of its standard errors is fitted. */
const CHANCE = 4;

/** What `fitSlope` does, for the interface to show beside its result. */
export const SLOPE_RULE =
  'Least squares in log-log over the last three doublings of the steps (three decades of tolerance) whose errors are above 1e-11, above ten times the reference’s own, and above four times their standard error where paths are drawn by chance.';

/** The error that a row must have to be fitted. */
const leastOf = ({ floor = 0, sampling = 0 }: ComparisonRow, reference: number): number =>
  Math.max(ROUNDED, 10 * reference, 10 * floor, CHANCE * (Number.isNaN(sampling) ? 0 : sampling));

/** The observed order of the rows of one series, by SLOPE_RULE; `floor` is the reference's own error. */
export function fitSlope(rows: readonly ComparisonRow[], floor: number, norm: NormId = 'rms'): Slope {
  const { integrator, grid, gridTitle, final } = rows[0]!;
  const own = grid === OWN_STEPS.label;
  const { order = NaN, weakOrder = order } = integrators.find(({ id }) => id === integrator) ?? {};
  const nominal = own ? 1 : isWeak(norm) ? weakOrder : order;
  /** Grows as steps get finer. */
  const fineness = (row: ComparisonRow) => (own ? 1 / row.tolerance! : row.steps);
  const usable = rows
    .filter((row) => row.status === 'done' && row.error > leastOf(row, floor))
    .sort((a, b) => fineness(a) - fineness(b))
    .filter((row, i, all) => i === 0 || fineness(row) !== fineness(all[i - 1]!));
  const finest = usable.at(-1);
  // A table of rows may have one step fewer than was asked for.
  const reach = 1.01 * (own ? DECADES : DOUBLINGS);
  const fitted = usable.filter((row) => finest && fineness(finest) <= reach * fineness(row));
  const over = fitted.map((row) => (own ? row.tolerance! : row.steps));
  const slope = { integrator, grid, gridTitle, ...(final && { final }), nominal, over };
  if (fitted.length < 2) return { ...slope, order: undefined };
  const x = fitted.map((row) => Math.log(fineness(row)));
  const y = fitted.map((row) => Math.log(row.error));
  return { ...slope, order: -leastSquaresSlope(x, y) };
}
