import type { Random } from '../../../core/math/random';
import type { TimeLaw } from '../../../core/models/timeSamplings';
import { BINS } from '../../../core/runs/metricsColumns';
import { kernels } from '../../engine/backend';
import { doubles, floats, floatsOf, ints, type Address, type HeapArray } from '../../engine/heap';
import { TimeFeatures } from '../../network/timeFeatures';
import { binAt, type StateBatches } from './batches';
import { FeatureStore } from './featureStore';
import { Normals } from './normals';
import { ShuffledOrder } from './shuffledOrder';
import { TargetStore } from './targetStore';
import type { TimedBatchOptions } from './timedBatches';

/** The bins of log-SNR reach from minus this to this, which is from t = .05 to .95. */
const REACH = 6;

/** What flow matching is an expectation over. */
export type FlowBatchOptions = Pick<
  TimedBatchOptions,
  'x' | 'targets' | 'features' | 'states' | 'timeFeatures' | 'frequencies' | 'sampling' | 'eta'
>;

/**
 * Batches of flow matching: [z_t, x, time features] with z_t = t z_1 + (1 - t) z_0, by the loss eta E|v - (z_1 - z_0)|^2
 * (Lipman et al., arXiv 2210.02747). Dispose it.
 */
export class FlowBatches implements StateBatches {
  readonly input: HeapArray;
  readonly bins: Int32Array;
  /** Makes an error of u a loss of v: eta / (1 - t)^2. */
  readonly weights: HeapArray;
  /** eta for every row, where it is not 1. */
  readonly lossWeights: HeapArray | undefined;
  /** z_1 and the velocity z_1 - z_0, size x m. */
  readonly ends: HeapArray;
  readonly targets: HeapArray;
  readonly labels: HeapArray<Int32Array>;
  readonly order: ShuffledOrder;
  /** Of each row: t, 1 - t, and (1 - t)^2, by which an error of v becomes one of u. */
  readonly signal: HeapArray;
  readonly rest: HeapArray;
  private readonly square: HeapArray;
  private readonly ones: HeapArray;
  private readonly minus: HeapArray;
  private readonly ids: HeapArray<Int32Array>;
  private readonly times: HeapArray<Float64Array>;
  private readonly draws: Normals;
  private readonly table: TargetStore;
  private readonly store: FeatureStore;
  private readonly features: TimeFeatures;
  private readonly law: TimeLaw;
  private readonly width: number;

  constructor(
    private readonly options: FlowBatchOptions,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { x, targets, features, states, timeFeatures, frequencies, sampling, eta } = options;
    this.width = states + features + timeFeatures;
    this.features = new TimeFeatures(timeFeatures, frequencies);
    this.input = floats(size * this.width);
    this.ends = floats(size * states);
    this.draws = new Normals(size * states);
    this.targets = floats(size * states);
    this.signal = floats(size);
    this.rest = floats(size);
    this.square = floats(size);
    this.ones = floatsOf(new Float32Array(size).fill(1));
    this.minus = floatsOf(new Float32Array(size).fill(-1));
    this.ids = ints(size);
    this.labels = ints(size);
    this.times = doubles(size);
    this.table = new TargetStore(targets);
    if (eta !== 1) this.lossWeights = floatsOf(new Float32Array(size).fill(eta));
    this.store = new FeatureStore(x);
    this.order = new ShuffledOrder(x.n, random);
    this.law = sampling.law({ start: 0, end: 1 }, () => 1);
    this.weights = floats(size);
    this.bins = new Int32Array(size);
  }

  /** z_0, size x m. */
  get normals(): HeapArray {
    return this.draws.samples;
  }

  next(): void {
    const { options, size, width, ids, input, ends, normals, targets, signal, rest, ones, minus } = this;
    const { states, features } = options;
    this.drawRows();
    this.draws.draw(this.random);
    const { mix } = kernels();
    this.table.gather(ids.values, this.labels, ends, states);
    mix(signal.address, ends.address, rest.address, normals.address, size, states, input.address, width);
    mix(ones.address, ends.address, minus.address, normals.address, size, states, targets.address, states);
    this.store.gather(ids, input, states, width);
    this.features.write(this.times.address, size, input.address + 4 * (states + features), width);
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
    const { input, ends, draws, targets, signal, rest, square, ones, minus, ids, times } = this;
    for (const one of [input, ends, draws, targets, signal, rest, square, ones, minus, ids, times]) one.dispose();
    for (const one of [this.weights, this.lossWeights, this.labels, this.table, this.store, this.features])
      one?.dispose();
  }

  /** Draws rows and times. */
  private drawRows(): void {
    const { random, size, law, bins, order } = this;
    const [ids, times] = [this.ids.values, this.times.values];
    const [signal, rest, square] = [this.signal.values, this.rest.values, this.square.values];
    const weights = this.weights.values;
    for (let i = 0; i < size; i++) {
      ids[i] = order.next();
      const t = law.time(law.stratified ? (i + random.uniform()) / size : random.uniform());
      times[i] = t;
      signal[i] = t;
      rest[i] = 1 - t;
      square[i] = (1 - t) ** 2;
      weights[i] = this.options.eta / (1 - t) ** 2;
      const logSnr = 2 * (Math.log(t) - Math.log1p(-t));
      bins[i] = binAt((BINS * (logSnr + REACH)) / (2 * REACH));
    }
  }
}
