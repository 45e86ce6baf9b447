import type { Random } from '../../../core/math/random';
import { marginal } from '../../../core/process/marginals';
import { BINS } from '../../../core/runs/metricsColumns';
import { kernels } from '../../engine/backend';
import { floats, type Address, type HeapArray } from '../../engine/heap';
import { binAt, type StateBatches } from './batches';
import type { Blocks } from '../../../core/sampling/blocks';
import { StateInputs, type StateInputOptions } from './stateInputs';

/** What the batches of all blocks share. */
export interface BlockBatchOptions extends StateInputOptions {
  /** The factor of all weights. */
  readonly eta: number;
}

/**
 * Batches of one block of NoProp-DT: [z_s, x] with z_s from the exact marginal at the block's first time, by the loss
 * eta / 2 (SNR_t - SNR_s) |u - z_T|^2 (Li, Teh and Pascanu, arXiv 2503.24322). Dispose it.
 */
export class BlockBatches implements StateBatches {
  readonly size: number;
  readonly inputs: StateInputs;
  readonly bins: Int32Array;
  /** The block's weight, for each row. */
  readonly weights: HeapArray;

  constructor(
    private readonly options: BlockBatchOptions,
    { schedule, window, times, weights }: Blocks,
    block: number,
    random: Random,
  ) {
    const { size, eta } = options;
    this.size = size;
    this.inputs = new StateInputs(options, random);
    this.weights = floats(size);
    const logSnr = schedule.logSnr(times[block]!);
    const { signal, noise } = marginal(logSnr);
    this.inputs.signal.values.fill(signal);
    this.inputs.noise.values.fill(noise);
    this.weights.values.fill(eta * weights[block]!);
    const low = schedule.logSnr(window.start);
    const bin = binAt((BINS * (logSnr - low)) / (schedule.logSnr(window.end) - low));
    this.bins = new Int32Array(size).fill(bin);
  }

  get targets(): HeapArray {
    return this.inputs.clean;
  }
  get lossWeights(): HeapArray {
    return this.weights;
  }

  next(): void {
    const { ids, order } = this.inputs;
    for (let i = 0; i < this.size; i++) ids.values[i] = order.next();
    this.inputs.write();
  }

  loss(u: Address, gradient: Address, errors: Address): number {
    const { options, size, targets, weights } = this;
    return kernels().squaredError(u, targets.address, weights.address, size, options.states, 1, gradient, errors);
  }

  dispose(): void {
    this.inputs.dispose();
    this.weights.dispose();
  }
}
