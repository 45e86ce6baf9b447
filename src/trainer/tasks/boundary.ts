import { InputError } from '../../core/registry/problem';
import type { DataRecord } from '../../core/runs/record';
import type { Boundary, BoundaryPoints } from '../../core/runs/evaluationResults';
import { examplesOf, sampleEvenly, unlabelledExamples, type Examples } from '../data/examples';
import { runData, type OpenRun } from '../runs/openRun';
import type { Model } from '../sampling/model';
import type { Sampler } from '../../core/sampling/sampler';
import { simulate } from '../sampling/simulate';
import { unscaled } from '../sampling/targetScores';

/** The most times of which there is a picture. */
const TIMES = 41;
/** The most train rows, and test rows, that are drawn over it. */
const [TRAIN_POINTS, TEST_POINTS] = [300, 100];

/** Whether data have a plane in which a boundary can be drawn: two features, and classes. */
export const hasBoundary = ({ features, targets }: Pick<DataRecord, 'features' | 'targets'>): boolean =>
  features.length === 2 && !targets;

/** Rows of train and test examples of two features, spread evenly, to be drawn over a boundary. */
export function boundaryPoints(train: Examples, test: Examples, data: DataRecord): BoundaryPoints {
  const parts = [sampleEvenly(train, TRAIN_POINTS), sampleEvenly(test, TEST_POINTS)];
  return {
    x: Float32Array.from(parts.flatMap(({ x, n }) => [...unscaled(x.rows(0, n), data)])),
    truth: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
    test: Uint8Array.from(parts.flatMap(({ n }, k) => new Array<number>(n).fill(k))),
  };
}

/**
 * The nearest class and the probabilities at every time (of many, at some of them), over a grid of inputs a tenth wider
 * than the data. An InputError unless d = 2.
 */
export function boundary(
  model: Model,
  sampler: Sampler,
  data: DataRecord,
  size: number,
  points: BoundaryPoints,
): Boundary {
  const { classes, features } = data;
  if (data.targets)
    throw new InputError('the decision boundary is drawn for classes: these data have numbers to predict');
  if (features.length !== 2)
    throw new InputError(`the decision boundary is drawn for data with two features: these have ${features.length}`);
  const range = (j: number): readonly [number, number] => {
    const [low, high] = [data.min[j]!, data.max[j]!];
    const margin = 0.1 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [xRange, yRange] = [range(0), range(1)];
  const cells = size * size;
  const values = new Float64Array(2 * cells);
  const at = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * k) / Math.max(1, size - 1);
  for (let i = 0; i < cells; i++) {
    values[2 * i] = at(xRange, i % size);
    values[2 * i + 1] = at(yRange, Math.floor(i / size));
  }
  const shown = shownSteps(sampler.times.length);
  const frames = new Map(shown.map((step, frame) => [step, frame]));
  const labels = new Uint8Array(shown.length * cells);
  const probabilities = new Uint8Array(shown.length * cells * classes.length);
  // One start for the whole grid. Otherwise the early times would show the noise of the starts.
  const examples = { ...unlabelledExamples(values, data), ids: new Int32Array(cells) };
  simulate(model, sampler, examples, {
    onStep(step, z, first) {
      const frame = frames.get(step);
      if (frame === undefined) return;
      const read = model.read(z);
      const place = frame * cells + first;
      labels.set(read.labels, place);
      const from = place * classes.length;
      for (let i = 0; i < read.probabilities.length; i++)
        probabilities[from + i] = Math.round(255 * read.probabilities[i]!);
    },
  });
  const times = Float64Array.from(shown, (step) => sampler.times[step]!);
  return { xRange, yRange, size, times, labels, probabilities, points, classes, features };
}

/** The boundary of a run, with rows of its data over it. Errors are those of `boundary`, and of reading the data. */
export async function runBoundary(open: OpenRun, sampler: Sampler, size: number): Promise<Boundary> {
  const data = await runData(open);
  const points = boundaryPoints(examplesOf(data, data.train), examplesOf(data, data.test), open.record.data);
  return boundary(open.model, sampler, open.record.data, size, points);
}

/** The numbers of the steps of which there is a picture: all of few, else some spread evenly with the first and the last. */
function shownSteps(count: number): number[] {
  const frames = Math.min(count, TIMES);
  return Array.from({ length: frames }, (_, k) => (frames > 1 ? Math.round((k * (count - 1)) / (frames - 1)) : 0));
}
