import type { DriftField } from '../dynamics/paths';
import type { ComparisonRow } from './comparisonRow';

/** One row of a comparison whose paths are to be seen. */
export type PathChoice = Pick<ComparisonRow, 'integrator' | 'grid' | 'steps' | 'tolerance'>;

/** Where some paths go by some rows of a comparison, beside the reference. */
export interface ComparedPaths {
  /** Which problem, starts and seed, in words. */
  readonly problem: string;
  /** What a reader must know of these paths, in sentences. */
  readonly notes: readonly string[];
  /** Number of paths. */
  readonly n: number;
  /** The rows in the order asked for, then the reference where there is one. */
  readonly lines: readonly PathLine[];
  /** The window. */
  readonly window: readonly [number, number];
  /** The drift of the dynamics; only for states of one dimension. */
  readonly field?: DriftField | undefined;
  /** Names of the two axes onto which states of more than one dimension are projected. */
  readonly axes?: readonly [string, string] | undefined;
}

/** The paths of one row. */
export interface PathLine {
  /** The row's number among those asked for; undefined for the reference. */
  readonly row?: number | undefined;
  readonly label: string;
  /** k + 1, ascending. */
  readonly times: Float64Array;
  /** (k + 1) x n, or (k + 1) x n x 2 where there are axes. */
  readonly states: Float64Array;
}
