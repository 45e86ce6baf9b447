export interface Labels {
  /** n indices into the run's classes; zeros where numbers are predicted. */
  readonly labels: Int32Array;
  /** n x k in the targets' own units, where numbers are predicted. */
  readonly values?: Float64Array | undefined;
  /** n x m: the state at the end, z_1. */
  readonly outputs: Float32Array;
  readonly classes: readonly string[];
}

/** How well one target is predicted. */
export interface TargetEvaluation {
  readonly name: string;
  /** In the target's own unit. */
  readonly rmse: number;
  readonly r2: number;
  /** Of each row, in the target's own unit. */
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

export interface Evaluation {
  readonly rows: number;
  /** Where numbers are predicted, in place of accuracy and confusion. */
  readonly targets?: readonly TargetEvaluation[] | undefined;
  /** The feature of each row in its own unit, where numbers are predicted from one alone. */
  readonly feature?: Float64Array | undefined;
  readonly accuracy?: number | undefined;
  /** m x m, row-major: true class by label given. */
  readonly confusion: Int32Array;
  readonly classes: readonly string[];
  /** Some of the rows that got a wrong class; nothing where numbers are predicted. */
  readonly mistakes?: Mistakes | undefined;
  readonly milliseconds: number;
  /** Nothing where the model answers in one pass. */
  readonly effort?: Effort | undefined;
}

/** Rows that got a wrong class, at most so many as a page shows. */
export interface Mistakes {
  /** How many rows got a wrong class in all. */
  readonly count: number;
  /** The names of the first features, and n x their number of values in their own units; none where rows are images. */
  readonly features: readonly string[];
  readonly values: Float32Array;
  /** Where rows are images: n x height x width bytes, row-major, 0 to 255 over the range of all values. */
  readonly images?: { readonly width: number; readonly height: number; readonly pixels: Uint8Array } | undefined;
  /** The number of each row in the data. */
  readonly ids: Int32Array;
  /** True and given class of each, and how probable the given one is held. */
  readonly truth: Int32Array;
  readonly given: Int32Array;
  readonly probabilities: Float32Array;
}

/** What carrying rows from noise to data took; where they go in several lots, the most of any. */
export interface Effort {
  /** Calls of u for each row. */
  readonly evaluations: number;
  /** Steps taken; of a method that chooses its own, those it kept. */
  readonly accepted: number;
  readonly rejected: number;
}

/** The effort in words. */
export const effortText = ({ evaluations, accepted, rejected }: Effort): string =>
  `${accepted} steps${rejected ? `, ${rejected} more rejected` : ''}; ${evaluations} evaluations of u a path`;

export interface Trajectories {
  /** k + 1 times. */
  readonly times: Float64Array;
  /** rows x (k + 1) x m, row-major; in the targets' own units where numbers are predicted. */
  readonly states: Float32Array;
  readonly rows: number;
  readonly dimension: number;
  /** classes x m, row-major: where the states of each class should end. */
  readonly embeddings: Float32Array;
  /** rows x m in their own units, and their names, where numbers are predicted. */
  readonly targets?: Float32Array | undefined;
  readonly targetNames?: readonly string[] | undefined;
  /** True and given class of each row. */
  readonly truth: Int32Array;
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

export interface Boundary {
  /** Ranges of the two features, in their own units: [min, max]. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Points a side; row-major, y outside. */
  readonly size: number;
  /** The times of the pictures, k + 1. */
  readonly times: Float64Array;
  /** (k + 1) x size x size: the class nearest the state at each time, before the end a guess in the making. */
  readonly labels: Uint8Array;
  /** (k + 1) x size x size x classes: the probabilities that are read from the state, in 255ths. */
  readonly probabilities: Uint8Array;
  /** Rows of the data, to be drawn over it. */
  readonly points: BoundaryPoints;
  readonly classes: readonly string[];
  readonly features: readonly string[];
}

/** Rows of data with two features: n x 2 in the features' own units, their classes, and whether each is a test row. */
export interface BoundaryPoints {
  readonly x: Float32Array;
  readonly truth: Int32Array;
  readonly test: Uint8Array;
}

/** What weights have learned: how test rows are answered, the ways of some, and the plane where there are two features. */
export interface Learned {
  readonly evaluation?: Evaluation | undefined;
  readonly trajectories?: Trajectories | undefined;
  readonly boundary?: Boundary | undefined;
}

/** What a model in training has learned by a step. */
export interface LearnedAt extends Learned {
  readonly step: number;
}
