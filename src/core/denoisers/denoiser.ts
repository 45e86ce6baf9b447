import type { Parameters, Parametric, Values } from '../registry/parameters';

/** u(z, x, t): the estimate of the clean state from the noisy one; labels' inputs x, if any, are its own. */
export interface Denoiser {
  /** Whether u exists at every time, or only at the T block times of NoProp-DT. */
  readonly times: 'all' | 'blocks';
  /** Whether u of a state is the same for every z and t, so that one exponential step is exact. */
  readonly constant?: boolean;
  /** Whether another program answers, in float32: a call may take long, so integrations yield before every step (no). */
  readonly external?: boolean;
  /** The data's law in each coordinate, where u is the posterior mean of one Gaussian. */
  readonly gaussian?: { readonly mean: number; readonly sd: number };
  /**
   * Writes u of n states into `out`; z and out are n x d, row-major, and must not be the same array.
   * The time is given as t and as gamma(t), which may be infinite. Must not allocate in proportion to n.
   */
  denoise(z: Float64Array, n: number, d: number, t: number, logSnr: number, out: Float64Array): void;
}

/** What every row of the registry has: u in closed form for one kind of data. */
interface DenoiserRow<P extends Parameters> extends Parametric<P> {
  /** u in LaTeX. */
  readonly equation: string;
}

/** A u by a formula that treats each coordinate of z independently. */
export interface FormulaDenoiser<P extends Parameters = Parameters> extends DenoiserRow<P> {
  readonly needs?: undefined;
  /** The denoiser at these values, which must be in range. */
  create(values: Values<P>): Denoiser;
  /** The law of the data in one coordinate, as a mixture: one Gaussian a row, sd 0 for a point. */
  law(values: Values<P>): Law;
}

/** A u that is made from the experiment's data, which the caller loads. */
export interface DataDenoiser<P extends Parameters = Parameters> extends DenoiserRow<P> {
  readonly needs: 'data';
  /** The clean states and their weights. */
  readonly points: (data: CleanData) => PointSet;
}

/** A u that a model of the reader answers, a function or a graph, which the caller runs. */
export interface OwnDenoiser<P extends Parameters = Parameters> extends DenoiserRow<P> {
  readonly needs: 'python' | 'onnx';
}

export type DenoiserFamily<P extends Parameters = Parameters> = FormulaDenoiser<P> | DataDenoiser<P> | OwnDenoiser<P>;

/** The train rows of a data set. */
export interface CleanData {
  /** n x d, standardised. */
  readonly x: Float64Array;
  readonly d: number;
  /** n indices of classes. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly classes: number;
}

/** A finite set of clean states: points n x d, with finite log weights (n; all alike where there are none). */
export interface PointSet {
  readonly points: Float64Array;
  readonly d: number;
  readonly logWeights?: Float64Array | undefined;
}

/** A mixture of Gaussians on the line: weights sum to 1. */
export interface Law {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly sds: readonly number[];
}

/** Keeps a row's parameter names in its types, and hands it out under the registry's one type. */
export const defineDenoiser = <P extends Parameters>(row: DenoiserFamily<P>): DenoiserFamily => row;
