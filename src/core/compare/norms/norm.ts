import type { Choice } from '../../registry/field';

/** Mean and variance of one coordinate. */
interface CoordinateLaw {
  readonly mean: number;
  readonly variance: number;
}

/** A row of the registry: one way to say how far states are from those they should be. Batches are n x d, row-major. */
export interface Norm<I extends string = string> extends Choice<I> {
  /** How a sentence names an error by it: "an error", "a largest error". */
  readonly phrase: string;
  /** How far a batch is from the exact one, path by path or by the law of all paths. */
  distance(z: Float64Array, exact: Float64Array, d: number): number;
  /** The standard error of the distance by the choice of paths, where the paths of both were drawn as one; NaN where unknown. */
  standardError(z: Float64Array, exact: Float64Array, d: number): number;
  /** For a norm that looks at the law of the states alone, and so is weak: how far two laws of a coordinate are. */
  lawDistance?(law: CoordinateLaw, exact: CoordinateLaw): number;
}

/** Keeps a norm's id in its type. */
export const defineNorm = <const I extends string>(norm: Norm<I>): Norm<I> => norm;
