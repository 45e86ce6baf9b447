import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { applyChange } from '../../src/core/experiment/applyChange';
import { readExperiment } from '../../src/core/experiment/document';
import { integrators } from '../../src/core/integrators';
import { startBackend } from '../../src/trainer/engine/backend';
import { loadData } from '../../src/trainer/data/load';
import { samplerOf } from '../../src/trainer/training/models';
import { weightsUnder } from '../../src/trainer/network/tensors';
import { planTraining } from '../../src/trainer/training/plan';
import { sampleEvenly } from '../../src/trainer/data/examples';
import { simulate } from '../../src/trainer/sampling/simulate';
import { train } from '../../src/trainer/training/loop';
import { startPython } from './python';
import { quantiles } from './quantiles';

/** Rounds that count, every method and PyTorch taking turns in each; and one before them. */
const ROUNDS = 5;

/** Test rows that are carried, and the steps of the training before. */
const [ROWS, TRAINING] = [200, 1500];

const COUNTS = [4, 8, 16, 32, 64, 128];

/** Calls of PyTorch's network in its turn. */
const CALLS = 300;

const SAMPLES = 'media/samples';

/** Prints milliseconds and accuracy of every method at every step count on a model of the digits, and of one call of u beside PyTorch's (python=PATH). */
export async function run(words: readonly string[]): Promise<void> {
  const python = words.find((word) => word.startsWith('python='))?.slice('python='.length) ?? 'python3';
  await startBackend('dist');
  const file = path.join(SAMPLES, 'digits.noprop.json');
  const set = (key: string, value: unknown) => (text: string) => applyChange(text, { path: key.split('.'), value });
  const sample = await readFile(file, 'utf8');
  const experiment = readExperiment(set('training.steps', TRAINING)(sample), file);
  const plan = planTraining(experiment, await loadData(experiment, SAMPLES));
  const model = plan.kind.open(plan, weightsUnder((await train(plan)).snapshot.weights, ''));
  const rows = sampleEvenly(plan.test, ROWS);
  const tasks = integrators.flatMap(({ id, kind }) =>
    COUNTS.map((steps) => {
      const noise = kind === 'sde';
      const dynamics = { id: noise ? 'noprop-forward' : 'probability-flow', params: {}, noise };
      const sampler = samplerOf({ ...experiment, dynamics, integrator: { ...experiment.integrator, id, steps } });
      return { id, steps, sampler, ms: [] as number[], calls: 0, accuracy: 0 };
    }),
  );
  const { hidden, activation, timeFeatures } = experiment.model;
  const torch = await startPython(
    'pytorchEvaluation.py',
    [ROWS, model.m, model.features, timeFeatures, activation, ...hidden],
    python,
  );
  const theirs: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    for (const task of tasks) {
      const begun = performance.now();
      const z = simulate(model, task.sampler, rows, { onDone: (calls) => (task.calls = calls) });
      const ms = performance.now() - begun;
      if (round >= 0) task.ms.push(ms);
      const { labels } = model.read(z);
      task.accuracy = labels.reduce((sum, label, i) => sum + Number(label === rows.labels[i]), 0) / rows.n;
    }
    const ms = await torch?.turn(CALLS);
    if (round >= 0 && ms !== undefined) theirs.push(ms);
  }
  torch?.stop();
  model.dispose();
  const size = `${model.m} + ${model.features} + ${timeFeatures} -> ${hidden.join(' -> ')} -> ${model.m}`;
  console.log(`  ${ROWS} test rows of the digits, ${size}, trained for ${TRAINING} steps; medians of ${ROUNDS} interleaved runs, ms (accuracy, %)`); // prettier-ignore
  console.log(`  method          ${COUNTS.map((steps) => `N = ${steps}`.padStart(16)).join('')}`);
  for (const { id } of integrators) {
    const cells = tasks
      .filter((task) => task.id === id)
      .map(({ ms, accuracy }) => `${quantiles(ms).median.toFixed(1)} (${(100 * accuracy).toFixed(1)})`.padStart(16));
    console.log(`  ${id.padEnd(16)}${cells.join('')}`);
  }
  const ours = Array.from(
    { length: ROUNDS },
    (_, round) => tasks.reduce((sum, { ms }) => sum + ms[round]!, 0) / tasks.reduce((sum, { calls }) => sum + calls, 0),
  );
  const told = (name: string, list: readonly number[]) =>
    console.log(`  ${name.padEnd(16)} ${quantiles(list).median.toFixed(4)} ms an evaluation   (${list.map((ms) => ms.toFixed(4)).join(' ')})`); // prettier-ignore
  told('ours, all methods', ours);
  if (torch) told(torch.version, theirs);
  else console.log(`  ${python} has no PyTorch to race against; python=PATH names another`);
}
