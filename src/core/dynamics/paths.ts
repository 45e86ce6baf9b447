import type { AttractorCurves } from '.';
import type { DynamicsEntry } from './entry';

/** The dynamics of an experiment and those drawn beside it, from the same starts. */
export interface DynamicsPaths {
  /** Which problem, seed and steps made it, in words. */
  readonly problem: string;
  /** What a reader must know of these results, most important first, in sentences. */
  readonly notes: readonly string[];
  /** k + 1 times over the window, ascending: those of the grid, or some of them where they are many. */
  readonly times: Float64Array;
  readonly logSnr: Float64Array;
  /** Number of paths, and of those that are drawn. */
  readonly n: number;
  readonly drawn: number;
  /** Dimension of a state; paths, quantiles and means are of its first coordinate. */
  readonly d: number;
  /** The chosen dynamics, then those beside it that could be run. */
  readonly rows: readonly DynamicsRow[];
  /** Rows x rows x (k + 1): RMS distance over the paths, in all coordinates. */
  readonly gaps: Float64Array;
  /** q(z_t) itself, eq. 3 over the law of the data: k + 1 each. Absent where u does not tell that law. */
  readonly truth?: { readonly mean: Float64Array; readonly variance: Float64Array } | undefined;
  /** The drift of the chosen dynamics; only for states of one dimension. */
  readonly field?: DriftField | undefined;
  /** Where the drawn paths go in two dimensions; only for states of more than one. */
  readonly plane?: PathPlane | undefined;
  readonly curves: AttractorCurves;
}

/** The shares of `DynamicsRow.quantiles`. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface DynamicsRow {
  readonly entry: DynamicsEntry;
  /** (k + 1) x drawn, row-major by time. */
  readonly paths: Float64Array;
  /** (k + 1) x drawn: the closed form from the same starts for u held at what it is at each path's end. */
  readonly oracle: Float64Array;
  /** (k + 1) x 5. */
  readonly quantiles: Float64Array;
  /** k + 1 each, over all paths; the variance is the mean over the coordinates. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** The exact variance at some of the times, given by their numbers, where the data are one Gaussian or a point. */
  readonly theory?: { readonly steps: Int32Array; readonly variance: Float64Array } | undefined;
}

/** u of one dynamics on a grid over time and state, and what makes dz/d(gamma) = pull u - decay z of it. */
export interface DriftField {
  /** m times, ascending, and what belongs to each. */
  readonly times: Float64Array;
  readonly logSnr: Float64Array;
  readonly logSnrRate: Float64Array;
  readonly pull: Float64Array;
  readonly decay: Float64Array;
  /** The states of the grid run from low to high in equal steps. */
  readonly low: number;
  readonly high: number;
  readonly size: number;
  /** m x size, row-major by time. */
  readonly u: Float64Array;
}

/** Points and paths in two coordinates, or along the two principal axes of the clean states. */
export interface PathPlane {
  readonly axes: readonly [string, string];
  /** Clean states, m x 2. */
  readonly points: Float64Array;
  /** One for each dynamics: (k + 1) x drawn x 2. */
  readonly paths: readonly Float64Array[];
}
