import { InputError } from '../core/problem';
import type { Scores } from '../protocol/metrics';
import type { Boundary, DataRecord, Evaluation, Labels, Trajectories } from '../protocol/trainer';
import { scheduleWeights, withWeights } from './learnedSchedule';
import { under, type Model, type Tensors } from './models';
import type { Plan } from './plan';
import { scaleRows, takeRows, type Rows } from './rows';
import { pathOf, type Sampler } from './sampler';
import { simulate } from './simulate';

const share = (labels: Int32Array, truth: Int32Array): number =>
  labels.reduce((right, label, i) => right + Number(label === truth[i]), 0) / labels.length;

/** The share of rows, at most `limit` spread evenly, that a plan's sampler labels right; NaN where there are none. */
function accuracyOf(plan: Plan, model: Model, rows: Rows, limit = Infinity): number {
  const some = takeRows(rows, limit);
  return share(model.read(simulate(model, plan.sampler, some)).labels, some.labels);
}

/** The scores of a plan's network on its parts, on at most `limit` rows of each. */
export const scoresOf = (plan: Plan, model: Model, limit = Infinity): Scores => ({
  trainAccuracy: accuracyOf(plan, model, plan.train, limit),
  testAccuracy: accuracyOf(plan, model, plan.test, limit),
});

/** The scores of weights by name, carried by the schedule that was learned with them, where one was. */
export function scoresOfWeights(plan: Plan, tensors: Tensors): Scores {
  const weights = under(tensors, '');
  const { kind, experiment } = plan;
  const model = kind.open(plan, weights);
  try {
    return scoresOf({ ...plan, sampler: kind.sampler(withWeights(experiment, scheduleWeights(weights))) }, model);
  } finally {
    model.dispose();
  }
}

/** Accuracy and confusion over rows. */
export function evaluate(model: Model, sampler: Sampler, rows: Rows, classes: readonly string[]): Evaluation {
  const begun = performance.now();
  const m = classes.length;
  const { labels } = model.read(simulate(model, sampler, rows));
  const confusion = new Int32Array(m * m);
  labels.forEach((label, i) => {
    const at = rows.labels[i]! * m + label;
    confusion[at] = confusion[at]! + 1;
  });
  const milliseconds = performance.now() - begun;
  return { rows: rows.n, accuracy: share(labels, rows.labels), confusion, classes, milliseconds };
}

/** Labels rows (n x d, in the features' own units). */
export function predict(model: Model, sampler: Sampler, data: DataRecord, values: Float64Array): Labels {
  const states = simulate(model, sampler, scaleRows(values, data));
  const outputs = Float32Array.from(states);
  return { labels: model.read(states).labels, outputs, classes: data.classes };
}

/** The whole paths of rows. */
export function trajectories(model: Model, sampler: Sampler, rows: Rows, classes: readonly string[]): Trajectories {
  const { m } = model;
  const { times: grid } = pathOf(sampler, 'there are no trajectories');
  const times = grid.slice();
  const states = new Float32Array(rows.n * times.length * m);
  const ends = simulate(model, sampler, rows, {
    visit(step, z, first) {
      for (let i = 0; i < z.length / m; i++)
        states.set(z.subarray(i * m, (i + 1) * m), ((first + i) * times.length + step) * m);
    },
  });
  const { labels } = model.read(ends);
  return { times, states, rows: rows.n, dimension: m, truth: rows.labels.slice(), labels, classes };
}

/** The nearest class at every time over a grid of inputs a tenth wider than the data; an InputError unless d = 2. */
export function boundary(model: Model, sampler: Sampler, data: DataRecord, size: number): Boundary {
  const { classes, features } = data;
  if (features.length !== 2)
    throw new InputError(`the decision boundary is drawn for data with two features: these have ${features.length}`);
  const range = (j: number): readonly [number, number] => {
    const [low, high] = [data.min[j]!, data.max[j]!];
    const margin = 0.1 * (high - low) || 1;
    return [low - margin, high + margin];
  };
  const [xRange, yRange] = [range(0), range(1)];
  const values = new Float64Array(2 * size * size);
  const at = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * k) / Math.max(1, size - 1);
  for (let i = 0; i < size * size; i++) {
    values[2 * i] = at(xRange, i % size);
    values[2 * i + 1] = at(yRange, Math.floor(i / size));
  }
  const labels = new Uint8Array(sampler.times.length * size * size);
  // One start for the whole grid: else the picture of the early times is the start's own noise.
  const rows = { ...scaleRows(values, data), ids: new Int32Array(size * size) };
  simulate(model, sampler, rows, {
    visit: (step, z, first) => labels.set(model.read(z).labels, step * size * size + first),
  });
  return { xRange, yRange, size, times: sampler.times.slice(), labels, classes, features };
}
