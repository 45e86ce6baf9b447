import { sigmoid } from '../math/stable';
import type { Denoiser, PointSet } from './denoiser';

/** Points and states that are worked on at once: few enough to stay in the processor's cache. */
const [CHUNK, BLOCK] = [256, 64];

/** Below this a term adds nothing to a sum that is at least 1, however many terms there are. */
const NEGLIGIBLE = -60;

/**
 * The ideal denoiser of a finite set: the posterior mean, weights softmax(log w_i - |z - sqrt(a) x_i|^2 / (2 (1 - a))),
 * in one pass over the points. At -Infinity it is the mean of the points, at +Infinity the nearest one.
 */
export function dataSetU(set: PointSet): Denoiser {
  const { d } = set;
  const count = set.points.length / d;
  const sums = new Sums(set);
  return {
    times: 'all',
    denoise(z, n, _d, _t, logSnr, out) {
      const [signal, noise] = [sigmoid(logSnr), sigmoid(-logSnr)];
      for (let block = 0; block < n; block += BLOCK) {
        const end = Math.min(n, block + BLOCK);
        sums.clear(signal, noise);
        out.fill(0, block * d, end * d);
        for (let first = 0; first < count; first += CHUNK)
          for (let row = block; row < end; row++)
            sums.add(z, row, row - block, first, Math.min(count, first + CHUNK), out);
        for (let row = block; row < end; row++) {
          const whole = sums.total[row - block]!;
          for (let k = row * d; k < (row + 1) * d; k++) out[k]! /= whole;
        }
      }
    },
  };
}

/**
 * The running sums of a block of states. Of each it keeps the largest q_i = sqrt(a) z.x_i - a |x_i|^2 / 2 so far, the
 * largest exponent e_i = log w_i + (q_i - q_max) / (1 - a), and the sums of exp(e_i - e_max): no exponent is above
 * the largest log weight, whatever the log-SNR, and the largest term is 1.
 */
class Sums {
  readonly total = new Float64Array(BLOCK);
  private readonly nearest = new Float64Array(BLOCK);
  private readonly largest = new Float64Array(BLOCK);
  private readonly scores = new Float64Array(CHUNK);
  private readonly halfSquares: Float64Array;
  private signal = 0;
  private noise = 1;
  private readonly logWeights: Float64Array;

  constructor(private readonly set: PointSet) {
    const { points, d, logWeights } = set;
    this.halfSquares = new Float64Array(points.length / d);
    points.forEach((value, k) => (this.halfSquares[Math.floor(k / d)]! += (value * value) / 2));
    this.logWeights = logWeights ?? new Float64Array(this.halfSquares.length);
  }

  /** Starts a new block at alphaBar = signal, 1 - alphaBar = noise. */
  clear(signal: number, noise: number): void {
    this.signal = signal;
    this.noise = noise;
    this.total.fill(0);
    this.nearest.fill(-Infinity);
    this.largest.fill(-Infinity);
  }

  /** Adds the points from `first` to before `last` to the state in row `row` of z and out, number `at` of the block. */
  add(z: Float64Array, row: number, at: number, first: number, last: number, out: Float64Array): void {
    const { signal, noise, scores, halfSquares, logWeights, total, nearest, largest } = this;
    const { points, d } = this.set;
    const root = Math.sqrt(signal);
    const [start, length] = [row * d, last - first];
    let near = nearest[at]!;
    for (let i = 0, k = first * d; i < length; i++) {
      let dot = 0;
      for (let j = 0; j < d; j++, k++) dot += z[start + j]! * points[k]!;
      const score = root * dot - signal * halfSquares[first + i]!;
      scores[i] = score;
      if (score > near) near = score;
    }
    // What was largest is so no longer where a nearer point came.
    const before = largest[at]! + over(nearest[at]! - near, noise);
    let top = before;
    for (let i = 0; i < length; i++) {
      const exponent = logWeights[first + i]! + over(scores[i]! - near, noise);
      scores[i] = exponent;
      if (exponent > top) top = exponent;
    }
    const kept = before === top ? 1 : Math.exp(before - top);
    let sum = total[at]! * kept;
    if (kept !== 1) for (let j = 0; j < d; j++) out[start + j]! *= kept;
    for (let i = 0; i < length; i++) {
      const exponent = scores[i]! - top;
      if (exponent < NEGLIGIBLE) continue;
      const weight = Math.exp(exponent);
      sum += weight;
      const point = (first + i) * d;
      for (let j = 0; j < d; j++) out[start + j]! += weight * points[point + j]!;
    }
    total[at] = sum;
    nearest[at] = near;
    largest[at] = top;
  }
}

/** A gap over the noise's variance, which is 0 at infinite log-SNR: there only no gap at all is none. */
const over = (gap: number, noise: number): number => (gap === 0 ? 0 : gap / noise);
