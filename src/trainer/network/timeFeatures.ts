import { Random } from '../../core/math/random';
import { kernels } from '../engine/backend';
import { doubles, type Address, type Block } from '../engine/heap';

/** The highest frequency of the time features: 2^3.5 turns over [0, 1], the lowest being one. */
const OCTAVES = 3.5;

/** The spread of Fourier frequencies, in turns over [0, 1]: about the middle of those that are spread in octaves. */
const SPREAD = 4;

/** The row of the stream of weights that frequencies come from: far from any network's. */
const STREAM = 2 ** 32 - 1;

/** Seeded normal frequencies for so many time features (Tancik et al., arXiv 2006.10739). */
export function fourierFrequencies(count: number, seed: number): Float64Array {
  const random = Random.stream(seed, 'weights', STREAM);
  return random.normals(new Float64Array(Math.ceil(count / 2))).map((value) => SPREAD * value);
}

/**
 * The time features of a network: sines, then cosines, of frequencies evenly spread in octaves, or of given ones.
 * Dispose it.
 */
export class TimeFeatures {
  private readonly sines: number;
  private readonly frequencies: Block<Float64Array>;

  constructor(
    readonly count: number,
    frequencies?: ArrayLike<number>,
  ) {
    this.sines = Math.ceil(count / 2);
    this.frequencies = doubles(this.sines + 3); // the kernel reads them by fours
    for (let j = 0; j < this.sines; j++)
      this.frequencies.values[j] = frequencies
        ? frequencies[j]!
        : Math.pow(2, (OCTAVES * j) / Math.max(1, this.sines - 1));
  }

  /** Writes the features of `rows` times (double) from `out` on, a row every `step` numbers. */
  write(times: Address, rows: number, out: Address, step: number): void {
    const { frequencies, sines, count } = this;
    kernels().timeFeatures(times, rows, frequencies.address, sines, count - sines, out, step);
  }

  dispose(): void {
    this.frequencies.dispose();
  }
}
