import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../core/random';
import type { Schedule } from '../core/schedules';
import { sigmoid } from '../core/stable';
import type { Window } from '../core/window';
import { writeTime } from './network';

/** What the loss is an expectation over; x is n x d (standardised), targets n x m (the embeddings z_T). */
export interface Source {
  readonly x: Float32Array;
  readonly targets: Float32Array;
  readonly n: number;
  readonly features: number;
  readonly outputs: number;
  readonly timeFeatures: number;
  readonly schedule: Schedule;
  readonly window: Window;
  /** The largest weight: min(SNR'(t), cap), after Hang et al. (min-SNR), arXiv 2303.09556. */
  readonly weightCap: number;
}

/** How many equal bins of log-SNR the error is reported by. */
export const BINS = 12;

/** Makes batches in typed arrays, far cheaper than by tfjs' own operations; each call of `next` overwrites the last. */
export class Batches {
  /** [z_t, x, time features], size x in. */
  readonly input: Float32Array;
  readonly targets: Float32Array;
  /** Half the capped weight of each row, per unit time. */
  readonly weights: Float32Array;
  /** The bin of log-SNR of each row. */
  readonly bins: Int32Array;
  readonly width: number;
  private order: Int32Array;
  private cursor: number;

  constructor(
    private readonly source: Source,
    readonly size: number,
    private readonly random: Random,
  ) {
    this.width = source.outputs + source.features + source.timeFeatures;
    this.input = new Float32Array(size * this.width);
    this.targets = new Float32Array(size * source.outputs);
    this.weights = new Float32Array(size);
    this.bins = new Int32Array(size);
    this.order = new Int32Array(source.n);
    this.cursor = source.n;
  }

  /** The next batch: rows without replacement, t stratified on the window, z_t from the exact marginal (eqs. 2, 3). */
  next(): void {
    const { source, random, size, width } = this;
    const { outputs, features, schedule, window, weightCap } = source;
    const low = schedule.logSnr(window.start);
    const scale = BINS / (schedule.logSnr(window.end) - low);
    for (let i = 0; i < size; i++) {
      const row = this.row();
      const t = window.start + ((i + random.uniform()) / size) * (window.end - window.start);
      const logSnr = schedule.logSnr(t);
      const [signal, noise] = [Math.sqrt(sigmoid(logSnr)), Math.sqrt(sigmoid(-logSnr))];
      const at = i * width;
      for (let j = 0; j < outputs; j++) {
        const target = source.targets[row * outputs + j]!;
        this.targets[i * outputs + j] = target;
        this.input[at + j] = signal * target + noise * random.normal();
      }
      this.input.set(source.x.subarray(row * features, (row + 1) * features), at + outputs);
      writeTime(this.input, at + outputs + features, t, source.timeFeatures);
      this.weights[i] = 0.5 * Math.min(schedule.logSnrRate(t) * Math.exp(logSnr), weightCap);
      this.bins[i] = Math.max(0, Math.min(BINS - 1, Math.floor((logSnr - low) * scale)));
    }
  }

  private row(): number {
    if (this.cursor === this.source.n) {
      this.order = this.random.permutation(this.source.n);
      this.cursor = 0;
    }
    return this.order[this.cursor++]!;
  }

  /** The order of this pass over the rows and the place in it, to go on from. */
  save(): Int32Array {
    return Int32Array.of(...this.order, this.cursor);
  }

  restore(state: ArrayLike<number>): void {
    this.order = Int32Array.from({ length: this.source.n }, (_, i) => state[i]!);
    this.cursor = state[this.source.n]!;
  }
}

/** The squared error |u - z_T|^2 of each row, and the loss it adds up to. */
export interface Errors {
  readonly rows: Float64Array;
  loss: number;
}

/**
 * E[ 1/2 min(SNR', cap) |u - z_T|^2 ] (eqs. 20, 21) as one node on the tape; the value of each row is left in `errors`.
 * The sum is formed in double precision on our side: a batch of u is too small to be worth a kernel.
 */
export function weightedLoss(u: tf.Tensor2D, batch: Batches, errors: Errors): tf.Scalar {
  const loss = tf.customGrad((value) => {
    const outputs = u.shape[1];
    const guess = (value as tf.Tensor).dataSync();
    const slope = new Float32Array(guess.length);
    let total = 0;
    for (let i = 0; i < batch.size; i++) {
      const weight = batch.weights[i]! / batch.size;
      let sum = 0;
      for (let k = i * outputs; k < (i + 1) * outputs; k++) {
        const gap = guess[k]! - batch.targets[k]!;
        sum += gap * gap;
        slope[k] = 2 * weight * gap;
      }
      errors.rows[i] = sum;
      total += weight * sum;
    }
    errors.loss = total;
    return { value: tf.scalar(total), gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.tensor(slope, u.shape)) };
  });
  return loss(u) as tf.Scalar;
}
