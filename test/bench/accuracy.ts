// Accuracy over seeds 0-9 of NoProp-CT, and of a backprop network of the same size on the same splits.
// Bundle with esbuild and run: node out/test/bench/accuracy.js [data ...] [key=value ...]
import * as tf from '@tensorflow/tfjs-core';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../src/core/experiment';
import { Random } from '../../src/core/random';
import { Adam } from '../../src/trainer/adam';
import { startBackend } from '../../src/trainer/backend';
import { loadData } from '../../src/trainer/data';
import { dense } from '../../src/trainer/dense';
import { nearest } from '../../src/trainer/evaluate';
import { initialWeights } from '../../src/trainer/network';
import { planOf, type Plan } from '../../src/trainer/plan';
import { train } from '../../src/trainer/train';

const words = process.argv.slice(2);
const options = Object.fromEntries(words.filter((w) => w.includes('=')).map((w) => w.split('=') as [string, string]));
const chosen = words.filter((w) => !w.includes('='));
const folder = options.folder ?? 'media/samples';
const seeds = Number(options.seeds ?? 10);

const data: Record<string, object> = {
  digits: { id: 'csv', path: 'digits.csv', label: 'digit' },
  iris: { id: 'csv', path: 'iris.csv', label: 'species' },
  'two-moons': { id: 'two-moons' },
};
const number = (key: string) => (key in options ? { [key]: Number(options[key]) } : {});
const experimentOf = (name: string, seed: number): Experiment =>
  experimentSchema.parse({
    version: 1,
    schedules: [{ id: 'linear-gamma' }],
    data: data[name],
    model: { ...(options.hidden && { hidden: options.hidden.split(',').map(Number) }) },
    training: { ...number('steps'), ...number('batch'), ...number('learningRate'), ...number('weightCap') },
    seed,
  });

/** A softmax network x -> hidden -> classes with the same steps, batch, Adam and learning-rate decay. */
function backprop(plan: Plan): number {
  const { shape, train: rows, test } = plan;

  // The first layer reads x alone: a network of z and time features of length 0 would still take z.
  const weights = initialWeights({ ...shape, timeFeatures: 0, features: shape.features - shape.outputs }, plan.seed);
  const random = Random.stream(plan.seed, 'batches');
  const adam = new Adam(weights);
  const variables = Object.entries(weights).map(([name, values]) => {
    const columns = shape.hidden[Number(name.split('.')[1])] ?? shape.outputs;
    const size = name.endsWith('bias') ? [columns] : [values.length / columns, columns];
    return tf.tidy(() => tf.variable(tf.tensor(values, size)));
  });
  const last = variables.length / 2 - 1;
  const apply = (x: tf.Tensor2D) => {
    let value = x;
    for (let i = 0; i <= last; i++) {
      const [kernel, bias] = [variables[2 * i], variables[2 * i + 1]] as unknown as [tf.Tensor2D, tf.Tensor1D];
      value = dense(value, kernel, bias, i < last ? shape.activation : 'linear', i > 0);
    }
    return value;
  };
  const m = shape.outputs;
  let [order, at] = [random.permutation(rows.n), 0];
  for (let step = 0; step < plan.steps; step++) {
    const ids = Int32Array.from({ length: plan.batch }, () => {
      if (at === rows.n) [order, at] = [random.permutation(rows.n), 0];
      return order[at++]!;
    });
    const x = new Float32Array(plan.batch * shape.features);
    ids.forEach((id, k) => x.set(rows.x.subarray(id * shape.features, (id + 1) * shape.features), k * shape.features));
    let gradients: Float32Array[] = [];
    tf.tidy(() => {
      const loss = () =>
        tf.customGrad((logits) => {
          const slope = (tf.softmax(logits as tf.Tensor2D).dataSync() as Float32Array).slice();
          ids.forEach((id, k) => (slope[k * m + rows.labels[id]!] = slope[k * m + rows.labels[id]!]! - 1));
          const gradient = slope.map((value) => value / plan.batch);
          return { value: tf.scalar(0), gradFunc: () => tf.tensor(gradient, [plan.batch, m]) };
        })(apply(tf.tensor2d(x, [plan.batch, shape.features])));
      const { grads } = tf.variableGrads(loss, variables);
      gradients = variables.map(({ name }) => grads[name]!.dataSync<'float32'>());
    });
    adam.update(weights, gradients, plan.rate(step));
    Object.values(weights).forEach((values, i) => {
      const next = tf.tensor(values, variables[i]!.shape);
      variables[i]!.assign(next);
      next.dispose();
    });
  }
  const labels = tf.tidy(() => nearest(apply(tf.tensor2d(test.x, [test.n, shape.features])).dataSync(), m));
  const right = labels.reduce((sum, label, i) => sum + Number(label === test.labels[i]), 0) / test.n;
  for (const variable of variables) variable.dispose();
  return right;
}

const line = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const error = spread / Math.sqrt(values.length);
  return `${mean.toFixed(4)} ± ${error.toFixed(4)}  [${values.map((value) => value.toFixed(4)).join(' ')}]`;
};

async function main(): Promise<void> {
  await startBackend(options.wasm ?? path.join('node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist'));
  for (const name of chosen.length ? chosen : Object.keys(data)) {
    const [ours, baseline, seconds, speeds]: number[][] = [[], [], [], []];
    for (let seed = 0; seed < seeds; seed++) {
      const experiment = experimentOf(name, seed);
      const plan = planOf(experiment, await loadData(experiment, folder));
      const outcome = await train(plan);
      ours!.push(outcome.testAccuracy);
      seconds!.push(outcome.seconds);
      speeds!.push(outcome.stepsPerSecond);
      if (!options.alone) baseline!.push(backprop(plan));
    }
    console.log(`${name}\n  NoProp-CT  ${line(ours!)}`);
    if (baseline!.length) console.log(`  backprop   ${line(baseline!)}`);
    console.log(`  seconds    ${line(seconds!)}\n  steps/s    ${line(speeds!)}`);
  }
  console.log(`tensors left: ${tf.memory().numTensors}`);
}

void main();
