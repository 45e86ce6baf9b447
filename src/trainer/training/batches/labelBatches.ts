import type { Random } from '../../../core/math/random';
import type { Rows } from '../../data/examples';
import { kernels } from '../../engine/backend';
import { floats, ints, type Address, type Block } from '../../engine/heap';
import type { Batch } from './batch';
import { RowOrder, RowStore } from './rowOrder';

/** What batches of x with labels are made from. */
export interface LabelBatchOptions {
  readonly train: Rows;
  readonly batch: number;
  /** How many classes there are, or how many numbers to predict in their place; the other is 0. */
  readonly classes: number;
  readonly numbers: number;
}

/** Batches of x by the cross-entropy of classes, or by the squared error of numbers. Dispose it. */
export class LabelBatches implements Batch {
  readonly size: number;
  readonly input: Block;
  readonly bins = new Int32Array(0);
  readonly labels: Block<Int32Array>;
  /** The numbers of each row, where these are predicted: size x k. */
  readonly targets: Block | undefined;
  private readonly ids: Block<Int32Array>;
  private readonly store: RowStore;
  private readonly order: RowOrder;

  constructor(
    private readonly options: LabelBatchOptions,
    random: Random,
  ) {
    const { batch: size, train, numbers } = options;
    if (numbers) this.targets = floats(size * numbers);
    this.size = size;
    this.input = floats(size * train.x.d);
    this.labels = ints(size);
    this.ids = ints(size);
    this.store = new RowStore(train.x);
    this.order = new RowOrder(train.n, random);
  }

  next(): void {
    const { train, numbers: k } = this.options;
    const [ids, labels, targets] = [this.ids.values, this.labels.values, this.targets?.values];
    for (let i = 0; i < this.size; i++) {
      const id = this.order.next();
      ids[i] = id;
      labels[i] = train.labels[id]!;
      targets?.set(train.targets!.subarray(id * k, (id + 1) * k), i * k);
    }
    this.store.gather(this.ids, this.input, 0, train.x.d);
  }

  /** For logits or numbers, size x outputs. */
  loss(output: Address, slope: Address, errors: Address): number {
    const { size, targets, options, labels } = this;
    const { crossEntropy, squaredError } = kernels();
    if (targets) return squaredError(output, targets.address, 0, size, options.numbers, 1, slope, errors);
    return crossEntropy(output, labels.address, 0, size, options.classes, 1, slope, errors);
  }

  save(): Int32Array {
    return this.order.save();
  }

  restore(state: ArrayLike<number>): void {
    this.order.restore(state);
  }

  dispose(): void {
    for (const one of [this.input, this.labels, this.targets, this.ids, this.store]) one?.dispose();
  }
}
