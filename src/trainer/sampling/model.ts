import type { Denoiser } from '../../core/denoisers';
import type { Examples } from '../data/examples';
import type { Tensors } from '../network/tensors';

/** A model over fixed rows: u (or the velocity v) as a function of z and t alone. Dispose it. */
export interface BoundModel extends Denoiser {
  dispose(): void;
}

/** The classes that states at the end stand for. */
export interface ClassPredictions {
  /** n indices of classes. */
  readonly labels: Int32Array;
  /** n x classes; each row sums to 1. */
  readonly probabilities: Float32Array;
}

/** A model on the wasm heap that can predict. Dispose it. */
export interface Model {
  /** Length of a state z. */
  readonly m: number;
  /** Length of x. */
  readonly features: number;
  /** Binds rows x (n x features, standardised), so that what depends on them alone is computed once. */
  bind(x: Float32Array, n: number): BoundModel;
  /** Reads the classes from states at the end (n x m). An Error where numbers are predicted: these are the states. */
  read(states: ArrayLike<number>): ClassPredictions;
  /** The clean states z_T of rows (n x m); zeros where the numbers to predict are not known. */
  targets(rows: Pick<Examples, 'labels' | 'targets' | 'n'>): Float64Array;
  /** A copy of the parameters, and of a table of embeddings that cannot be made from them. */
  weights(): Tensors;
  dispose(): void;
}
