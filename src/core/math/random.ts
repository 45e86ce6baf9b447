import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** A generator's whole state; it survives JSON. */
export interface RandomState {
  readonly words: readonly number[];
  /** The normal that the last Box-Muller pair left over, if it left one. */
  readonly spare?: number;
}

/** What random numbers are for, each with a sequence of its own. The numbers are part of every result: never renumber. */
const PURPOSES = {
  data: 1,
  split: 2,
  weights: 3,
  batches: 4,
  targets: 5,
  start: 6,
  noise: 7,
  embedding: 8,
  axes: 9,
  sweep: 10,
} as const;

export type Purpose = keyof typeof PURPOSES;

export const purposes = Object.keys(PURPOSES) as readonly Purpose[];

/** The first 128 bits of pi's fraction: words without a pattern, where the mixing starts. */
const PI = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

/** A bijection of 32 bits in which every bit of the input turns half of the output's: the finaliser of SplitMix. */
function mix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return word ^ (word >>> 15);
}

/** A seeded generator (xoroshiro128+); the same seed and the same calls give the same numbers everywhere. */
export class Random {
  private readonly generator: RandomGenerator;
  private spare: number | undefined;

  /** From a saved state. */
  constructor({ words, spare }: RandomState) {
    this.generator = xoroshiro128plusFromState(words);
    this.spare = spare;
  }

  /**
   * The generator of a seed, a purpose and, where each row has its own, a row (integers from 0 to 2^32 - 1). All
   * three are spread over the whole state (after Steele, Lea and Flood, SplitMix, 2014), so that two purposes, or
   * two seeds or rows however close, have nothing to do with each other.
   */
  static stream(seed: number, purpose: Purpose, row = 0): Random {
    const words = [...PI];
    for (const part of [seed, PURPOSES[purpose], row])
      for (let i = 0; i < 4; i++) words[i] = mix((words[i]! + words[(i + 3) % 4]! + part) | 0);
    return new Random({ words });
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
      const last = order[i]!;
      order[i] = order[j]!;
      order[j] = last;
    }
    return order;
  }
}
