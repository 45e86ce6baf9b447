import type { PreparedData } from './preparedData';
import { featureMatrix, type FeatureScales, type FeatureMatrix } from './featureMatrix';

/** Rows as a network reads them, and the number of each row, which seeds its start. */
export interface Examples {
  readonly x: FeatureMatrix;
  readonly labels: Int32Array;
  /** n x k scaled, where the data have targets and these are known. */
  readonly targets?: Float32Array;
  readonly ids: Int32Array;
  readonly n: number;
  /** Whether `labels` are the rows' true ones, or zeros for want of them. */
  readonly labelled: boolean;
}

const indices = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

/** Rows without labels, given in the features' own units (n x d). */
export function unlabelledExamples(values: Float64Array, scales: FeatureScales): Examples {
  const d = scales.mean.length;
  const n = values.length / d;
  if (!Number.isInteger(n)) throw new Error(`${values.length} values do not make rows of ${d} features`);
  const ids = indices(n);
  return { x: featureMatrix(values, ids, scales), labels: new Int32Array(n), ids, n, labelled: false };
}

/** The rows of a part, scaled straight from the data: with 60,000 images there is no room for a copy in between. */
export function examplesOf(data: PreparedData, ids: Int32Array): Examples {
  const targets = partTargets(data, ids);
  return {
    x: featureMatrix(data.x, ids, data),
    labels: ids.map((id) => data.labels[id]!),
    ...(targets && { targets }),
    ids,
    n: ids.length,
    labelled: true,
  };
}

/** The targets of a part, scaled. */
function partTargets({ targets, targetScaling }: PreparedData, ids: Int32Array): Float32Array | undefined {
  if (!targets || !targetScaling) return undefined;
  const k = targets.names.length;
  return Float32Array.from({ length: ids.length * k }, (_, at) => {
    const [i, j] = [ids[Math.floor(at / k)]!, at % k];
    return (targets.values[i * k + j]! - targetScaling.mean[j]!) / targetScaling.scale[j]!;
  });
}

/** At most `limit` of the rows, spread evenly. */
export function sampleEvenly(rows: Examples, limit: number): Examples {
  if (rows.n <= limit) return rows;
  const chosen = Int32Array.from({ length: limit }, (_, k) => Math.floor((k * rows.n) / limit));
  const { targets } = rows;
  const width = targets ? targets.length / rows.n : 0;
  return {
    x: rows.x.select(chosen),
    ...(targets && {
      targets: Float32Array.from(
        { length: limit * width },
        (_, at) => targets[chosen[Math.floor(at / width)]! * width + (at % width)]!,
      ),
    }),
    labels: chosen.map((i) => rows.labels[i]!),
    ids: chosen.map((i) => rows.ids[i]!),
    n: limit,
    labelled: rows.labelled,
  };
}

/** Rows several times over, one block after the other. */
export function repeatExamples(rows: Examples, times: number): Examples {
  if (times === 1) return rows;
  const { n, targets } = rows;
  const again = Int32Array.from({ length: n * times }, (_, i) => i % n);
  const width = targets ? targets.length / n : 0;
  return {
    x: rows.x.select(again),
    ...(targets && {
      targets: Float32Array.from({ length: n * times * width }, (_, at) => targets[at % (n * width)]!),
    }),
    labels: again.map((i) => rows.labels[i]!),
    ids: again.map((i) => rows.ids[i]!),
    n: n * times,
    labelled: rows.labelled,
  };
}
