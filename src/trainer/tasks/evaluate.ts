import { InputError } from '../../core/registry/problem';
import type { DataRecord } from '../../core/runs/record';
import type { Boundary, Effort, Evaluation, Labels, Trajectories } from '../../core/runs/evaluationResults';
import { unlabelledExamples, type Examples } from '../data/examples';
import type { Model } from '../sampling/model';
import { requirePath, type Sampler } from '../sampling/sampler';
import { simulate, type SimulationHooks } from '../sampling/simulate';
import { accuracyOf, scoreTargets, unscaled } from '../sampling/targetScores';

/** The accuracy and confusion matrix over examples or, where numbers are predicted, their errors. */
export function evaluate(model: Model, sampler: Sampler, examples: Examples, data: DataRecord): Evaluation {
  const begun = performance.now();
  const { classes } = data;
  const { n: rows, x, labels: truth, targets: trueTargets } = examples;
  let effort: Effort | undefined;
  const onDone: SimulationHooks['onDone'] = (evaluations, steps) => {
    if (!effort || evaluations > effort.evaluations) effort = { evaluations, ...steps };
  };
  const states = simulate(model, sampler, examples, { onDone });
  const confusion = new Int32Array(classes.length ** 2);
  if (data.targets) {
    const targets = scoreTargets(data.targets.names, states, trueTargets!, data.targets);
    const feature = data.features.length === 1 ? unscaled(x.rows(0, rows), data) : undefined;
    return { rows, targets, feature, confusion, classes, milliseconds: performance.now() - begun, effort };
  }
  const { labels } = model.read(states);
  labels.forEach((label, i) => (confusion[truth[i]! * classes.length + label]! += 1));
  const milliseconds = performance.now() - begun;
  return { rows, accuracy: accuracyOf(labels, truth), confusion, classes, milliseconds, effort };
}

/** The labels of rows (n x d, in the features' own units), or the numbers where these are predicted. */
export function predict(model: Model, sampler: Sampler, data: DataRecord, values: Float64Array): Labels {
  const examples = unlabelledExamples(values, data);
  const states = simulate(model, sampler, examples);
  const outputs = Float32Array.from(states);
  if (data.targets)
    return { labels: new Int32Array(examples.n), values: unscaled(states, data.targets), outputs, classes: [] };
  return { labels: model.read(states).labels, outputs, classes: data.classes };
}

/** The whole paths of examples. An InputError where the model has no path. */
export function trajectories(model: Model, sampler: Sampler, examples: Examples, data: DataRecord): Trajectories {
  const { m } = model;
  const { classes, targets } = data;
  const { n: rows, labels: truth, targets: trueTargets } = examples;
  const times = requirePath(sampler, 'there are no trajectories').times.slice();
  const states = new Float32Array(rows * times.length * m);
  const ends = simulate(model, sampler, examples, {
    onStep(step, z, first) {
      for (let i = 0; i < z.length / m; i++)
        states.set(z.subarray(i * m, (i + 1) * m), ((first + i) * times.length + step) * m);
    },
  });
  const common = { times, rows, dimension: m, truth: truth.slice(), classes };
  if (targets)
    return {
      ...common,
      states: Float32Array.from(unscaled(states, targets)),
      embeddings: new Float32Array(),
      targets: Float32Array.from(unscaled(trueTargets!, targets)),
      targetNames: targets.names,
      labels: new Int32Array(rows),
    };
  const oneOfEach = { labels: Int32Array.from(classes.keys()), n: classes.length };
  const embeddings = Float32Array.from(model.targets(oneOfEach));
  return { ...common, states, embeddings, labels: model.read(ends).labels };
}

/** The nearest class at every time, over a grid of inputs a tenth wider than the data. An InputError unless d = 2. */
export function boundary(model: Model, sampler: Sampler, data: DataRecord, size: number): Boundary {
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
  const values = new Float64Array(2 * size * size);
  const at = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * k) / Math.max(1, size - 1);
  for (let i = 0; i < size * size; i++) {
    values[2 * i] = at(xRange, i % size);
    values[2 * i + 1] = at(yRange, Math.floor(i / size));
  }
  const labels = new Uint8Array(sampler.times.length * size * size);
  // One start for the whole grid. Otherwise the early times would show the noise of the starts.
  const examples = { ...unlabelledExamples(values, data), ids: new Int32Array(size * size) };
  simulate(model, sampler, examples, {
    onStep: (step, z, first) => labels.set(model.read(z).labels, step * size * size + first),
  });
  return { xRange, yRange, size, times: sampler.times.slice(), labels, classes, features };
}
