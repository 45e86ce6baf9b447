import { symmetricEigen, upright, type Projection } from './pca';
import { Random } from './random';

/** Directions beside those asked for, which make the iteration converge faster, and how often it goes round. */
const [SPARE, ROUNDS] = [4, 40];

/**
 * The k principal axes of points (n x d) where d is large, by subspace iteration on the points themselves (Halko,
 * Martinsson and Tropp, SIAM Review 53, 2011): the covariance, d x d, is never made. Cost n d (k + 4) a round, 40 rounds.
 * Axes beyond d are 0.
 */
export function leadingAxes(points: Float64Array, d: number, k = 2): Projection {
  const n = points.length / d;
  const mean = new Float64Array(d);
  points.forEach((value, i) => (mean[i % d]! += value / n));
  const centred = points.map((value, i) => value - mean[i % d]!);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  const width = Math.min(k + SPARE, d);
  const random = Random.stream(0, 'axes');
  let basis = orthonormal(Array.from({ length: width }, () => Float64Array.from({ length: d }, () => random.normal())));
  for (let round = 0; round < ROUNDS; round++) basis = orthonormal(basis.map((axis) => turned(centred, axis)));
  // within the span that was found the axes are those of a small matrix
  const images = basis.map((axis) => turned(centred, axis));
  const small = Float64Array.from({ length: width * width }, (_, at) =>
    dot(basis[Math.floor(at / width)]!, images[at % width]!),
  );
  const { values, vectors } = symmetricEigen(small, width);
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  const axes = new Float64Array(k * d);
  const shares = new Float64Array(k);
  order.slice(0, k).forEach((column, row) => {
    const axis = new Float64Array(d);
    basis.forEach((vector, i) => vector.forEach((value, j) => (axis[j]! += value * vectors[i * width + column]!)));
    axes.set(upright(axis), row * d);
    shares[row] = total > 0 ? Math.max(values[column]!, 0) / total : 0;
  });
  return { mean, axes, shares };
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** X'X v for centred points X (n x d). */
function turned(points: Float64Array, axis: Float64Array): Float64Array {
  const d = axis.length;
  const out = new Float64Array(d);
  for (let at = 0; at < points.length; at += d) {
    let along = 0;
    for (let j = 0; j < d; j++) along += points[at + j]! * axis[j]!;
    for (let j = 0; j < d; j++) out[j]! += along * points[at + j]!;
  }
  return out;
}

/** An orthonormal basis by Gram and Schmidt, twice over against rounding; a direction that vanishes becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    const before = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++)
      for (const axis of basis) {
        const shared = dot(axis, rest);
        for (let j = 0; j < rest.length; j++) rest[j]! -= shared * axis[j]!;
      }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(length > 1e-12 * before ? rest.map((value) => value / length) : new Float64Array(rest.length));
  }
  return basis;
}
