import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A generator's whole state; it survives JSON. */
export interface RandomState {
  readonly words: readonly number[];
  /** The normal that the last Box-Muller pair left over, if it left one. */
  readonly spare?: number;
}

/** A seeded generator (xoroshiro128+); the same seed and the same calls give the same numbers everywhere. */
export class Random {
  private readonly generator: RandomGenerator;
  private spare: number | undefined;

  /** From a seed (an integer) or from a saved state. */
  constructor(from: number | RandomState) {
    if (typeof from === 'number') {
      // Seeds that are close, 0 and 1 say, are close in the first outputs too: run them apart.
      this.generator = xoroshiro128plus(from);
      for (let i = 0; i < 20; i++) this.generator.next();
    } else {
      this.generator = xoroshiro128plusFromState(from.words);
      this.spare = from.spare;
    }
  }

  /** The state as it is now, for `new Random(state)`. */
  state(): RandomState {
    const words = [...this.generator.getState()];
    return this.spare === undefined ? { words } : { words, spare: this.spare };
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** A whole number from 0 to n-1, uniform; n from 1 to 2^32. */
  integer(n: number): number {
    return uniformInt(this.generator, 0, n - 1);
  }

  /** N(0, 1), by Box and Muller (1958), two at a time. */
  normal(): number {
    if (this.spare !== undefined) {
      const { spare } = this;
      this.spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log1p(-this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Fills an array with N(0, 1) and hands it back. */
  normals<T extends Float64Array | Float32Array>(out: T): T {
    for (let i = 0; i < out.length; i++) out[i] = this.normal();
    return out;
  }

  /** 0 to n-1 in random order (Fisher-Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}
