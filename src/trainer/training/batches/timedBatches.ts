import type { Random } from '../../../core/math/random';
import type { TimeLaw, TimeSampling } from '../../../core/models/timeSamplings';
import { BINS } from '../../../core/runs/metricsColumns';
import type { Schedule } from '../../../core/schedules';
import type { Window } from '../../../core/schedules/window';
import type { FeatureMatrix } from '../../data/featureMatrix';
import { kernels } from '../../engine/backend';
import { doubles, floats, ints, type Address, type HeapArray } from '../../engine/heap';
import { TimeFeatures } from '../../network/timeFeatures';
import { LearnedSchedule } from '../optimiser/learnedSchedule';
import { binAt, type StateBatches } from './batches';
import { FeatureStore } from './featureStore';
import { Normals } from './normals';
import { ShuffledOrder } from './shuffledOrder';
import { TargetStore, type TargetTable } from './targetStore';

/** What the loss is an expectation over. */
export interface TimedBatchOptions {
  /** n x d, scaled. */
  readonly x: FeatureMatrix;
  readonly targets: TargetTable;
  readonly features: number;
  /** Length of z and of a target. */
  readonly states: number;
  readonly timeFeatures: number;
  /** The frequencies of the time features; spread in octaves where none are given. */
  readonly frequencies?: ArrayLike<number> | undefined;
  /** A `LearnedSchedule` is trained with the model. */
  readonly schedule: Schedule;
  readonly window: Window;
  /** The largest weight: min(SNR'(t), cap), after Hang et al. (min-SNR), arXiv 2303.09556. */
  readonly weightCap: number;
  /** How t is drawn. */
  readonly sampling: TimeSampling;
  /** The factor of all weights. */
  readonly eta: number;
  /** How many normals are drawn for a row beyond those of its state. */
  readonly spare?: number | undefined;
}

/**
 * Batches of NoProp-CT: [z_t, x, time features] with z_t from the exact marginal at a random time, by the loss
 * eta / 2 min(SNR', cap) |u - z_T|^2 (eqs. 20, 21). Dispose it.
 */
export class TimedBatches implements StateBatches {
  readonly input: HeapArray;
  readonly targets: HeapArray;
  /** eta times half the capped weight of each row, per unit of time, over the density of its time. */
  readonly weights: HeapArray;
  readonly bins: Int32Array;
  /** Numbers of a row of the input. */
  readonly width: number;
  /** The time of each row. */
  readonly times: HeapArray<Float64Array>;
  readonly signal: HeapArray;
  readonly labels: HeapArray<Int32Array>;
  readonly order: ShuffledOrder;
  readonly stateGradient: HeapArray | undefined;
  private readonly features: TimeFeatures;
  private readonly ids: HeapArray<Int32Array>;
  /** For each row: log-SNR, its rate, and the factor of the noise. */
  private readonly logSnr: HeapArray;
  private readonly rate: HeapArray;
  private readonly noise: HeapArray;
  private readonly draws: Normals;
  private readonly table: TargetStore;
  private readonly law: TimeLaw;
  /** One over the density of each row's time, where that is not 1. */
  private readonly inverseDensity: HeapArray | undefined;
  private readonly store: FeatureStore;
  /** The schedule, where it is trained. */
  private readonly learned: LearnedSchedule | undefined;

  constructor(
    private readonly options: TimedBatchOptions,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { states, features, timeFeatures, frequencies, x, targets, spare = 0 } = options;
    this.width = states + features + timeFeatures;
    this.features = new TimeFeatures(timeFeatures, frequencies);
    this.input = floats(size * this.width);
    this.targets = floats(size * states);
    this.draws = new Normals(size * (states + spare));
    this.weights = floats(size);
    this.logSnr = floats(size);
    this.rate = floats(size);
    this.signal = floats(size);
    this.noise = floats(size);
    this.ids = ints(size);
    this.labels = ints(size);
    this.times = doubles(size);
    this.table = new TargetStore(targets);
    this.store = new FeatureStore(x);
    this.order = new ShuffledOrder(x.n, random);
    const { schedule, window, weightCap, sampling } = options;
    const weight = (t: number) => Math.min(schedule.logSnrRate(t) * Math.exp(schedule.logSnr(t)), weightCap);
    this.law = sampling.law(window, weight);
    this.inverseDensity = this.law.density && floats(size);
    this.bins = new Int32Array(size);
    this.learned = schedule instanceof LearnedSchedule ? schedule : undefined;
    this.stateGradient = this.learned && floats(size * states);
  }

  /** Size x m, and behind them the spare ones. */
  get normals(): HeapArray {
    return this.draws.samples;
  }

  get lossWeights(): HeapArray {
    return this.weights;
  }

  next(): void {
    const { options, size, width, signal, noise, normals, targets, input, weights, inverseDensity } = this;
    const { states, features, weightCap, eta } = options;
    this.drawRows();
    this.draws.draw(this.random);
    const { marginals, mix, times } = kernels();
    marginals(this.logSnr.address, this.rate.address, size, weightCap, signal.address, noise.address, weights.address);
    if (eta !== 1) weights.values.forEach((weight, i, all) => (all[i] = eta * weight));
    if (inverseDensity) times(weights.address, inverseDensity.address, weights.address, size);
    this.table.gather(this.ids.values, this.labels, targets, states);
    mix(signal.address, targets.address, noise.address, normals.address, size, states, input.address, width);
    this.store.gather(this.ids, input, states, width);
    this.features.write(this.times.address, size, input.address + 4 * (states + features), width);
  }

  loss(u: Address, gradient: Address, errors: Address): number {
    const { options, size, targets, weights } = this;
    return kernels().squaredError(u, targets.address, weights.address, size, options.states, 1, gradient, errors);
  }

  trainSchedule(errors: ArrayLike<number>, learningRate: number, step: number): void {
    const { learned, stateGradient, size, options, times, weights, targets, normals } = this;
    if (!learned || !stateGradient) return;
    const objective = learned.objective({
      size,
      outputs: options.states,
      times: times.values,
      errors,
      weights: weights.values,
      targets: targets.values,
      noise: normals.values,
      stateGradient: stateGradient.values,
    });
    learned.update(objective, learningRate, step);
  }

  undoStep(): void {
    this.learned?.undoStep();
  }

  dispose(): void {
    for (const one of [
      ...[
        this.input,
        this.targets,
        this.weights,
        this.ids,
        this.times,
        this.logSnr,
        this.rate,
        this.signal,
        this.noise,
      ],
      ...[this.labels, this.draws, this.table, this.store, this.features, this.inverseDensity, this.stateGradient],
    ])
      one?.dispose();
  }

  /** Draws rows and times. */
  private drawRows(): void {
    const { random, size, bins, law, order } = this;
    const { schedule, window } = this.options;
    const [ids, times, logSnrs, rates] = [this.ids.values, this.times.values, this.logSnr.values, this.rate.values];
    const low = schedule.logSnr(window.start);
    const scale = BINS / (schedule.logSnr(window.end) - low);
    const inverse = this.inverseDensity?.values;
    for (let i = 0; i < size; i++) {
      ids[i] = order.next();
      const t = law.time(law.stratified ? (i + random.uniform()) / size : random.uniform());
      const logSnr = schedule.logSnr(t);
      times[i] = t;
      logSnrs[i] = logSnr;
      rates[i] = schedule.logSnrRate(t);
      if (inverse) inverse[i] = 1 / law.density!(t);
      bins[i] = binAt((logSnr - low) * scale);
    }
  }
}
