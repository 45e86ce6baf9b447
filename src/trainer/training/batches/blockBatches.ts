import { marginal } from '../../../core/process/marginals';
import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { floats, ints, type Address, type Block } from '../../engine/heap';
import { BINS } from '../../../core/runs/metricsColumns';
import type { StateBatch } from './batch';
import { RowOrder, type RowStore } from './rowOrder';
import type { TargetRows } from './targetRows';
import type { Blocks } from './blocks';

/** Words of the state of the kernels' generator of normals. */
const STATE = 16;

/** What the batches of all blocks are made from, in tfjs' heap; it is its owner's to dispose. */
export interface BlockSource {
  readonly store: RowStore;
  /** The clean states z_T. */
  readonly targets: TargetRows;
  readonly m: number;
  readonly size: number;
  /** What the weights are multiplied by. */
  readonly eta: number;
  /** How many normals a row more than its state needs are drawn. */
  readonly spare?: number;
}

/**
 * Batches of one block of NoProp-DT: [z_s, x] with z_s from the exact marginal at the block's first time, by the loss
 * eta / 2 (SNR_t - SNR_s) |u - z_T|^2 (Li, Teh and Pascanu, arXiv 2503.24322). Dispose it.
 */
export class BlockBatches implements StateBatch {
  readonly size: number;
  readonly input: Block;
  readonly bins: Int32Array;
  readonly targets: Block;
  /** Size x m, and behind them the spare ones. */
  readonly normals: Block;
  /** Each row's place in the table of targets. */
  readonly labels: Block<Int32Array>;
  /** The block's weight, for each row. */
  readonly weights: Block;
  /** Of each row: the parts of signal and noise. */
  readonly signal: Block;
  private readonly noise: Block;
  private readonly ids: Block<Int32Array>;
  private readonly state = ints(STATE);
  private readonly rows: RowOrder;
  private readonly width: number;

  constructor(
    private readonly source: BlockSource,
    { schedule, window, times, weights }: Blocks,
    block: number,
    private readonly random: Random,
  ) {
    const { store, m, size, eta, spare = 0 } = source;
    this.size = size;
    this.width = m + store.x.d;
    this.rows = new RowOrder(store.x.n, random);
    [this.input, this.targets] = [floats(size * this.width), floats(size * m)];
    this.normals = floats(size * (m + spare));
    [this.signal, this.noise, this.weights] = [floats(size), floats(size), floats(size)];
    [this.ids, this.labels] = [ints(size), ints(size)];
    const logSnr = schedule.logSnr(times[block]!);
    const { signal, noise } = marginal(logSnr);
    this.signal.values.fill(signal);
    this.noise.values.fill(noise);
    this.weights.values.fill(eta * weights[block]!);
    const [low, high] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
    const bin = Math.floor((BINS * (logSnr - low)) / (high - low));
    this.bins = new Int32Array(size).fill(Math.max(0, Math.min(BINS - 1, bin)));
  }

  next(): void {
    const { source, size, width, ids, rows, random, state, input, targets, normals, signal, noise } = this;
    const { store, m } = source;
    for (let i = 0; i < size; i++) ids.values[i] = rows.next();
    for (let k = 0; k < STATE; k++) state.values[k] = random.integer(2 ** 32);
    const { mix, normals: fill } = kernels();
    fill(normals.address, normals.length, state.address);
    source.targets.gather(ids.values, this.labels, targets, m);
    mix(signal.address, targets.address, noise.address, normals.address, size, m, input.address, width);
    store.gather(ids, input, m, width);
  }

  get lossWeights(): Block {
    return this.weights;
  }

  loss(u: Address, slope: Address, errors: Address): number {
    const { source, size, targets, weights } = this;
    return kernels().squaredError(u, targets.address, weights.address, size, source.m, 1, slope, errors);
  }

  save(): Int32Array {
    return this.rows.save();
  }

  restore(state: ArrayLike<number>): void {
    this.rows.restore(state);
  }

  dispose(): void {
    const { input, targets, normals, labels, signal, noise, weights, ids, state } = this;
    for (const one of [input, targets, normals, labels, signal, noise, weights, ids, state]) one.dispose();
  }
}
