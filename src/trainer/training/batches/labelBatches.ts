import type { Random } from '../../../core/math/random';
import type { Examples } from '../../data/examples';
import { kernels } from '../../engine/backend';
import { floats, ints, type Address, type HeapArray } from '../../engine/heap';
import type { Batches, BatchInputs } from './batches';
import { FeatureStore } from './featureStore';
import { ShuffledOrder } from './shuffledOrder';

/** What batches of x with labels are made from. */
export interface LabelBatchOptions {
  readonly train: Examples;
  readonly batchSize: number;
  /** How many classes there are, or how many numbers to predict in their place; the other is 0. */
  readonly classes: number;
  readonly targetCount: number;
}

/** Batches of x by the cross-entropy of classes, or by the squared error of numbers. Dispose it. */
export class LabelBatches implements Batches {
  readonly size: number;
  readonly inputs: BatchInputs;
  readonly bins = new Int32Array(0);
  readonly labels: HeapArray<Int32Array>;
  /** The numbers of each row, where these are predicted: size x k. */
  readonly targets: HeapArray | undefined;
  private readonly ids: HeapArray<Int32Array>;
  private readonly store: FeatureStore;

  constructor(
    private readonly options: LabelBatchOptions,
    random: Random,
  ) {
    const { batchSize: size, train, targetCount } = options;
    if (targetCount) this.targets = floats(size * targetCount);
    this.size = size;
    this.inputs = { input: floats(size * train.x.d), order: new ShuffledOrder(train.n, random) };
    this.labels = ints(size);
    this.ids = ints(size);
    this.store = new FeatureStore(train.x);
  }

  next(): void {
    const { train, targetCount: k } = this.options;
    const [ids, labels, targets] = [this.ids.values, this.labels.values, this.targets?.values];
    for (let i = 0; i < this.size; i++) {
      const id = this.inputs.order.next();
      ids[i] = id;
      labels[i] = train.labels[id]!;
      targets?.set(train.targets!.subarray(id * k, (id + 1) * k), i * k);
    }
    this.store.gather(this.ids, this.inputs.input, 0, train.x.d);
  }

  /** For logits or numbers, size x outputs. */
  loss(output: Address, gradient: Address, errors: Address): number {
    const { size, targets, options, labels } = this;
    const { crossEntropy, squaredError } = kernels();
    if (targets) return squaredError(output, targets.address, 0, size, options.targetCount, 1, gradient, errors);
    return crossEntropy(output, labels.address, 0, size, options.classes, 1, gradient, errors);
  }

  dispose(): void {
    for (const one of [this.inputs.input, this.labels, this.targets, this.ids, this.store]) one?.dispose();
  }
}
