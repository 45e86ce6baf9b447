import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import type { TrainingProgress } from '../../../src/protocol/progress';
import type { RunRecord, TrainTask } from '../../../src/core/runs/record';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { planTraining } from '../../../src/trainer/training/plan';
import { TrainingPool } from '../../../src/trainer/service/pool/trainingPool';
import { startTrainingThreads, type TrainingThread } from '../../../src/trainer/service/pool/trainingThread';
import { readRunMetrics } from '../../../src/trainer/runs/runFolder';
import { train } from '../../../src/trainer/training/loop';
import { eventually } from '../../harness/wait';

const dist = path.resolve('dist');

const experimentOf = (training: object = {}, rest: object = {}) =>
  experimentSchema.parse({
    version: 1,
    name: 'Blocks',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 300 } },
    model: { id: 'dt', hidden: [24], blocks: 7 },
    training: { steps: 300, batch: 32, ...training },
    ...rest,
  });

describe('trainer: blocks over several threads', function () {
  this.timeout(90_000);
  let runs = '';
  const threads: TrainingThread[] = [];
  const calls: string[] = [];

  /** A pool of real threads; `calls` lists what they are asked. */
  function poolOf(size: number, onProgress?: (progress: TrainingProgress) => void) {
    const start = startTrainingThreads(dist, false);
    return new TrainingPool({
      size,
      onProgress,
      start: (...args) => {
        const thread = start(...args);
        threads.push(thread);
        const call: TrainingThread['call'] = (name, ...rest) => {
          calls.push(name);
          return thread.call(name, ...rest);
        };
        return { ...thread, call };
      },
    });
  }
  const task = (training: object = {}, rest: object = {}): TrainTask => ({
    experiment: experimentOf(training, rest),
    folder: '.',
    runs,
  });
  const file = ({ id }: RunRecord, name: string) => path.join(runs, id, name);
  /** What a run came to: its metrics, and its state and weights byte by byte. */
  const made = async (record: RunRecord) => ({
    loss: record.loss,
    accuracy: record.testAccuracy,
    metrics: await readRunMetrics(path.join(runs, record.id)),
    state: await fs.readFile(file(record, 'state.safetensors')),
    weights: await fs.readFile(file(record, 'weights.safetensors')),
  });

  before(async () => {
    await startBackend(dist);
    runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-team-'));
  });
  afterEach(async () => {
    await Promise.all(threads.splice(0).map((thread) => thread.end()));
    calls.length = 0;
  });
  after(() => fs.rm(runs, { recursive: true }));

  it('blocks in one, two and three threads give the same result, bit for bit', async () => {
    const settings = { steps: 1200, averaging: 0.99, gradientClip: 1, checkpoints: 500, eta: 0.3 };
    const alone = await poolOf(1).train(task(settings));
    assert.equal(alone.state, 'done', alone.message);
    assert.equal(calls.includes('help'), false);
    const wanted = await made(alone);
    const checkpoint = await fs.readFile(file(alone, 'checkpoints/step-500.safetensors'));
    for (const size of [2, 3]) {
      calls.length = 0;
      const record = await poolOf(size).train(task(settings));
      assert.equal(calls.filter((name) => name === 'help').length, size - 1);
      assert.deepEqual(await made(record), wanted);
      assert.deepEqual(await fs.readFile(file(record, 'checkpoints/step-500.safetensors')), checkpoint);
    }
  });

  it('resumes after a stop, with other threads than before, to the same result', async () => {
    const wanted = await made(await poolOf(1).train(task({ steps: 3000 })));
    let seen = 0;
    const pool = poolOf(2, ({ step }) => {
      if (step > seen && calls.includes('help')) void pool.stop();
      seen = step;
    });
    const part = await pool.train(task({ steps: 3000 }));
    assert.equal(part.state, 'stopped');
    assert.ok(part.step > 0 && part.step < 3000, String(part.step));
    const rest = await poolOf(3).train({ ...task(), resume: part.id });
    assert.equal(rest.state, 'done');
    const { metrics, ...others } = await made(rest);
    const { metrics: whole, ...same } = wanted;
    assert.deepEqual(others, same);
    assert.equal(metrics.step.at(-1), whole.step.at(-1));
  });

  it('gives a thread to a training that waits, and takes it back afterwards', async () => {
    const settings = { steps: 20_000 };
    const wanted = await made(await poolOf(1).train(task(settings)));
    calls.length = 0;
    const pool = poolOf(2);
    const shared = pool.train(task(settings));
    await eventually('a helper', () => calls.includes('help'));
    await eventually('steps', () => pool.jobs[0]!.step > 0);
    const other = await pool.train(task({ steps: 100 }, { name: 'Other', model: { id: 'ct', hidden: [8] } }));
    assert.equal(other.state, 'done');
    assert.ok(calls.includes('dismiss'));
    assert.equal(pool.jobs.length, 1, 'the shared training still runs');
    assert.deepEqual(await made(await shared), wanted);
    assert.equal(threads.length, 3, 'one for the reference, two for the pool');
    assert.ok(calls.filter((name) => name === 'help').length >= 2);
  });

  it('gives the same result where a helper dies', async () => {
    const settings = { steps: 5000 };
    const wanted = await made(await poolOf(1).train(task(settings)));
    const pool = poolOf(2);
    const shared = pool.train(task(settings));
    await eventually('a helper', () => calls.includes('help'));
    await eventually('steps', () => pool.jobs[0]!.step > 500);
    await threads[2]!.end();
    const record = await shared;
    assert.equal(record.state, 'done', record.message);
    assert.deepEqual(await made(record), wanted);
  });

  it('a block that diverges ends the run as it does in one thread', async () => {
    const bad = { steps: 2000, learningRate: 1, weightCap: 1e300 };
    const rest = { schedules: [{ id: 'linear-gamma', params: { gammaMin: -15, gammaMax: 300 } }], window: { logSnr: 300 } }; // prettier-ignore
    const experiment = experimentOf(bad, rest);
    const outcome = await train(planTraining(experiment, await loadData(experiment, '.')));
    assert.equal(outcome.state, 'diverged');
    const record = await poolOf(2).train(task(bad, rest));
    assert.deepEqual([record.state, record.message, record.step], ['diverged', outcome.message, outcome.snapshot.step]);
    const alone = await poolOf(1).train(task(bad, rest));
    assert.deepEqual(await made(record), await made(alone));
  });
});
