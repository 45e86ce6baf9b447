import { Random } from '../../core/math/random';
import { kernels } from '../engine/backend';
import { doubles, type Address, type HeapArray } from '../engine/heap';

/** The highest frequency of the time features, in octaves: 2^3.5 turns over [0, 1]. The lowest is one turn. */
const OCTAVES = 3.5;

/** The standard deviation of Fourier frequencies, in turns over [0, 1]: about the middle of the octaves. */
const DEVIATION = 4;

/** The index of the frequencies' stream of random numbers, far from that of any network's weights. */
const STREAM = 2 ** 32 - 1;

/** Seeded normal frequencies for so many time features (Tancik et al., arXiv 2006.10739), in turns per unit of time. */
export function fourierFrequencies(count: number, seed: number): Float64Array {
  const random = Random.stream(seed, 'weights', STREAM);
  return random.normals(new Float64Array(Math.ceil(count / 2))).map((value) => DEVIATION * value);
}

/**
 * The frequencies of so many time features, in turns per unit of time: m = ceil(count / 2) of them. The given ones, or
 * f_j = 2^(3.5 j / (m - 1)) for j from 0 to m - 1.
 */
export function timeFrequencies(count: number, given?: ArrayLike<number>): Float64Array {
  const sines = Math.ceil(count / 2);
  const octave = (j: number) => Math.pow(2, (OCTAVES * j) / Math.max(1, sines - 1));
  return Float64Array.from({ length: sines }, (_, j) => (given ? given[j]! : octave(j)));
}

/** The time features of a network: sines, then cosines, of given frequencies or of frequencies in octaves. Dispose it. */
export class TimeFeatures {
  private readonly sines: number;
  private readonly frequencies: HeapArray<Float64Array>;

  constructor(
    readonly count: number,
    frequencies?: ArrayLike<number>,
  ) {
    this.sines = Math.ceil(count / 2);
    this.frequencies = doubles(this.sines + 3); // the kernel reads them by fours
    this.frequencies.values.set(timeFrequencies(count, frequencies));
  }

  /** Writes the features of `rows` times (double) to `out`, with `step` numbers from one row to the next. */
  write(times: Address, rows: number, out: Address, step: number): void {
    const { frequencies, sines, count } = this;
    kernels().timeFeatures(times, rows, frequencies.address, sines, count - sines, out, step);
  }

  dispose(): void {
    this.frequencies.dispose();
  }
}
