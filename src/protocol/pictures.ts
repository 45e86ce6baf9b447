import type { ComparisonRow, Norm, Reference, Slope } from '../core/compare';
import type { Conclusion } from '../core/conclusion/result';
import type { AttractorCurves, DynamicsEntry } from '../core/dynamics';
import type { ScheduleEntry } from '../core/schedules/entry';
import type { Experiment } from '../core/experiment/experiment';

/** The dynamics of an experiment and those drawn beside it, from the same starts. */
export interface DynamicsPicture {
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
  /** q(z_t) itself, eq. 3 over the law of the data: k + 1 each. */
  readonly truth: { readonly mean: Float64Array; readonly variance: Float64Array };
  /** The drift of the chosen dynamics; only for states of one dimension. */
  readonly field?: DriftField | undefined;
  /** Where the drawn paths go in two dimensions; only for states of more than one. */
  readonly plane?: Plane | undefined;
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
export interface Plane {
  readonly axes: readonly [string, string];
  /** Clean states, m x 2. */
  readonly points: Float64Array;
  /** One a row of the picture: (k + 1) x drawn x 2. */
  readonly paths: readonly Float64Array[];
}

/** How far the computation of a picture has come. */
export interface PictureShare {
  /** What is computed at present. */
  readonly what: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** One row of a comparison; a trained run adds the share of rows labelled right. */
export interface ComparedRow extends ComparisonRow {
  /** From 0 to 1, the mean over the seeds. */
  readonly accuracy?: number | undefined;
  /** One for each run and each seed of the starts. */
  readonly accuracies?: readonly number[] | undefined;
}

/** A work-precision comparison: of u in closed form, or of a trained run. */
export interface ComparisonPicture {
  /** Which problem, seed and starts made it, in words. */
  readonly problem: string;
  readonly reference: Omit<Reference, 'z' | 'law'>;
  /** How `error` is measured. */
  readonly norm: Norm;
  readonly rows: readonly ComparedRow[];
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}

/** A comparison as it is kept: in the folder of its run, or among those of its experiment. */
export interface StoredComparison {
  readonly version: 1;
  /** Its file, relative to the folder of all runs; empty where it is not kept. */
  readonly id: string;
  /** ISO 8601. */
  readonly made: string;
  /** As it was then. */
  readonly experiment: Experiment;
  /** The run, by its id, and those whose results are pooled with it. */
  readonly run?: string | undefined;
  readonly also?: readonly string[] | undefined;
  readonly picture: ComparisonPicture;
}

/** What a list of kept comparisons says of each. */
export interface ComparisonSummary extends Pick<StoredComparison, 'id' | 'made' | 'run'> {
  readonly problem: string;
  readonly verdict: string;
}

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
  /** Names of the two axes that states of more than one dimension are shown along. */
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

/** How far a comparison has come. */
export interface ComparisonShare {
  readonly done: number;
  readonly total: number;
}

/** What the note's conclusion is tested with. */
export interface ConclusionChoice {
  /** The schedules to choose two from, beside the run's own; its experiment's others where absent. */
  readonly schedules?: readonly ScheduleEntry[] | undefined;
  readonly steps?: readonly number[] | undefined;
}

/** The note's conclusion, tested on a run. */
export interface ConclusionPicture extends Conclusion {
  /** Which run, rows and starts made it, in words. */
  readonly problem: string;
  /** Steps the run had taken. */
  readonly step: number;
}
