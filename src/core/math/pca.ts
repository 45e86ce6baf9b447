/** A projection onto the directions along which points vary most. */
export interface Projection {
  /** d values, taken off before projecting. */
  readonly mean: Float64Array;
  /** k x d orthonormal rows. */
  readonly axes: Float64Array;
  /** k shares of the total variance; 0 where the points do not vary. */
  readonly shares: Float64Array;
}

/**
 * The k (2) principal axes of points (n x d), from the eigenvectors of their covariance; axes beyond d are 0. Several
 * directions can share the largest variance, as for the corners of a one-hot embedding. Then the axes nearest to a
 * circle through the coordinates are taken, so that K corners become a regular polygon.
 */
export function principalAxes(points: Float64Array, d: number, k = 2): Projection {
  const { mean, covariance } = moments(points, d);
  const { values, vectors } = symmetricEigen(covariance, d);
  const total = values.reduce((sum, value) => sum + value, 0);
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  const column = (index: number) => Float64Array.from({ length: d }, (_, i) => vectors[i * d + index]!);
  const top = order.filter((index) => values[index]! >= (1 - 1e-9) * values[order[0]!]!);
  const spread = top.length > 1 && top.length >= k ? circleAxes(top.map(column), d, k) : undefined;
  const axes = new Float64Array(k * d);
  const shares = new Float64Array(k);
  order.slice(0, k).forEach((index, row) => {
    axes.set(spread?.[row] ?? upright(column(index)), row * d);
    shares[row] = total > 0 ? Math.max(values[index]!, 0) / total : 0;
  });
  return { mean, axes, shares };
}

/** Mean (d) and covariance (d x d) of points (n x d). */
function moments(points: Float64Array, d: number) {
  const n = points.length / d;
  const mean = new Float64Array(d);
  points.forEach((value, i) => (mean[i % d]! += value / n));
  const covariance = new Float64Array(d * d);
  for (let row = 0; row < n; row++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        covariance[i * d + j]! += ((points[row * d + i]! - mean[i]!) * (points[row * d + j]! - mean[j]!)) / n;
  return { mean, covariance };
}

/** The axis with its largest entry positive: eigenvectors have no sign of their own. */
export function upright(axis: Float64Array): Float64Array {
  const size = Math.max(...axis.map(Math.abs));
  const sign = Math.sign(axis.find((value) => Math.abs(value) > 0.999 * size) ?? 1) || 1;
  return axis.map((value) => sign * value);
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** k orthonormal axes within the span of a basis, from cos and sin around the coordinates; undefined where they vanish. */
function circleAxes(basis: readonly Float64Array[], d: number, k: number): Float64Array[] | undefined {
  const axes: Float64Array[] = [];
  for (let a = 0; a < k; a++) {
    const turn = 1 + Math.floor(a / 2);
    const wave = Float64Array.from({ length: d }, (_, i) =>
      (a % 2 ? Math.sin : Math.cos)((2 * Math.PI * turn * i) / d),
    );
    const within = new Float64Array(d);
    for (const vector of basis) vector.forEach((value, i) => (within[i]! += dot(vector, wave) * value));
    const length = Math.sqrt(dot(within, within));
    for (const axis of axes) {
      const shared = dot(axis, within);
      axis.forEach((value, i) => (within[i]! -= shared * value));
    }
    const left = Math.sqrt(dot(within, within));
    if (!(left > 1e-6 * length)) return undefined;
    axes.push(within.map((value) => value / left));
  }
  return axes;
}

/** Points (n x d) in the coordinates of a projection: n x k. */
export function project(points: Float64Array, { mean, axes, shares }: Projection): Float64Array {
  const [d, k] = [mean.length, shares.length];
  const out = new Float64Array((points.length / d) * k);
  for (let row = 0; row * d < points.length; row++)
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += axes[a * d + i]! * (points[row * d + i]! - mean[i]!);
      out[row * k + a] = sum;
    }
  return out;
}

/**
 * Eigenvalues and eigenvectors (columns of d x d) of a symmetric matrix by Jacobi's rotations, in no order
 * (Golub and Van Loan, Matrix Computations, 8.5). Cost d^3 a sweep, a few sweeps.
 */
export function symmetricEigen(matrix: Float64Array, d: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) ? 0 : 1));
  const rotate = (m: Float64Array, p: number, q: number, c: number, s: number) => {
    const [x, y] = [m[p]!, m[q]!];
    m[p] = c * x - s * y;
    m[q] = s * x + c * y;
  };
  const scale = Math.hypot(...a);
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) off = Math.max(off, Math.abs(a[p * d + q]!));
    if (off <= 1e-16 * scale) break;
    for (let p = 0; p < d; p++)
      for (let q = p + 1; q < d; q++) {
        const apq = a[p * d + q]!;
        if (!apq) continue;
        const tau = (a[q * d + q]! - a[p * d + p]!) / (2 * apq);
        const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau));
        const c = 1 / Math.hypot(1, t);
        const s = t * c;
        for (let i = 0; i < d; i++) rotate(a, i * d + p, i * d + q, c, s);
        for (let i = 0; i < d; i++) rotate(a, p * d + i, q * d + i, c, s);
        for (let i = 0; i < d; i++) rotate(v, i * d + p, i * d + q, c, s);
      }
  }
  return { values: Float64Array.from({ length: d }, (_, i) => a[i * (d + 1)]!), vectors: v };
}
