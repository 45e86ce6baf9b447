import { BINS } from '../../../core/runs/metricsColumns';
import type { Terms } from '../../../core/runs/metrics';
import type { Address, HeapArray } from '../../engine/heap';
import type { ShuffledOrder } from './shuffledOrder';
import type { StateInputs } from './stateInputs';

/** The inputs of a batch. */
export interface BatchInputs {
  /** The network's input, size x inputs. */
  readonly input: HeapArray;
  /** The order in which rows are taken. */
  readonly order: ShuffledOrder;
}

/** Batches of one loss on the wasm heap. Each call of `next` overwrites the last batch. Dispose it. */
export interface Batches {
  /** Rows of a batch. */
  readonly size: number;
  readonly inputs: BatchInputs;
  /** The bin of log-SNR of each row; of length 0 where the loss has no log-SNR. */
  readonly bins: Int32Array;
  /** The factor of each row's error in the loss; absent where the loss is not a mean of such. */
  readonly weights?: HeapArray | undefined;
  /** The terms of the last loss, where there is more than one. */
  readonly terms?: Terms;
  /** Takes the gradient in z (rows x m) of the network's backward pass, where the methods after the pass need it. */
  readonly stateGradient?: HeapArray | undefined;
  /** Draws the next batch. */
  next(): void;
  /**
   * The mean loss of the network's output (size x outputs). Its gradient in the output goes to gradient. Each row's
   * error goes to errors: |u - z_T|^2 where there is a u.
   */
  loss(output: Address, gradient: Address, errors: Address): number;
  /** Writes the gradients of what is trained beside the layers into the vector of all, after the backward pass. */
  writeHeadGradients?(gradients: Address): void;
  /** Takes step `step` (from 1) of a schedule that is trained with the network, after the backward pass. */
  trainSchedule?(errors: ArrayLike<number>, learningRate: number, step: number): void;
  /** Takes the last step of `trainSchedule` back. */
  undoStep?(): void;
  dispose(): void;
}

/** Batches of states z that lead to embeddings. */
export interface StateBatches extends Batches {
  readonly inputs: StateInputs;
  /** What the prediction is regressed on (size x m), which has the embeddings in it once. */
  readonly targets: HeapArray;
  /** Each row's weight in the mean squared error of the prediction, with eta in it; undefined where all are 1. */
  readonly lossWeights: HeapArray | undefined;
  /** Makes squared errors of u from those of the prediction, where the two differ. */
  toStateErrors?(errors: Address): void;
}

/** The bin at a place on the axis of bins, which begins at 0; places beyond the ends count to the outermost bins. */
export const binAt = (place: number): number => Math.max(0, Math.min(BINS - 1, Math.floor(place)));
