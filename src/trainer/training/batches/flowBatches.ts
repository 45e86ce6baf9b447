import type { Random } from '../../../core/math/random';
import type { TimeLaw } from '../../../core/models/timeSamplings';
import { FLOW_REACH } from '../../../core/runs/binRange';
import { BINS } from '../../../core/runs/metricsColumns';
import { kernels } from '../../engine/backend';
import { floats, floatsOf, type Address, type HeapArray } from '../../engine/heap';
import { binAt, type StateBatches } from './batches';
import { FeatureStore } from './featureStore';
import { StateInputs } from './stateInputs';
import { TargetStore } from './targetStore';
import type { TimedBatchOptions } from './timedBatches';

/** What flow matching is an expectation over. */
export type FlowBatchOptions = Pick<
  TimedBatchOptions,
  'x' | 'targets' | 'states' | 'timeFeatures' | 'frequencies' | 'sampling' | 'eta'
>;

/**
 * Batches of flow matching: [z_t, x, time features] with z_t = t z_1 + (1 - t) z_0, by the loss eta E|v - (z_1 - z_0)|^2
 * (Lipman et al., arXiv 2210.02747). z_1 are the clean states, and z_0 the normals. Dispose it.
 */
export class FlowBatches implements StateBatches {
  readonly inputs: StateInputs;
  readonly bins: Int32Array;
  /** Makes an error of u a loss of v: eta / (1 - t)^2. */
  readonly weights: HeapArray;
  /** eta for every row, where it is not 1. */
  readonly lossWeights: HeapArray | undefined;
  /** The velocity z_1 - z_0, size x m. */
  readonly targets: HeapArray;
  /** (1 - t)^2 of each row, by which an error of v becomes one of u. */
  private readonly square: HeapArray;
  private readonly ones: HeapArray;
  private readonly minus: HeapArray;
  private readonly table: TargetStore;
  private readonly store: FeatureStore;
  private readonly law: TimeLaw;

  constructor(
    private readonly options: FlowBatchOptions,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { x, targets, states, sampling, eta } = options;
    this.table = new TargetStore(targets);
    this.store = new FeatureStore(x);
    this.inputs = new StateInputs({ ...options, size, store: this.store, targets: this.table }, random);
    this.law = sampling.law({ start: 0, end: 1 }, () => 1);
    this.targets = floats(size * states);
    this.square = floats(size);
    this.ones = floatsOf(new Float32Array(size).fill(1));
    this.minus = floatsOf(new Float32Array(size).fill(-1));
    if (eta !== 1) this.lossWeights = floatsOf(new Float32Array(size).fill(eta));
    this.weights = floats(size);
    this.bins = new Int32Array(size);
  }

  next(): void {
    const { options, size, inputs, targets, ones, minus } = this;
    this.drawRows();
    inputs.write();
    const { clean, normals } = inputs;
    const { states } = options;
    kernels().mix(ones.address, clean.address, minus.address, normals.address, size, states, targets.address, states);
  }

  /** For v size x m. The errors are those of u = z_t + (1 - t) v. */
  loss(v: Address, gradient: Address, errors: Address): number {
    const { options, size, targets, lossWeights } = this;
    const weights = lossWeights?.address ?? 0;
    const value = kernels().squaredError(v, targets.address, weights, size, options.states, 1, gradient, errors);
    this.toStateErrors(errors);
    return value;
  }

  toStateErrors(errors: Address): void {
    kernels().times(errors, this.square.address, errors, this.size);
  }

  dispose(): void {
    const { inputs, targets, square, ones, minus, weights, lossWeights, table, store } = this;
    for (const one of [inputs, targets, square, ones, minus, weights, lossWeights, table, store]) one?.dispose();
  }

  /** Draws rows and times. */
  private drawRows(): void {
    const { random, size, law, bins, inputs, options } = this;
    const [ids, times] = [inputs.ids.values, inputs.times.values];
    const [signal, noise] = [inputs.signal.values, inputs.noise.values];
    const [square, weights] = [this.square.values, this.weights.values];
    for (let i = 0; i < size; i++) {
      ids[i] = inputs.order.next();
      const t = law.time(law.stratified ? (i + random.uniform()) / size : random.uniform());
      times[i] = t;
      signal[i] = t;
      noise[i] = 1 - t;
      square[i] = (1 - t) ** 2;
      weights[i] = options.eta / (1 - t) ** 2;
      const logSnr = 2 * (Math.log(t) - Math.log1p(-t));
      bins[i] = binAt((BINS * (logSnr + FLOW_REACH)) / (2 * FLOW_REACH));
    }
  }
}
