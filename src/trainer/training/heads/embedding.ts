import { Random } from '../../../core/math/random';
import type { FeatureMatrix } from '../../data/featureMatrix';

/** The train rows that prototypes are chosen among: n x d, standardised. */
export interface LabelledRows {
  readonly x: Pick<FeatureMatrix, 'rows'>;
  readonly labels: Int32Array;
  readonly n: number;
}

/** The identity, classes x classes. */
export const oneHotTable = (classes: number): Float32Array =>
  Float32Array.from({ length: classes * classes }, (_, k) => Number(k % (classes + 1) === 0));

/**
 * The initial values of a learned table (classes x m): orthonormal rows where m is large enough, else orthonormal
 * columns, scaled so that the mean square length of the rows is 1 (after Saxe et al., arXiv 1312.6120).
 */
export function orthogonalTable(classes: number, m: number, seed: number): Float32Array {
  const random = Random.stream(seed, 'embedding');
  const [count, length] = [Math.min(classes, m), Math.max(classes, m)];
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const row = random.normals(new Float64Array(length));
    // twice, because rounding leaves a rest in the first pass
    for (const other of [...basis, ...basis]) {
      const part = other.reduce((sum, value, k) => sum + value * row[k]!, 0);
      other.forEach((value, k) => (row[k] = row[k]! - part * value));
    }
    const norm = Math.hypot(...row);
    basis.push(row.map((value) => value / norm));
  }
  const scale = classes > m ? Math.sqrt(classes / m) : 1;
  return Float32Array.from({ length: classes * m }, (_, at) => {
    const [c, j] = [Math.floor(at / m), at % m];
    return classes > m ? scale * basis[j]![c]! : basis[c]![j]!;
  });
}

/**
 * The medoid of each class (classes x d): the row with the least sum of squared distances to the others of its class,
 * which is the row nearest to the class's mean. A class without a row gets zeros.
 */
export function medoidTable({ x, labels, n }: LabelledRows, classes: number, d: number): Float32Array {
  const means = new Float64Array(classes * d);
  const counts = new Int32Array(classes);
  labels.forEach((label, i) => {
    const row = x.rows(i, i + 1);
    counts[label] = counts[label]! + 1;
    for (let k = 0; k < d; k++) means[label * d + k] = means[label * d + k]! + row[k]!;
  });
  means.forEach((sum, at) => (means[at] = sum / Math.max(1, counts[Math.floor(at / d)]!)));
  const best = new Float64Array(classes).fill(Infinity);
  const table = new Float32Array(classes * d);
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    const row = x.rows(i, i + 1);
    let gap = 0;
    for (let k = 0; k < d; k++) gap += (row[k]! - means[label * d + k]!) ** 2;
    if (gap >= best[label]!) continue;
    best[label] = gap;
    table.set(row, label * d);
  }
  return table;
}
