import type { Random } from '../../../core/math/random';

/** The indices of n rows in random order without replacement, epoch after epoch. */
export class ShuffledOrder {
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

  /** The order of this epoch and, as the last number, the place in it. */
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
