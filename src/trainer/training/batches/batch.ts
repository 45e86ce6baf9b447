import type { Terms } from '../../../core/runs/metrics';
import type { Address, Block } from '../../engine/heap';

/** Batches of one loss on the wasm heap. Each call of `next` overwrites the last batch. Dispose it. */
export interface Batch {
  /** Rows of a batch. */
  readonly size: number;
  /** The network's input, size x inputs. */
  readonly input: Block;
  /** The bin of log-SNR of each row; of length 0 where the loss has no log-SNR. */
  readonly bins: Int32Array;
  /** The factor of each row's error in the loss; absent where the loss is not a mean of such. */
  readonly weights?: Block | undefined;
  /** The terms of the last loss, where there is more than one. */
  readonly terms?: Terms;
  /** Takes the gradient in z (rows x m) of the network's backward pass, where `finish` or `learn` needs it. */
  readonly stateSlope?: Block | undefined;
  /** Draws the next batch. */
  next(): void;
  /**
   * The mean loss of the network's output (size x outputs). Its gradient in the output goes to slope. Each row's error
   * goes to errors: |u - z_T|^2 where there is a u.
   */
  loss(output: Address, slope: Address, errors: Address): number;
  /** Writes the gradients of what is trained beside the layers into the vector of all, after the network's own. */
  finish?(gradients: Address): void;
  /** Takes step `step` (from 1) of what the loss trains beside the network, after the backward pass. */
  learn?(errors: ArrayLike<number>, rate: number, step: number): void;
  /** Takes the last step of `learn` back. */
  retreat?(): void;
  /** The order of the rows and the place in it, to resume from. */
  save(): Int32Array;
  restore(state: ArrayLike<number>): void;
  dispose(): void;
}

/** Batches of states z that lead to embeddings. */
export interface StateBatch extends Batch {
  /** What the prediction is regressed on (size x m), which has the embeddings in it once. */
  readonly targets: Block;
  /** Each row's weight in the mean squared error of the prediction, with eta in it; none where all are 1. */
  readonly lossWeights: Block | undefined;
  /** The class of each row. */
  readonly labels: Block<Int32Array>;
  /** The factor of its embedding in each row's state. */
  readonly signal: Block;
  /** Makes squared errors of u from those of the prediction, where the two differ. */
  settle?(errors: Address): void;
}
