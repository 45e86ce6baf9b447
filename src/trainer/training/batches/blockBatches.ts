import type { Random } from '../../../core/math/random';
import { marginal } from '../../../core/process/marginals';
import { BINS } from '../../../core/runs/metricsColumns';
import { kernels } from '../../engine/backend';
import { floats, ints, type Address, type HeapArray } from '../../engine/heap';
import { binAt, type StateBatches } from './batches';
import type { Blocks } from './blocks';
import type { FeatureStore } from './featureStore';
import { Normals } from './normals';
import { ShuffledOrder } from './shuffledOrder';
import type { TargetStore } from './targetStore';

/** What the batches of all blocks share. The stores belong to their owner. */
export interface BlockBatchOptions {
  readonly store: FeatureStore;
  /** The clean states z_T. */
  readonly targets: TargetStore;
  readonly m: number;
  readonly size: number;
  /** The factor of all weights. */
  readonly eta: number;
  /** How many normals are drawn for a row beyond those of its state. */
  readonly spare?: number;
}

/**
 * Batches of one block of NoProp-DT: [z_s, x] with z_s from the exact marginal at the block's first time, by the loss
 * eta / 2 (SNR_t - SNR_s) |u - z_T|^2 (Li, Teh and Pascanu, arXiv 2503.24322). Dispose it.
 */
export class BlockBatches implements StateBatches {
  readonly size: number;
  readonly input: HeapArray;
  readonly bins: Int32Array;
  readonly targets: HeapArray;
  readonly labels: HeapArray<Int32Array>;
  /** The block's weight, for each row. */
  readonly weights: HeapArray;
  readonly signal: HeapArray;
  readonly order: ShuffledOrder;
  private readonly noise: HeapArray;
  private readonly ids: HeapArray<Int32Array>;
  private readonly draws: Normals;
  private readonly width: number;

  constructor(
    private readonly options: BlockBatchOptions,
    { schedule, window, times, weights }: Blocks,
    block: number,
    private readonly random: Random,
  ) {
    const { store, m, size, eta, spare = 0 } = options;
    this.size = size;
    this.width = m + store.x.d;
    this.order = new ShuffledOrder(store.x.n, random);
    this.input = floats(size * this.width);
    this.targets = floats(size * m);
    this.draws = new Normals(size * (m + spare));
    this.signal = floats(size);
    this.noise = floats(size);
    this.weights = floats(size);
    this.ids = ints(size);
    this.labels = ints(size);
    const logSnr = schedule.logSnr(times[block]!);
    const { signal, noise } = marginal(logSnr);
    this.signal.values.fill(signal);
    this.noise.values.fill(noise);
    this.weights.values.fill(eta * weights[block]!);
    const low = schedule.logSnr(window.start);
    const bin = binAt((BINS * (logSnr - low)) / (schedule.logSnr(window.end) - low));
    this.bins = new Int32Array(size).fill(bin);
  }

  /** Size x m, and behind them the spare ones. */
  get normals(): HeapArray {
    return this.draws.samples;
  }

  get lossWeights(): HeapArray {
    return this.weights;
  }

  next(): void {
    const { options, size, width, ids, order, input, targets, normals, signal, noise } = this;
    const { store, m } = options;
    for (let i = 0; i < size; i++) ids.values[i] = order.next();
    this.draws.draw(this.random);
    options.targets.gather(ids.values, this.labels, targets, m);
    kernels().mix(signal.address, targets.address, noise.address, normals.address, size, m, input.address, width);
    store.gather(ids, input, m, width);
  }

  loss(u: Address, gradient: Address, errors: Address): number {
    const { options, size, targets, weights } = this;
    return kernels().squaredError(u, targets.address, weights.address, size, options.m, 1, gradient, errors);
  }

  dispose(): void {
    const { input, targets, draws, labels, signal, noise, weights, ids } = this;
    for (const one of [input, targets, draws, labels, signal, noise, weights, ids]) one.dispose();
  }
}
