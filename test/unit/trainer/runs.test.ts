import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import type { RunRecord } from '../../../src/core/runs/record';
import { changedSettings } from '../../../src/core/runs/settings';
import { summaryOf } from '../../../src/core/runs/runList';
import type { TrainingProgress } from '../../../src/protocol/progress';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { heapMemory } from '../../../src/trainer/engine/heap';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { deleteRun } from '../../../src/trainer/runs/deleteRun';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import { writeAtomically } from '../../../src/trainer/runs/writeAtomically';
import { planTraining } from '../../../src/trainer/training/plan';
import {
  readRecord,
  readRunExperiment,
  readRunMetrics,
  readTrainingState,
  readWeights,
} from '../../../src/trainer/runs/runFolder';
import { type TrainingSnapshot } from '../../../src/trainer/training/models/trainingState';
import { weightsUnder } from '../../../src/trainer/network/tensors';
import { readTensors, writeTensors } from '../../../src/trainer/runs/safetensors';
import { train } from '../../../src/trainer/training/loop';

const wasm = path.resolve('dist');

const experimentOf = (training: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Moons: a test',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 400 } },
    model: { hidden: [32, 32] },
    training: { steps: 60, batch: 64, learningRate: 0.003, weightCap: 5, ...training },
    ...rest,
  });
const planFor = async (experiment: Experiment) => planTraining(experiment, await loadData(experiment, '.'));

describe('trainer: training and runs', function () {
  this.timeout(30_000);
  let folder = '';

  before(async () => {
    await startBackend(wasm);
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-runs-'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it('reaches 98% on two moons in 3000 steps, and keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    const data = { id: 'two-moons', params: { n: 4000 } }; // 800 rows to test on
    const outcome = await train(await planFor(experimentOf({ steps: 3000 }, { data })));
    assert.equal(outcome.state, 'done');
    assert.ok(outcome.testAccuracy! > 0.98, String(outcome.testAccuracy));
    assert.equal(tf.memory().numTensors, before);
  });

  it('keeps the number of tensors, the heap and the memory over 10,000 steps', async () => {
    const plan = await planFor(experimentOf({ batch: 32 }));
    const training = plan.kind.training(plan);
    const steps = (count: number) => {
      for (let i = 0; i < count; i++) assert.ok(training.next());
    };
    steps(100);
    const [tensors, heap, memory] = [tf.memory().numTensors, heapMemory().buffer.byteLength, process.memoryUsage().rss];
    steps(10_000);
    assert.equal(tf.memory().numTensors, tensors);
    assert.equal(heapMemory().buffer.byteLength, heap);
    assert.ok(process.memoryUsage().rss < memory + 32e6, `${process.memoryUsage().rss - memory} bytes more`);
    training.dispose();
  });

  it('gives the same metrics and weights for the same seed, and others for another', async () => {
    const run = async (seed: number) => {
      const rows: unknown[] = [];
      const outcome = await train(await planFor(experimentOf({}, { seed })), {
        onMetrics: ({ metrics }) =>
          rows.push(...metrics.loss, ...metrics.gradientNorm, ...metrics.bins, ...metrics.testAccuracy),
      });
      return { rows: rows.sort(), weights: outcome.snapshot.weights };
    };
    const [one, two, other] = [await run(1), await run(1), await run(2)];
    assert.deepEqual(one, two);
    assert.notDeepEqual(one.rows, other.rows);
  });

  it('stops between two steps, and resumes to the same weights as without the stop', async () => {
    const plan = await planFor(experimentOf({ steps: 400 }));
    const whole = await train(plan);
    const stopping = new AbortController();
    const part = await train(plan, { signal: stopping.signal, onMetrics: () => stopping.abort() });
    assert.equal(part.state, 'stopped');
    assert.ok(part.snapshot.step > 0 && part.snapshot.step < 400);
    const rest = await train(plan, { resume: part.snapshot });
    assert.deepEqual(rest.snapshot, whole.snapshot);
  });

  it('has warm-up, clipping, weight decay and EMA, and resumes after a stop with all of them', async () => {
    const settings = { steps: 300, warmup: 40, weightDecay: 0.01, gradientClip: 0.5, averaging: 0.99 };
    const plan = await planFor(experimentOf(settings));
    const full = (await planFor(experimentOf({ ...settings, warmup: 0 }))).learningRate;
    [0, 19, 40].forEach((step, i) =>
      assert.ok(Math.abs(plan.learningRate(step) / full(step) - [1 / 41, 20 / 41, 1][i]!) < 1e-12),
    );
    const whole = await train(plan);
    const stopping = new AbortController();
    const part = await train(plan, { signal: stopping.signal, onMetrics: () => stopping.abort() });
    assert.ok(part.snapshot.step < 300);
    assert.deepEqual((await train(plan, { resume: part.snapshot })).snapshot, whole.snapshot);
    const trained = ({ state }: TrainingSnapshot) => weightsUnder(state, 'weights.');
    const without = await train({ ...plan, emaDecay: 0 });
    assert.deepEqual(weightsUnder(without.snapshot.weights, ''), trained(without.snapshot));
    assert.deepEqual(trained(without.snapshot), trained(whole.snapshot), 'the average takes no part in the training');
    assert.deepEqual(weightsUnder(whole.snapshot.state, 'average.'), weightsUnder(whole.snapshot.weights, ''));
    assert.notDeepEqual(trained(whole.snapshot), weightsUnder(whole.snapshot.weights, ''));
    assert.ok(whole.testAccuracy! > 0.8, String(whole.testAccuracy));
  });

  it('stops at a loss that is not finite, says at which step, and keeps finite weights', async () => {
    const plan = await planFor(experimentOf());
    const outcome = await train({ ...plan, learningRate: () => 1e12 });
    assert.equal(outcome.state, 'diverged');
    assert.match(outcome.message!, new RegExp(`step ${outcome.snapshot.step + 1}\\b`));
    for (const values of Object.values(weightsUnder(outcome.snapshot.weights, '')))
      assert.ok(values.every(Number.isFinite));
  });

  it('writes safetensors that read back the same, in the layout of the format', () => {
    const tensors = {
      a: { shape: [2, 3], values: Float32Array.of(1, -0, NaN, 4.5, 1e-40, 6) },
      b: { shape: [], values: Float64Array.of(Math.PI) },
      c: { shape: [0, 4], values: new Int32Array(0) },
      'd.e': { shape: [3], values: Uint8Array.of(1, 2, 255) },
    };
    const bytes = writeTensors({ tensors, metadata: { step: '12' } });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    assert.equal(length % 8, 0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
    assert.deepEqual(header.a, { dtype: 'F32', shape: [2, 3], data_offsets: [8, 32] });
    assert.equal(bytes.length, 8 + length + 8 + 24 + 3);
    assert.deepEqual(readTensors(Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)), {
      tensors,
      metadata: { step: '12' },
    });
    assert.deepEqual(readTensors(bytes), { tensors, metadata: { step: '12' } });
    assert.throws(() => readTensors(bytes.subarray(0, -1)), /do not lie|do not fill/);
    assert.throws(() => readTensors(bytes.subarray(0, 20)), /cut short/);
    assert.throws(() => readTensors(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 65, 65)), /not JSON/);
  });

  it('writes a file completely or not at all', async () => {
    const file = path.join(folder, 'whole.txt');
    await writeAtomically(file, 'first');
    const writes = Array.from({ length: 20 }, (_, i) => writeAtomically(file, String(i).repeat(100_000)));
    for (let i = 0; i < 20; i++) {
      const text = await fs.readFile(file, 'utf8');
      assert.ok(text === 'first' || new RegExp(`^(\\d+?)\\1{99999}$`).test(text));
    }
    await Promise.all(writes);
    await assert.rejects(writeAtomically(path.join(folder, 'none', 'x'), ''));
    assert.deepEqual(
      (await fs.readdir(folder)).filter((name) => name.includes('.tmp')),
      [],
    );
    await fs.rm(file);
  });

  it('stores a run in its folder: record, metrics, weights and state, and evaluates it', async () => {
    const runs = path.join(folder, 'runs');
    const progress: TrainingProgress[] = [];
    const trainer = new TrainerService(wasm, { onProgress: (one) => progress.push(one) });
    const before = tf.memory().numTensors;
    const record = await trainer.call('train', [{ experiment: experimentOf({ steps: 800 }), folder: '.', runs }]);
    assert.equal(record.state, 'done', record.message);
    const run = path.join(runs, record.id);
    assert.deepEqual((await fs.readdir(run)).sort(), ['experiment.json', 'metrics.csv', 'run.json', 'state.safetensors', 'weights.safetensors']); // prettier-ignore
    assert.deepEqual(await readRecord(run), JSON.parse(JSON.stringify(record)));
    assert.deepEqual((await new RunIndex(runs).list()).rows, [
      {
        ...summaryOf(JSON.parse(JSON.stringify(record)) as RunRecord),
        settings: changedSettings(await readRunExperiment(run)),
      },
    ]);
    const metrics = await readRunMetrics(run);
    assert.equal(metrics.step.at(-1), 800);
    assert.equal(metrics.testAccuracy.at(-1), record.testAccuracy);
    assert.deepEqual(
      [...metrics.loss],
      progress.flatMap((one) => [...one.metrics.loss]),
    );
    assert.deepEqual(weightsUnder((await readTrainingState(run)).state, 'weights.'), await readWeights(run));

    const all = { part: 'test', limit: Infinity } as const;
    const evaluation = await trainer.call('evaluate', [run, all]);
    assert.equal(evaluation.accuracy, record.testAccuracy);
    assert.equal(
      evaluation.confusion.reduce((sum, count) => sum + count, 0),
      record.data.testRows,
    );
    const paths = await trainer.call('trajectories', [run, { part: 'test', limit: 7 }]);
    assert.equal(paths.states.length, 7 * 21 * 2);
    const picture = await trainer.call('boundary', [run, 9]);
    assert.equal(picture.labels.length, 21 * 81);
    const [top, bottom] = (await trainer.call('predict', [run, Float64Array.of(0, 1, 1, -0.5)])).labels;
    assert.deepEqual([top, bottom], [0, 1]);
    assert.equal(tf.memory().numTensors, before);

    await deleteRun(run);
    assert.deepEqual((await new RunIndex(runs).list()).rows, []);
    await assert.rejects(deleteRun(folder), /is no run/);
  });

  it('shows a run whose process is gone as interrupted, and resumes it where the data are the same', async () => {
    const runs = path.join(folder, 'resumed');
    const progress: TrainingProgress[] = [];
    const trainer = new TrainerService(wasm, {
      onProgress: (one) => progress.push(one) && void trainer.call('stop', []),
    });
    const experiment = experimentOf({ steps: 600 });
    const stopped = await trainer.call('train', [{ experiment, folder: '.', runs }]);
    assert.equal(stopped.state, 'stopped');
    const run = path.join(runs, stopped.id);
    await writeAtomically(
      path.join(run, 'run.json'),
      JSON.stringify({ ...stopped, state: 'running', process: 2 ** 22 + 1 }),
    );
    assert.equal((await readRecord(run)).state, 'interrupted');
    const mean = Array.from(stopped.data.mean, (value) => value + 1);
    await writeAtomically(path.join(run, 'run.json'), JSON.stringify({ ...stopped, data: { ...stopped.data, mean } }));
    const resume = () =>
      new TrainerService(wasm).call('train', [{ experiment, folder: '.', runs, resume: stopped.id }]);
    await assert.rejects(Promise.resolve(resume()), /the data of Moons: a test have changed since it was trained/);
    await writeAtomically(path.join(run, 'run.json'), JSON.stringify(stopped));
    const done = await resume();
    assert.deepEqual([done.state, done.step, done.id, done.started], ['done', 600, stopped.id, stopped.started]);
    assert.deepEqual(
      await readWeights(run),
      weightsUnder((await train(await planFor(experiment))).snapshot.weights, ''),
    );
  });

  it('refuses bad data with a reason and makes no folder', async () => {
    const runs = path.join(folder, 'refused');
    const experiment = experimentOf({}, { data: { id: 'csv', path: 'missing.csv', label: 'y' } });
    await assert.rejects(
      new TrainerService(wasm).call('train', [{ experiment, folder, runs }]),
      /missing\.csv cannot be read/,
    );
    await assert.rejects(fs.access(runs));
  });
});
