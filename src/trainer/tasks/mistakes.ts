import { imageShape, inkOf } from '../../core/datasets/preview/imageShape';
import type { Mistakes } from '../../core/runs/evaluationResults';
import type { DataRecord } from '../../core/runs/record';
import type { Examples } from '../data/examples';
import type { ClassPredictions } from '../sampling/model';
import { unscaled } from '../sampling/targetScores';

/** How many rows are told of one by one, and of how many features where they are no images. */
const [ROWS, FEATURES] = [24, 6];

/** The first of the examples that got a wrong class. */
export function mistakesOf(
  { labels, probabilities }: ClassPredictions,
  { x, labels: truth, ids, n }: Examples,
  data: DataRecord,
): Mistakes {
  const wrong = Array.from({ length: n }, (_, i) => i).filter((i) => labels[i] !== truth[i]);
  const shown = Int32Array.from(wrong.slice(0, ROWS));
  const { features, classes } = data;
  const d = features.length;
  const values = unscaled(x.select(shown).rows(0, shown.length), data);
  const shape = imageShape(features);
  const told = shape ? 0 : Math.min(d, FEATURES);
  return {
    count: wrong.length,
    features: features.slice(0, told),
    values: Float32Array.from(values.filter((_, at) => at % d < told)),
    ...(shape && { images: { ...shape, pixels: inked(values, data) } }),
    ids: shown.map((i) => ids[i]!),
    truth: shown.map((i) => truth[i]!),
    given: shown.map((i) => labels[i]!),
    probabilities: Float32Array.from(shown, (i) => probabilities[i * classes.length + labels[i]!]!),
  };
}

/** Values as ink over the range of all features. */
function inked(values: Float64Array, { min, max }: Pick<DataRecord, 'min' | 'max'>): Uint8Array {
  const low = min.reduce((a, b) => Math.min(a, b), Infinity);
  const high = max.reduce((a, b) => Math.max(a, b), -Infinity);
  return inkOf(values, low, high);
}
