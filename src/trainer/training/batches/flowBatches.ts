import type { Random } from '../../../core/math/random';
import type { TimeLaw } from '../../../core/models/timeSamplings';
import { kernels } from '../../engine/backend';
import { doubles, floats, floatsOf, ints, type Address, type Block } from '../../engine/heap';
import { BINS } from '../../../core/runs/metricsColumns';
import type { StateBatch } from './batch';
import type { Source } from './timedBatches';
import { RowOrder, RowStore } from './rowOrder';
import { TargetRows } from './targetRows';
import { TimeFeatures } from '../../network/timeFeatures';

/** Words of the state of the kernels' generator of normals. */
const STATE = 16;

/** The bins of log-SNR reach from minus this to this: t from .05 to .95; what is beyond counts to the outermost. */
const REACH = 6;

/** What flow matching is an expectation over. */
export type FlowSource = Pick<
  Source,
  'x' | 'targets' | 'features' | 'states' | 'timeFeatures' | 'frequencies' | 'sampling' | 'eta'
>;

/**
 * Batches of flow matching: [z_t, x, time features] with z_t = t z_1 + (1 - t) z_0, by the loss eta E|v - (z_1 - z_0)|^2
 * (Lipman et al., arXiv 2210.02747). Dispose it.
 */
export class FlowBatches implements StateBatch {
  readonly input: Block;
  readonly bins: Int32Array;
  /** What makes an error of u a loss of v: eta / (1 - t)^2. */
  readonly weights: Block;
  /** eta for every row, where it is not 1. */
  readonly lossWeights: Block | undefined;
  /** z_1, z_0 and the velocity z_1 - z_0, size x m. */
  readonly ends: Block;
  readonly normals: Block;
  readonly targets: Block;
  /** Of each row: t, 1 - t, and (1 - t)^2, by which an error of v becomes one of u. */
  readonly signal: Block;
  readonly rest: Block;
  private readonly square: Block;
  private readonly ones: Block;
  private readonly minus: Block;
  private readonly ids: Block<Int32Array>;
  private readonly times: Block<Float64Array>;
  private readonly state = ints(STATE);
  /** Each row's place in the table of targets. */
  readonly labels: Block<Int32Array>;
  private readonly table: TargetRows;
  private readonly store: RowStore;
  private readonly rows: RowOrder;
  private readonly features: TimeFeatures;
  private readonly law: TimeLaw;
  private readonly width: number;

  constructor(
    private readonly source: FlowSource,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { x, targets, features, states, timeFeatures, frequencies, sampling, eta } = source;
    this.width = states + features + timeFeatures;
    this.features = new TimeFeatures(timeFeatures, frequencies);
    this.input = floats(size * this.width);
    [this.ends, this.normals, this.targets] = [1, 2, 3].map(() => floats(size * states)) as [Block, Block, Block];
    [this.signal, this.rest, this.square] = [floats(size), floats(size), floats(size)];
    this.ones = floatsOf(new Float32Array(size).fill(1));
    this.minus = floatsOf(new Float32Array(size).fill(-1));
    [this.ids, this.labels, this.times] = [ints(size), ints(size), doubles(size)];
    this.table = new TargetRows(targets);
    if (eta !== 1) this.lossWeights = floatsOf(new Float32Array(size).fill(eta));
    this.store = new RowStore(x);
    this.rows = new RowOrder(x.n, random);
    this.law = sampling.law({ start: 0, end: 1 }, () => 1);
    [this.weights, this.bins] = [floats(size), new Int32Array(size)];
  }

  next(): void {
    const { source, size, width, ids, input, ends, normals, targets, signal, rest, ones, minus } = this;
    const { states, features } = source;
    this.draw();
    const { mix, normals: fill } = kernels();
    fill(normals.address, size * states, this.state.address);
    this.table.gather(ids.values, this.labels, ends, states);
    mix(signal.address, ends.address, rest.address, normals.address, size, states, input.address, width);
    mix(ones.address, ends.address, minus.address, normals.address, size, states, targets.address, states);
    this.store.gather(ids, input, states, width);
    this.features.write(this.times.address, size, input.address + 4 * (states + features), width);
  }

  /** For v size x m; the errors are those of u = z_t + (1 - t) v. */
  loss(v: Address, slope: Address, errors: Address): number {
    const { source, size, targets, lossWeights } = this;
    const weights = lossWeights?.address ?? 0;
    const value = kernels().squaredError(v, targets.address, weights, size, source.states, 1, slope, errors);
    this.settle(errors);
    return value;
  }

  settle(errors: Address): void {
    kernels().times(errors, this.square.address, errors, this.size);
  }

  save(): Int32Array {
    return this.rows.save();
  }

  restore(state: ArrayLike<number>): void {
    this.rows.restore(state);
  }

  dispose(): void {
    const { input, ends, normals, targets, signal, rest, square, ones, minus, ids, times, state } = this;
    for (const one of [input, ends, normals, targets, signal, rest, square, ones, minus, ids, times, state])
      one.dispose();
    for (const one of [this.weights, this.lossWeights, this.labels, this.table, this.store, this.features])
      one?.dispose();
  }

  /** Draws rows, times and the state of the generator of normals. */
  private draw(): void {
    const { random, size, law, bins, rows } = this;
    const [ids, times] = [this.ids.values, this.times.values];
    const [signal, rest, square] = [this.signal.values, this.rest.values, this.square.values];
    const weights = this.weights.values;
    for (let i = 0; i < size; i++) {
      ids[i] = rows.next();
      const t = law.time(law.stratified ? (i + random.uniform()) / size : random.uniform());
      times[i] = t;
      signal[i] = t;
      rest[i] = 1 - t;
      square[i] = (1 - t) ** 2;
      weights[i] = this.source.eta / (1 - t) ** 2;
      const logSnr = 2 * (Math.log(t) - Math.log1p(-t));
      bins[i] = Math.max(0, Math.min(BINS - 1, Math.floor((BINS * (logSnr + REACH)) / (2 * REACH))));
    }
    const state = this.state.values;
    for (let k = 0; k < STATE; k++) state[k] = random.integer(2 ** 32);
  }
}
