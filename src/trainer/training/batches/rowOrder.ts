import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { floatsOf, type Block } from '../../engine/heap';
import { RESIDENT, type Inputs } from '../../data/featureMatrix';

/** Rows x (n x d) from which batches are gathered: in the heap where they are few enough. Dispose it. */
export class RowStore {
  private readonly resident: Block | undefined;

  constructor(readonly x: Inputs) {
    // where they are many, the time to copy rows of them is little beside the network's
    this.resident = x.values && x.values.length <= RESIDENT ? floatsOf(x.values) : undefined;
  }

  /** Writes the rows that ids name to out, the first at `at` and each `step` after the one before. */
  gather(ids: Block<Int32Array>, out: Block, at: number, step: number): void {
    const { x, resident } = this;
    if (resident) kernels().gather(resident.address, ids.address, ids.length, x.d, out.address + 4 * at, step);
    else x.copy(ids.values, out.values, at, step);
  }

  dispose(): void {
    this.resident?.dispose();
  }
}

/** The numbers of n rows in random order without replacement, pass after pass. */
export class RowOrder {
  private order: Int32Array;
  private cursor: number;

  constructor(
    private readonly n: number,
    private readonly random: Random,
  ) {
    this.order = new Int32Array(n);
    this.cursor = n;
  }

  /** The next row. */
  next(): number {
    if (this.cursor === this.n) {
      this.order = this.random.permutation(this.n);
      this.cursor = 0;
    }
    return this.order[this.cursor++]!;
  }

  /** The order of this pass over the rows and the place in it, to go on from. */
  save(): Int32Array {
    const state = new Int32Array(this.n + 1);
    state.set(this.order);
    state[this.n] = this.cursor;
    return state;
  }

  restore(state: ArrayLike<number>): void {
    this.order = Int32Array.from({ length: this.n }, (_, i) => state[i]!);
    this.cursor = state[this.n]!;
  }
}
