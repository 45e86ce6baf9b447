import type { Random } from '../../../core/math/random';
import type { TimeLaw, TimeSampling } from '../../../core/models/timeSamplings';
import { BINS } from '../../../core/runs/metricsColumns';
import type { Schedule } from '../../../core/schedules';
import type { Window } from '../../../core/schedules/window';
import type { FeatureMatrix } from '../../data/featureMatrix';
import { kernels } from '../../engine/backend';
import { floats, type Address, type HeapArray } from '../../engine/heap';
import { LearnedSchedule } from '../optimiser/learnedSchedule';
import { binAt, type StateBatches } from './batches';
import { FeatureStore } from './featureStore';
import { StateInputs, type StateInputOptions } from './stateInputs';
import { TargetStore, type TargetTable } from './targetStore';

/** What the loss is an expectation over. */
export interface TimedBatchOptions extends Pick<
  StateInputOptions,
  'states' | 'timeFeatures' | 'frequencies' | 'spare'
> {
  /** n x d, scaled. */
  readonly x: FeatureMatrix;
  readonly targets: TargetTable;
  /** A `LearnedSchedule` is trained with the model. */
  readonly schedule: Schedule;
  readonly window: Window;
  /** The largest weight: min(SNR'(t), cap), after Hang et al. (min-SNR), arXiv 2303.09556. */
  readonly weightCap: number;
  /** How t is drawn. */
  readonly sampling: TimeSampling;
  /** The factor of all weights. */
  readonly eta: number;
}

/**
 * Batches of NoProp-CT: [z_t, x, time features] with z_t from the exact marginal at a random time, by the loss
 * eta / 2 min(SNR', cap) |u - z_T|^2 (eqs. 20, 21). Dispose it.
 */
export class TimedBatches implements StateBatches {
  readonly inputs: StateInputs;
  readonly bins: Int32Array;
  /** eta times half the capped weight of each row, per unit of time, over the density of its time. */
  readonly weights: HeapArray;
  readonly stateGradient: HeapArray | undefined;
  /** The log-SNR of each row and its rate. */
  private readonly logSnr: HeapArray;
  private readonly rate: HeapArray;
  private readonly table: TargetStore;
  private readonly store: FeatureStore;
  private readonly law: TimeLaw;
  /** One over the density of each row's time, where that is not 1. */
  private readonly inverseDensity: HeapArray | undefined;
  /** The schedule, where it is trained. */
  private readonly learned: LearnedSchedule | undefined;

  constructor(
    private readonly options: TimedBatchOptions,
    readonly size: number,
    private readonly random: Random,
  ) {
    const { states, x, targets, schedule, window, weightCap, sampling } = options;
    this.table = new TargetStore(targets);
    this.store = new FeatureStore(x);
    this.inputs = new StateInputs({ ...options, size, store: this.store, targets: this.table }, random);
    this.weights = floats(size);
    this.logSnr = floats(size);
    this.rate = floats(size);
    const weight = (t: number) => Math.min(schedule.logSnrRate(t) * Math.exp(schedule.logSnr(t)), weightCap);
    this.law = sampling.law(window, weight);
    this.inverseDensity = this.law.density && floats(size);
    this.bins = new Int32Array(size);
    this.learned = schedule instanceof LearnedSchedule ? schedule : undefined;
    this.stateGradient = this.learned && floats(size * states);
  }

  get targets(): HeapArray {
    return this.inputs.clean;
  }
  get lossWeights(): HeapArray {
    return this.weights;
  }

  next(): void {
    const { options, size, inputs, logSnr, rate, weights, inverseDensity } = this;
    const { weightCap, eta } = options;
    const { signal, noise } = inputs;
    this.drawRows();
    const { marginals, times } = kernels();
    marginals(logSnr.address, rate.address, size, weightCap, signal.address, noise.address, weights.address);
    if (eta !== 1) weights.values.forEach((weight, i, all) => (all[i] = eta * weight));
    if (inverseDensity) times(weights.address, inverseDensity.address, weights.address, size);
    inputs.write();
  }

  loss(u: Address, gradient: Address, errors: Address): number {
    const { options, size, targets, weights } = this;
    return kernels().squaredError(u, targets.address, weights.address, size, options.states, 1, gradient, errors);
  }

  trainSchedule(errors: ArrayLike<number>, learningRate: number, step: number): void {
    const { learned, stateGradient, size, options, inputs, weights } = this;
    if (!learned || !stateGradient) return;
    const objective = learned.objective({
      size,
      outputs: options.states,
      times: inputs.times.values,
      errors,
      weights: weights.values,
      targets: inputs.clean.values,
      noise: inputs.normals.values,
      stateGradient: stateGradient.values,
    });
    learned.update(objective, learningRate, step);
  }

  undoStep(): void {
    this.learned?.undoStep();
  }

  dispose(): void {
    const { inputs, weights, stateGradient, logSnr, rate, table, store, inverseDensity } = this;
    for (const one of [inputs, weights, stateGradient, logSnr, rate, table, store, inverseDensity]) one?.dispose();
  }

  /** Draws rows and times. */
  private drawRows(): void {
    const { random, size, bins, law, inputs } = this;
    const { schedule, window } = this.options;
    const [ids, times, logSnrs, rates] = [inputs.ids.values, inputs.times.values, this.logSnr.values, this.rate.values];
    const low = schedule.logSnr(window.start);
    const scale = BINS / (schedule.logSnr(window.end) - low);
    const inverse = this.inverseDensity?.values;
    for (let i = 0; i < size; i++) {
      ids[i] = inputs.order.next();
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
