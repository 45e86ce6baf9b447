import type { DataRecord } from '../../core/runs/record';
import type { Effort, Evaluation, Labels, Trajectories } from '../../core/runs/evaluationResults';
import { unlabelledExamples, type Examples } from '../data/examples';
import type { Model } from '../sampling/model';
import { requirePath, type Sampler } from '../../core/sampling/sampler';
import { simulate, type SimulationHooks } from '../sampling/simulate';
import { accuracyOf, scoreTargets, unscaled } from '../sampling/targetScores';
import { mistakesOf } from './mistakes';

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
  const given = model.read(states);
  const { labels } = given;
  labels.forEach((label, i) => (confusion[truth[i]! * classes.length + label]! += 1));
  const milliseconds = performance.now() - begun;
  const mistakes = mistakesOf(given, examples, data);
  return { rows, accuracy: accuracyOf(labels, truth), confusion, classes, mistakes, milliseconds, effort };
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
