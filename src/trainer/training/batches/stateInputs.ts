import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { doubles, floats, ints, type HeapArray } from '../../engine/heap';
import { TimeFeatures } from '../../network/timeFeatures';
import type { FeatureStore } from './featureStore';
import { Normals } from './normals';
import { ShuffledOrder } from './shuffledOrder';
import type { TargetStore } from './targetStore';

/** What the inputs of a network are made from. The stores belong to their owner. */
export interface StateInputOptions {
  readonly store: FeatureStore;
  readonly targets: TargetStore;
  /** Length of z and of a target. */
  readonly states: number;
  readonly size: number;
  /** How many time features there are, and their frequencies; spread in octaves where none are given. */
  readonly timeFeatures?: number | undefined;
  readonly frequencies?: ArrayLike<number> | undefined;
  /** How many normals are drawn for a row beyond those of its state. */
  readonly spare?: number | undefined;
}

/**
 * The inputs [z, x, time features] of a batch, with z = signal z_T + noise eps, on the wasm heap. Who uses them sets the
 * ids, times, signal and noise of the rows first. Dispose it.
 */
export class StateInputs {
  /** Size x width. */
  readonly input: HeapArray;
  /** Numbers of a row of the input. */
  readonly width: number;
  readonly ids: HeapArray<Int32Array>;
  readonly times: HeapArray<Float64Array>;
  readonly signal: HeapArray;
  readonly noise: HeapArray;
  /** The clean states z_T, size x m, and their rows in the table of targets. */
  readonly clean: HeapArray;
  readonly labels: HeapArray<Int32Array>;
  readonly order: ShuffledOrder;
  private readonly draws: Normals;
  private readonly features: TimeFeatures | undefined;

  constructor(
    private readonly options: StateInputOptions,
    private readonly random: Random,
  ) {
    const { store, states, size, timeFeatures = 0, frequencies, spare = 0 } = options;
    this.width = states + store.x.d + timeFeatures;
    this.input = floats(size * this.width);
    this.ids = ints(size);
    this.times = doubles(size);
    this.signal = floats(size);
    this.noise = floats(size);
    this.clean = floats(size * states);
    this.labels = ints(size);
    this.order = new ShuffledOrder(store.x.n, random);
    this.draws = new Normals(size * (states + spare));
    if (timeFeatures) this.features = new TimeFeatures(timeFeatures, frequencies);
  }

  /** eps, size x m, and behind them the spare normals. */
  get normals(): HeapArray {
    return this.draws.samples;
  }

  /** Draws the normals and writes the inputs. */
  write(): void {
    const { options, input, width, ids, times, signal, noise, clean, labels, normals, features } = this;
    const { store, targets, states, size } = options;
    this.draws.draw(this.random);
    targets.gather(ids.values, labels, clean, states);
    kernels().mix(signal.address, clean.address, noise.address, normals.address, size, states, input.address, width);
    store.gather(ids, input, states, width);
    features?.write(times.address, size, input.address + 4 * (states + store.x.d), width);
  }

  dispose(): void {
    const { input, ids, times, signal, noise, clean, labels, draws, features } = this;
    for (const one of [input, ids, times, signal, noise, clean, labels, draws, features]) one?.dispose();
  }
}
