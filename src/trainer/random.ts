/** A seeded generator (xoshiro128**, Blackman and Vigna 2021) whose state can be saved and restored. */
export class Random {
  private readonly s = new Uint32Array(4);
  private spare = NaN;

  /** Each pair of seed and stream (integers) is a sequence of its own. */
  constructor(seed: number, stream = 0) {
    let word = (seed ^ Math.imul(stream, 0x9e3779b1)) >>> 0;
    for (let i = 0; i < 4; i++) {
      // splitmix32; the stream enters twice, so that seed and stream cannot stand in for each other
      word = (word + 0x9e3779b9 + stream) >>> 0;
      let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
      this.s[i] = mixed ^ (mixed >>> 16);
    }
  }

  /** A uniform integer in [0, 2^32). */
  private word(): number {
    const s = this.s;
    const [a, b, c, d] = [s[0]!, s[1]!, s[2]!, s[3]!];
    const r = Math.imul(b, 5);
    s[2] = c ^ a;
    s[3] = d ^ b;
    s[1] = b ^ s[2]!;
    s[0] = a ^ s[3]!;
    s[2] = s[2]! ^ (b << 9);
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return Math.imul((r << 7) | (r >>> 25), 9) >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.word() * 2 ** -32;
  }

  /** A uniform integer in [0, n). */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    const spare = this.spare;
    if (spare === spare) {
      this.spare = NaN;
      return spare;
    }
    for (;;) {
      const [u, v] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const r = u * u + v * v;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      this.spare = v * scale;
      return u * scale;
    }
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle(items: Int32Array): Int32Array {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [items[i], items[j]] = [items[j]!, items[i]!];
    }
    return items;
  }

  /** The state, length 5: four words, and the second normal of a pair or NaN. */
  save(): Float64Array {
    return Float64Array.of(...this.s, this.spare);
  }

  /** Goes on from a saved state. */
  restore(state: ArrayLike<number>): void {
    for (let i = 0; i < 4; i++) this.s[i] = state[i]!;
    this.spare = state[4]!;
  }
}
