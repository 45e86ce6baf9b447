import { featureMatrix, type FeatureMatrix, type FeatureScales } from './featureMatrix';
import type { PreparedData } from './preparedData';

/** Examples as a network gets them. */
export interface Examples {
  readonly x: FeatureMatrix;
  readonly labels: Int32Array;
  /** n x k, scaled, where numbers are predicted and are known. */
  readonly targets?: Float32Array;
  /** The number of each example, which seeds its start. */
  readonly ids: Int32Array;
  readonly n: number;
  /** Whether `labels` are the true ones. They are zeros where no labels are known. */
  readonly labelled: boolean;
}

/** Examples without labels, of features in their own units (n x d). */
export function unlabelledExamples(values: Float64Array, scales: FeatureScales): Examples {
  const d = scales.mean.length;
  const n = values.length / d;
  if (!Number.isInteger(n)) throw new Error(`${values.length} values do not make rows of ${d} features`);
  const ids = Int32Array.from({ length: n }, (_, i) => i);
  return { x: featureMatrix(values, ids, scales), labels: new Int32Array(n), ids, n, labelled: false };
}

/** The examples of some rows of the data. They are scaled without a copy: there is no room for one of 60,000 images. */
export function examplesOf(data: PreparedData, ids: Int32Array): Examples {
  const targets = scaledTargets(data, ids);
  return {
    x: featureMatrix(data.x, ids, data),
    labels: ids.map((id) => data.labels[id]!),
    ...(targets && { targets }),
    ids,
    n: ids.length,
    labelled: true,
  };
}

function scaledTargets({ targets, targetScaling }: PreparedData, ids: Int32Array): Float32Array | undefined {
  if (!targets || !targetScaling) return undefined;
  const { mean, scale } = targetScaling;
  const k = targets.names.length;
  return Float32Array.from({ length: ids.length * k }, (_, at) => {
    const [id, j] = [ids[Math.floor(at / k)]!, at % k];
    return (targets.values[id * k + j]! - mean[j]!) / scale[j]!;
  });
}

/** The examples of these indices, which may repeat. */
function select({ x, labels, targets, ids, n, labelled }: Examples, indices: Int32Array): Examples {
  const k = targets ? targets.length / n : 0;
  const target = (at: number) => targets![indices[Math.floor(at / k)]! * k + (at % k)]!;
  return {
    x: x.select(indices),
    ...(targets && { targets: Float32Array.from({ length: indices.length * k }, (_, at) => target(at)) }),
    labels: indices.map((i) => labels[i]!),
    ids: indices.map((i) => ids[i]!),
    n: indices.length,
    labelled,
  };
}

/** At most `limit` of the examples, spread evenly. */
export function sampleEvenly(examples: Examples, limit: number): Examples {
  const { n } = examples;
  if (n <= limit) return examples;
  return select(
    examples,
    Int32Array.from({ length: limit }, (_, k) => Math.floor((k * n) / limit)),
  );
}

/** The examples several times over, one copy of all after the other. */
export function repeatExamples(examples: Examples, times: number): Examples {
  const { n } = examples;
  if (times === 1) return examples;
  return select(
    examples,
    Int32Array.from({ length: n * times }, (_, i) => i % n),
  );
}
