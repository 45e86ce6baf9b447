import type { ComparisonRow, Reference, Slope } from '../core/compare';

/** Trajectories of several dynamics from the same starts, in one dimension. */
export interface DynamicsPicture {
  /** Which problem, seed and steps made it, in words. */
  readonly problem: string;
  /** k + 1 times over the window, ascending. */
  readonly times: Float64Array;
  /** Number of paths. */
  readonly n: number;
  readonly rows: readonly DynamicsRow[];
}

export interface DynamicsRow {
  /** Id in the dynamics registry. */
  readonly dynamics: string;
  /** (k + 1) x n, row-major by time. */
  readonly states: Float64Array;
  /** (k + 1) x n: the closed form from the same starts for u held at what it is at each path's end. */
  readonly oracle: Float64Array;
  /** k + 1: RMS distance over the paths from the first row's states. */
  readonly gap: Float64Array;
}

/** A work-precision comparison: of u in closed form, or of a trained run. */
export interface ComparisonPicture {
  /** Which problem, seed and starts made it, in words. */
  readonly problem: string;
  readonly reference: Omit<Reference, 'z'>;
  /** Accuracy (0 to 1) is there for a trained run. */
  readonly rows: readonly (ComparisonRow & { readonly accuracy?: number | undefined })[];
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}

/** How far a comparison has come. */
export interface ComparisonShare {
  readonly done: number;
  readonly total: number;
}
