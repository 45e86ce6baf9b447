import type { Parameters, Parametric, Values } from '../parameters';

/** u(z, x, t): the estimate of the clean state from the noisy one; labels' inputs x, if any, are its own. */
export interface Denoiser {
  /** Whether u exists at every time, or only at the T block times of NoProp-DT. */
  readonly times: 'all' | 'blocks';
  /** Whether u of a state is the same for every z and t, so that one exponential step is exact. */
  readonly constant?: boolean;
  /**
   * Writes u of n states into `out`; z and out are n x d, row-major, and must not be the same array.
   * The time is given as t and as gamma(t), which may be infinite. Must not allocate in proportion to n.
   */
  denoise(z: Float64Array, n: number, d: number, t: number, logSnr: number, out: Float64Array): void;
}

/** A row of the registry: u in closed form for one kind of data. */
export interface DenoiserFamily<P extends Parameters = Parameters> extends Parametric<P> {
  /** u in LaTeX. */
  readonly equation: string;
  /** The denoiser at these values, which must be in range; each coordinate of z by itself. */
  create(values: Values<P>): Denoiser;
  /** The law of the data in one coordinate, as a mixture: one Gaussian a row, sd 0 for a point. */
  law(values: Values<P>): Law;
}

/** A mixture of Gaussians on the line: weights sum to 1. */
export interface Law {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly sds: readonly number[];
}

/** Keeps a row's parameter names in its types, and hands it out under the registry's one type. */
export const defineDenoiser = <P extends Parameters>(row: DenoiserFamily<P>): DenoiserFamily => row;
