import type { Tensors } from '../../network/tensors';
import type { Terms } from '../../../core/runs/metrics';
import type { Model } from '../../sampling/model';
import type { TrainingState, TrainingSnapshot } from './trainingState';

/** A training at one step: weights, optimisers, batches and their random numbers. Dispose it. */
export interface ModelTraining {
  /** Steps taken. */
  readonly step: number;
  /** The loss of the last step, and the Euclidean norm of its gradient over all parameters, before clipping. */
  readonly loss: number;
  readonly gradientNorm: number;
  /** |u - z_T|^2 of each row of the last step, and the bin of log-SNR of each; of length 0 where there is no u. */
  readonly errors: ArrayLike<number>;
  readonly bins: Int32Array;
  /** The factor of each row's error in the loss; of length 0 where the loss is not a mean of such. */
  readonly rowWeights: ArrayLike<number>;
  /** The weights of the schedule that the model predicts with, where it is trained with the model. */
  readonly schedule?: Float64Array | undefined;
  /** The losses and the gradients' norms of the last step by block, where blocks are trained apart. */
  readonly blocks?: { readonly losses: Float64Array; readonly norms: Float64Array } | undefined;
  /** The terms of the last loss, where there is more than one. */
  readonly terms?: Terms | undefined;
  /** The model with the EMA of the weights, where one is kept. It belongs to the training: do not dispose it. */
  readonly model: Model;
  /**
   * Takes one step. False where the loss or the gradient is not finite: the step does not count then, and the weights
   * are those of the last finite loss.
   */
  next(): boolean;
  /** A copy of the weights that predict. */
  weights(): Tensors;
  /** A copy of the state. */
  save(): TrainingSnapshot;
  dispose(): void;
}

/** How a training begins. */
export interface StartOptions {
  /** The state to resume from. */
  readonly resume?: TrainingState | undefined;
  /** The blocks of NoProp-DT to train, where the rest is trained elsewhere. `mergeSaved` puts their states together. */
  readonly blocks?: readonly number[] | undefined;
}
