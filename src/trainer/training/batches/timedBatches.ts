import type { Random } from '../../../core/math/random';
import type { Schedule } from '../../../core/schedules';
import type { TimeLaw, TimeSampling } from '../../../core/models/timeSamplings';
import type { Window } from '../../../core/schedules/window';
import { BINS } from '../../../core/runs/metricsColumns';
import { kernels } from '../../engine/backend';
import { doubles, floats, ints, type Address, type Block } from '../../engine/heap';
import type { StateBatch } from './batch';
import type { Inputs } from '../../data/featureMatrix';
import { LearnedSchedule } from '../optimiser/learnedSchedule';
import { RowOrder, RowStore } from './rowOrder';
import { TargetRows, type TargetTable } from './targetRows';
import { TimeFeatures } from '../../network/timeFeatures';

/** What the loss is an expectation over; x is n x d (scaled). */
export interface Source {
  readonly x: Inputs;
  readonly targets: TargetTable;
  readonly features: number;
  /** Length of z and of a target. */
  readonly states: number;
  readonly timeFeatures: number;
  /** The frequencies of the time features where they are not spread in octaves. */
  readonly frequencies?: ArrayLike<number> | undefined;
  /** One that is trained with the model where it is a `LearnedSchedule`. */
  readonly schedule: Schedule;
  readonly window: Window;
  /** The largest weight: min(SNR'(t), cap), after Hang et al. (min-SNR), arXiv 2303.09556. */
  readonly weightCap: number;
  /** How t is drawn. */
  readonly sampling: TimeSampling;
  /** What the weights are multiplied by. */
  readonly eta: number;
  /** How many normals a row more than its state needs are drawn. */
  readonly spare?: number | undefined;
}

/** Words of the state of the kernels' generator of normals. */
const STATE = 16;

/** Makes batches in tfjs' heap, by kernels; each call of `next` overwrites the last. Dispose it. */
export class Batches implements StateBatch {
  /** [z_t, x, time features], size x width. */
  readonly input: Block;
  /** Size x m. */
  readonly targets: Block;
  /** eta times half the capped weight of each row, per unit time, over the density of its time. */
  readonly weights: Block;
  /** The bin of log-SNR of each row. */
  readonly bins: Int32Array;
  readonly width: number;
  private readonly features: TimeFeatures;
  private readonly ids: Block<Int32Array>;
  private readonly state = ints(STATE);
  /** The time of each row. */
  readonly times: Block<Float64Array>;
  /** For each row: log-SNR, its rate, and the parts of signal and noise. */
  private readonly logSnr: Block;
  private readonly rate: Block;
  readonly signal: Block;
  private readonly noise: Block;
  /** Size x m, and behind them the spare ones. */
  readonly normals: Block;
  /** Each row's place in the table of targets. */
  readonly labels: Block<Int32Array>;
  private readonly table: TargetRows;
  private readonly law: TimeLaw;
  /** One over the density of each row's time, where it is not 1. */
  private readonly share: Block | undefined;
  private readonly store: RowStore;
  private readonly rows: RowOrder;
  /** The schedule where it is trained, and the loss's gradient in z_t, size x m. */
  private readonly learned: LearnedSchedule | undefined;
  readonly stateSlope: Block | undefined;

  constructor(
    private readonly source: Source,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { states, features, timeFeatures, frequencies, x, targets, spare = 0 } = source;
    this.width = states + features + timeFeatures;
    this.features = new TimeFeatures(timeFeatures, frequencies);
    this.input = floats(size * this.width);
    this.targets = floats(size * states);
    this.normals = floats(size * (states + spare));
    [this.weights, this.logSnr, this.rate] = [floats(size), floats(size), floats(size)];
    [this.signal, this.noise] = [floats(size), floats(size)];
    [this.ids, this.labels, this.times] = [ints(size), ints(size), doubles(size)];
    this.table = new TargetRows(targets);
    this.store = new RowStore(x);
    this.rows = new RowOrder(x.n, random);
    const { schedule, window, weightCap, sampling } = source;
    const weight = (t: number) => Math.min(schedule.logSnrRate(t) * Math.exp(schedule.logSnr(t)), weightCap);
    this.law = sampling.law(window, weight);
    this.share = this.law.density && floats(size);
    this.bins = new Int32Array(size);
    this.learned = schedule instanceof LearnedSchedule ? schedule : undefined;
    this.stateSlope = this.learned && floats(size * states);
  }

  /** The next batch: rows without replacement, t by the law of the sampling, z_t from the exact marginal (eqs. 2, 3). */
  next(): void {
    const { source, size, width, signal, noise, normals, targets, input, weights } = this;
    const { states, features, weightCap, eta } = source;
    this.draw();
    const { marginals, mix, normals: fill, times } = kernels();
    fill(normals.address, normals.length, this.state.address);
    marginals(this.logSnr.address, this.rate.address, size, weightCap, signal.address, noise.address, this.weights.address); // prettier-ignore
    if (eta !== 1) weights.values.forEach((weight, i, all) => (all[i] = eta * weight));
    if (this.share) times(this.weights.address, this.share.address, this.weights.address, size);
    this.table.gather(this.ids.values, this.labels, targets, states);
    mix(signal.address, targets.address, noise.address, normals.address, size, states, input.address, width);
    const { address } = input;
    this.store.gather(this.ids, input, states, width);
    this.features.write(this.times.address, size, address + 4 * (states + features), width);
  }

  get lossWeights(): Block {
    return this.weights;
  }

  /** eta E[ 1/2 min(SNR', cap) |u - z_T|^2 ] (eqs. 20, 21) over the batch, for u size x m; see `Batch`. */
  loss(u: Address, slope: Address, errors: Address): number {
    const { source, size, targets, weights } = this;
    const { squaredError } = kernels();
    return squaredError(u, targets.address, weights.address, size, source.states, 1, slope, errors);
  }

  /** Moves the schedule, where it is trained, by the last batch's errors and its gradient in z_t; see `Batch`. */
  learn(errors: ArrayLike<number>, rate: number, step: number): void {
    const { learned, stateSlope, size, source, times, weights, targets, normals } = this;
    if (!learned || !stateSlope) return;
    const rows = { size, outputs: source.states, times: times.values, errors, weights: weights.values };
    const states = { targets: targets.values, noise: normals.values, slope: stateSlope.values };
    learned.update(learned.objective({ ...rows, ...states }), rate, step);
  }

  retreat(): void {
    this.learned?.retreat();
  }

  /** The order of this pass over the rows and the place in it, to go on from. */
  save(): Int32Array {
    return this.rows.save();
  }

  restore(state: ArrayLike<number>): void {
    this.rows.restore(state);
  }

  dispose(): void {
    this.features.dispose();
    this.store.dispose();
    for (const block of [
      ...[this.input, this.targets, this.weights, this.ids, this.state, this.times, this.logSnr, this.rate],
      ...[this.signal, this.noise, this.normals, this.labels, this.table, this.share, this.stateSlope],
    ])
      block?.dispose();
  }

  /** Draws rows, times and the state of the generator of normals; the stream's own state is thus all there is to save. */
  private draw(): void {
    const { random, size, bins, law } = this;
    const { schedule, window } = this.source;
    const [ids, times, logSnrs, rates] = [this.ids.values, this.times.values, this.logSnr.values, this.rate.values];
    const low = schedule.logSnr(window.start);
    const scale = BINS / (schedule.logSnr(window.end) - low);
    const share = this.share?.values;
    for (let i = 0; i < size; i++) {
      ids[i] = this.rows.next();
      const t = law.time(law.stratified ? (i + random.uniform()) / size : random.uniform());
      const logSnr = schedule.logSnr(t);
      times[i] = t;
      logSnrs[i] = logSnr;
      rates[i] = schedule.logSnrRate(t);
      if (share) share[i] = 1 / law.density!(t);
      bins[i] = Math.max(0, Math.min(BINS - 1, Math.floor((logSnr - low) * scale)));
    }
    const state = this.state.values;
    for (let k = 0; k < STATE; k++) state[k] = random.integer(2 ** 32);
  }
}
