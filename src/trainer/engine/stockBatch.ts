import { sigmoid } from '../../core/math/stable';
import { doublesAt, floatsAt, intsAt } from './heap';
import type { Kernels } from './kernels';

/** The kernels that make batches, in JavaScript. */
export const stockBatch: Pick<Kernels, 'normals' | 'marginals' | 'mix' | 'gather' | 'timeFeatures'> = {
  normals(out, count, state) {
    const [values, words] = [floatsAt(out, count), intsAt(state, 16)];
    for (let first = 0; first < count; first += 8)
      for (let lane = 0; lane < 4; lane++) {
        const radius = Math.sqrt(-2 * Math.log(((next(words, lane) >>> 0) + 0.5) / 2 ** 32));
        const angle = (2 * Math.PI * next(words, lane)) / 2 ** 32;
        if (first + lane < count) values[first + lane] = radius * Math.cos(angle);
        if (first + lane + 4 < count) values[first + lane + 4] = radius * Math.sin(angle);
      }
  },
  marginals(logSnr, rate, count, cap, signal, noise, weight) {
    const [g, slope, to, rest, half] = [logSnr, rate, signal, noise, weight].map((at) => floatsAt(at, count));
    for (let i = 0; i < count; i++) {
      to![i] = Math.sqrt(sigmoid(g![i]!));
      rest![i] = Math.sqrt(sigmoid(-g![i]!));
      half![i] = 0.5 * Math.min(slope![i]! * Math.exp(g![i]!), cap);
    }
  },
  mix(signal, a, noise, b, rows, columns, out, outStep) {
    const [scale, spread] = [floatsAt(signal, rows), floatsAt(noise, rows)];
    const [from, other] = [floatsAt(a, rows * columns), floatsAt(b, rows * columns)];
    const to = floatsAt(out, (rows - 1) * outStep + columns);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        to[i * outStep + j] = scale[i]! * from[i * columns + j]! + spread[i]! * other[i * columns + j]!;
  },
  gather(source, ids, rows, columns, out, outStep) {
    const to = floatsAt(out, (rows - 1) * outStep + columns);
    intsAt(ids, rows).forEach((id, i) => to.set(floatsAt(source + 4 * id * columns, columns), i * outStep));
  },
  timeFeatures(times, rows, frequencies, sines, cosines, out, outStep) {
    const [moments, turns] = [doublesAt(times, rows), doublesAt(frequencies, sines)];
    const to = floatsAt(out, (rows - 1) * outStep + sines + cosines);
    for (let i = 0; i < rows; i++)
      turns.forEach((frequency, k) => {
        const angle = 2 * Math.PI * frequency * moments[i]!;
        to[i * outStep + k] = Math.sin(angle);
        if (k < cosines) to[i * outStep + sines + k] = Math.cos(angle);
      });
  },
};

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

/** The next word of one lane of xoshiro128++ (Blackman and Vigna, arXiv 1805.01407). */
function next(words: Int32Array, lane: number): number {
  let [s0, s1, s2, s3] = [0, 4, 8, 12].map((at) => words[at + lane]!) as [number, number, number, number];
  const word = (rotate((s0 + s3) | 0, 7) + s0) | 0;
  const shifted = s1 << 9;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= shifted;
  s3 = rotate(s3, 11);
  [s0, s1, s2, s3].forEach((value, k) => (words[4 * k + lane] = value));
  return word;
}
