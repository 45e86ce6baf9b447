import type { FinalId } from '../integrators';
import type { Errors } from './norms';

/** How rows name the grid of a method that chooses its own steps. */
export const OWN_STEPS = { label: 'adaptive', title: 'Its own steps' };

/** One method with one step count on one grid, or at one tolerance. */
export interface ComparisonRow {
  readonly integrator: string;
  /** The label of the grid. */
  readonly grid: string;
  readonly gridTitle: string;
  /** Steps taken; of a method that chooses them, the accepted ones. */
  readonly steps: number;
  /** Steps asked for, where the grid had fewer. */
  readonly asked?: number;
  /** How the last step was taken, of a method that could take it otherwise. */
  readonly final?: FinalId;
  /** The tolerance, relative and absolute, of a method that chooses its own steps. */
  readonly tolerance?: number;
  /** Steps that such a method took and did not keep. */
  readonly rejected?: number;
  /** Calls of u for each path; 0 where the method was refused. */
  readonly evaluations: number;
  /** The end state's error against the reference by the comparison's norm; NaN unless it was measured. */
  readonly error: number;
  /** By every norm. */
  readonly errors: Errors;
  /** The standard error of `error` where paths were drawn by chance. */
  readonly sampling?: number;
  /** The reference's own error where it is this row's own. */
  readonly floor?: number;
  /** The largest step times rate of decay, and the limit past which an explicit method magnifies errors. */
  readonly load?: number;
  readonly limit?: number;
  /** Whether the error is less than 100 times the reference's own, so that its digits cannot be trusted. */
  readonly nearFloor: boolean;
  readonly milliseconds: number;
  /**
   * Unstable: steps went past the method's stability limit, as it is for u held fixed, and the error is more than a
   * tenth of the states' size. Diverged: an end state was not finite or the end was not reached. Refused: the method
   * or the grid needs what the flow does not have.
   */
  readonly status: 'done' | 'unstable' | 'diverged' | 'refused';
  /** Why it is not done, or what to know of it if it is; empty where there is nothing. */
  readonly reason: string;
}

/** Whether a row has an error. */
export const isMeasured = ({ status }: ComparisonRow): boolean => status === 'done' || status === 'unstable';

/** What rows of one method that differ only in their count of steps, or in their tolerance, have in common. */
export const seriesKey = ({ integrator, grid, final }: Pick<ComparisonRow, 'integrator' | 'grid' | 'final'>): string =>
  [integrator, grid, ...(final ? [final] : [])].join(' ');

/** Rows by their series, in the order in which each first appears. */
export function bySeries<R extends ComparisonRow>(rows: readonly R[]): R[][] {
  const found = new Map<string, R[]>();
  for (const row of rows) {
    const key = seriesKey(row);
    const list = found.get(key);
    if (list) list.push(row);
    else found.set(key, [row]);
  }
  return [...found.values()];
}
