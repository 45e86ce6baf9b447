import { floatsAt, intsAt } from './heap';
import type { Kernels } from './kernels';

/** The losses and the optimiser in JavaScript. Each row is computed in double precision. */
export const stockLosses: Pick<
  Kernels,
  'squaredError' | 'crossEntropy' | 'softmax' | 'softmaxSlope' | 'sumSquares' | 'adam' | 'average'
> = {
  squaredError(u, z, w, rows, columns, upstream, slope, errors) {
    const [guess, target, out] = [u, z, slope].map((at) => floatsAt(at, rows * columns));
    const row = floatsAt(errors, rows);
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const weight = (w ? floatsAt(w, rows)[i]! : 1) / rows;
      let sum = 0;
      for (let k = i * columns; k < (i + 1) * columns; k++) {
        const gap = guess![k]! - target![k]!;
        sum += gap * gap;
        out![k] = 2 * weight * upstream * gap;
      }
      row[i] = sum;
      total += weight * sum;
    }
    return total;
  },
  crossEntropy(logits, labels, w, rows, columns, upstream, slope, values) {
    const [given, out] = [logits, slope].map((at) => floatsAt(at, rows * columns));
    const [label, row] = [intsAt(labels, rows), floatsAt(values, rows)];
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const weight = (w ? floatsAt(w, rows)[i]! : 1) / rows;
      const [p, logSum] = softmaxOf(given!.subarray(i * columns, (i + 1) * columns));
      const at = label[i]!;
      row[i] = logSum - given![i * columns + at]!;
      total += weight * row[i]!;
      for (let j = 0; j < columns; j++) out![i * columns + j] = weight * upstream * (p[j]! - Number(j === at));
    }
    return total;
  },
  softmax(logits, rows, columns, out) {
    const [given, to] = [logits, out].map((at) => floatsAt(at, rows * columns));
    for (let i = 0; i < rows; i++) {
      const line = i * columns;
      to!.set(softmaxOf(given!.subarray(line, line + columns))[0], line);
    }
  },
  softmaxSlope(p, d, rows, columns, out) {
    const [probabilities, slope, to] = [p, d, out].map((at) => floatsAt(at, rows * columns));
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let k = i * columns; k < (i + 1) * columns; k++) sum += probabilities![k]! * slope![k]!;
      for (let k = i * columns; k < (i + 1) * columns; k++) to![k] = probabilities![k]! * (slope![k]! - sum);
    }
  },
  sumSquares: (at, count) => floatsAt(at, count).reduce((sum, value) => sum + value * value, 0),
  adam(p, g, m, v, previous, count, clip, beta1, beta2, c1, c2, epsilon, keep) {
    const [values, slope, first, second, before] = [p, g, m, v, previous].map((at) => floatsAt(at, count));
    before!.set(values!);
    for (let k = 0; k < count; k++) {
      const gradient = clip * slope![k]!;
      const mean = beta1 * first![k]! + (1 - beta1) * gradient;
      const power = beta2 * second![k]! + (1 - beta2) * gradient * gradient;
      first![k] = mean;
      second![k] = power;
      values![k] = keep * values![k]! - (c1 * mean) / (Math.sqrt(power * c2) + epsilon);
    }
  },
  average(mean, p, count, decay) {
    const [to, values] = [mean, p].map((at) => floatsAt(at, count));
    for (let k = 0; k < count; k++) to![k] = decay * to![k]! + (1 - decay) * values![k]!;
  },
};

/** The softmax of a row, and the logarithm of the sum of its exponentials. */
function softmaxOf(row: Float32Array): [Float64Array, number] {
  const top = row.reduce((largest, value) => Math.max(largest, value), -Infinity);
  const p = Float64Array.from(row, (value) => Math.exp(value - top));
  const sum = p.reduce((total, value) => total + value, 0);
  return [p.map((value) => value / sum), top + Math.log(sum)];
}
