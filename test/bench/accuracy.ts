import * as tf from '@tensorflow/tfjs-core';
import { experimentSchema, type Experiment } from '../../src/core/experiment';
import { Random } from '../../src/core/random';
import { Adam } from '../../src/trainer/adam';
import { kernels, startBackend } from '../../src/trainer/backend';
import { loadData } from '../../src/trainer/data';
import { floats, floatsOf, ints, type Block } from '../../src/trainer/engine/heap';
import { hiddenOf } from '../../src/trainer/models/ct';
import { readOneHot } from '../../src/trainer/models/oneHot';
import { initialWeights, Network } from '../../src/trainer/network';
import { planOf, type Plan } from '../../src/trainer/plan';
import { train } from '../../src/trainer/train';

/** What may be set by key=value. */
type Options = Partial<
  Record<'steps' | 'batch' | 'learningRate' | 'weightCap' | 'hidden' | 'folder' | 'seeds' | 'alone', string>
>;

const data: Record<string, object> = {
  digits: { id: 'csv', path: 'digits.csv', label: 'digit' },
  iris: { id: 'csv', path: 'iris.csv', label: 'species' },
  'two-moons': { id: 'two-moons' },
};

function experimentOf(name: string, seed: number, options: Options): Experiment {
  const knobs = (['steps', 'batch', 'learningRate', 'weightCap'] as const).filter((key) => key in options);
  return experimentSchema.parse({
    version: 1,
    schedules: [{ id: 'linear-gamma' }],
    data: data[name],
    model: { ...(options.hidden && { hidden: options.hidden.split(',').map(Number) }) },
    training: Object.fromEntries(knobs.map((key) => [key, Number(options[key])])),
    seed,
  });
}

/** A softmax network x -> hidden -> classes with the same steps, batch, Adam and learning-rate decay. */
function backprop(plan: Plan): number {
  const { features, classes, train: rows, test } = plan;
  const alone = { ...hiddenOf(plan.experiment), features, states: 0, timeFeatures: 0, outputs: classes };
  const network = new Network(alone, initialWeights(alone, plan.seed));
  const random = Random.stream(plan.seed, 'batches');
  const adam = new Adam(network.parameters);
  const gradients = floats(network.parameters.length);
  const [n, m, d] = [plan.batch, classes, features];
  const [input, logits, slope, values, all] = [n * d, n * m, n * m, n, test.n * m].map((length): Block =>
    floats(length),
  );
  const [ids, labels] = [ints(n), ints(n)];
  const [x, testX] = [floatsOf(rows.x.range(0, rows.n)), floatsOf(test.x.range(0, test.n))];
  const { gather, crossEntropy } = kernels();
  let [order, at] = [random.permutation(rows.n), 0];
  for (let step = 0; step < plan.steps; step++) {
    for (let k = 0; k < n; k++) {
      if (at === rows.n) [order, at] = [random.permutation(rows.n), 0];
      ids.values[k] = order[at++]!;
      labels.values[k] = rows.labels[ids.values[k]!]!;
    }
    gather(x.address, ids.address, n, d, input!.address, d);
    network.forward(input!.address, n, logits!.address);
    crossEntropy(logits!.address, labels.address, 0, n, m, 1, slope!.address, values!.address);
    network.backward(input!.address, n, slope!.address, gradients.address);
    adam.update(gradients, plan.rate(step));
  }
  network.forward(testX.address, test.n, all!.address);
  const guesses = readOneHot(all!.values, m).labels;
  const right = guesses.reduce((sum, label, i) => sum + Number(label === test.labels[i]), 0) / test.n;
  for (const one of [network, adam, gradients, input, logits, slope, values, all, ids, labels, x, testX])
    one!.dispose();
  return right;
}

const line = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const error = spread / Math.sqrt(values.length);
  return `${mean.toFixed(4)} ± ${error.toFixed(4)}  [${values.map((value) => value.toFixed(4)).join(' ')}]`;
};

/**
 * Prints test accuracy over seeds of NoProp-CT, and of a backprop network of the same size on the same splits. Words:
 * names of data sets (all where there are none), and key=value of the training, `seeds`, `folder` and `alone`.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(
    words.filter((word) => word.includes('=')).map((word) => word.split('=')),
  ) as Options;
  const chosen = words.filter((word) => !word.includes('='));
  const folder = options.folder ?? 'media/samples';
  const seeds = Number(options.seeds ?? 10);
  await startBackend('dist');
  for (const name of chosen.length ? chosen : Object.keys(data)) {
    const [ours, baseline, seconds, speeds]: number[][] = [[], [], [], []];
    for (let seed = 0; seed < seeds; seed++) {
      const experiment = experimentOf(name, seed, options);
      const plan = planOf(experiment, await loadData(experiment, folder));
      const outcome = await train(plan);
      ours!.push(outcome.testAccuracy!);
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
