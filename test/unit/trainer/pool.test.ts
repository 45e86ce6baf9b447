import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { InputError } from '../../../src/core/registry/problem';
import { groupsOf, seedTasks, spreadOf } from '../../../src/core/runs/groups';
import type { QueueJob } from '../../../src/protocol/queue';
import type { RunRecord, TrainTask } from '../../../src/core/runs/record';
import { TrainingPool, type PoolOptions } from '../../../src/trainer/service/pool/trainingPool';
import { FairQueue } from '../../../src/trainer/service/pool/fairQueue';
import { startTrainingThreads, type TrainingThread } from '../../../src/trainer/service/pool/trainingThread';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import { readRecord, readRunExperiment, readWeights } from '../../../src/trainer/runs/runFolder';
import { eventually } from '../../harness/wait';

const LONG = 1_000_000;

const experimentOf = (name: string, training: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name,
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 200 } },
    model: { hidden: [16] },
    training: { steps: 200, batch: 32, ...training },
    ...rest,
  });

describe('trainer: pool of training threads', function () {
  this.timeout(60_000);
  let runs = '';
  const threads: TrainingThread[] = [];
  const task = (name: string, training: object = {}, rest: object = {}): TrainTask => ({
    experiment: experimentOf(name, training, rest),
    folder: '.',
    runs,
  });

  /** A pool of real threads, which are remembered, and what it told. */
  function poolOf(options: Partial<PoolOptions> = {}) {
    const start = startTrainingThreads(path.resolve('dist'), false);
    const told: (readonly QueueJob[])[] = [];
    const pool = new TrainingPool({
      size: 1,
      start: (...args) => {
        const thread = start(...args);
        threads.push(thread);
        return thread;
      },
      onQueue: (jobs) => told.push(jobs),
      ...options,
    });
    const running = () => pool.jobs.filter(({ state, step }) => state === 'running' && step > 0);
    return { pool, told, running };
  }

  before(async () => (runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-pool-'))));
  afterEach(async () => {
    await Promise.all(threads.splice(0).map((thread) => thread.end()));
    await fs.rm(runs, { recursive: true, force: true });
  });

  it('serves groups in turns, whatever their sizes', () => {
    const queue = new FairQueue<{ group: string; name: string }>();
    const add = (name: string) => queue.add({ group: name[0]!, name });
    const take = () => queue.take()?.name;
    ['a1', 'a2', 'a3', 'b1'].forEach(add);
    assert.equal(take(), 'a1');
    add('c1');
    assert.deepEqual(queue.inOrder().map(({ name }) => name), ['b1', 'c1', 'a2', 'a3']); // prettier-ignore
    assert.equal(take(), 'b1');
    add('b2');
    assert.deepEqual([take(), take(), take(), take(), take()], ['c1', 'a2', 'b2', 'a3', undefined]);
  });

  it('alternates between experiments, and reports what runs and what waits', async () => {
    const started: string[] = [];
    const { pool, told } = poolOf({ onStarted: ({ name, seed }) => started.push(`${name}${seed}`) });
    const tasks = [['A', 0], ['A', 1], ['A', 2], ['B', 0], ['B', 1]] as const; // prettier-ignore
    const ended = tasks.map(([name, seed]) => pool.train(task(name, {}, { seed })));
    const { state, steps, run } = pool.jobs[1]!;
    assert.deepEqual([pool.jobs.length, pool.jobs[0]!.state, state, steps, run], [5, 'running', 'waiting', 200, undefined]); // prettier-ignore
    const records = await Promise.all(ended);
    assert.deepEqual(started, ['A0', 'B0', 'A1', 'B1', 'A2']);
    assert.ok(records.every((record) => record.state === 'done' && record.memory! > 1e6));
    assert.deepEqual(told.at(-1), []);
    assert.ok(told.some((jobs) => jobs[0]?.run === records[3]!.id && jobs.length === 4));
  });

  it('stops a training that waits without a run, and one that runs with its run; the others go on', async () => {
    const { pool, running } = poolOf();
    const [one, two, three] = [
      pool.train(task('One', { steps: LONG })),
      pool.train(task('Two')),
      pool.train(task('Three')),
    ];
    await eventually('it runs', () => running().length === 1);
    const refused = assert.rejects(two, { code: 'left-queue' });
    await pool.stop(pool.jobs.find(({ name }) => name === 'Two')!.id);
    await refused;
    assert.deepEqual(pool.jobs.map(({ name }) => name), ['One', 'Three']); // prettier-ignore
    await pool.stop(running()[0]!.run);
    assert.equal((await one).state, 'stopped');
    assert.equal((await three).state, 'done');
    assert.deepEqual((await new RunIndex(runs).list()).rows.map(({ name }) => name), ['Three', 'One']); // prettier-ignore
  });

  it('a thread that dies interrupts its run alone; the next training has a new thread, and the run goes on', async () => {
    const { pool, running } = poolOf();
    const settings = { steps: 30_000 };
    const whole = await pool.train(task('One', settings));
    const [one, two] = [pool.train(task('One', settings)), pool.train(task('Two'))];
    await eventually('it runs', () => running().length === 1);
    await threads[0]!.end();
    const record = await one;
    assert.equal(record.state, 'interrupted');
    assert.match(record.message!, /^its thread ended with code 1 at step \d+$/);
    const kept = await readRecord(path.join(runs, record.id));
    assert.deepEqual([kept.state, kept.message], ['interrupted', record.message]);
    assert.equal((await two).state, 'done');
    assert.equal(threads.length, 2);
    const rest = await pool.train({ ...task('One'), resume: record.id });
    assert.deepEqual([rest.state, rest.loss, rest.testAccuracy], ['done', whole.loss, whole.testAccuracy]);
  });

  it('the other trainings go on where one thread dies', async () => {
    const { pool, running } = poolOf({ size: 2 });
    const ended = ['One', 'Two'].map((name) => pool.train(task(name, { steps: 20_000 })));
    await eventually('both run', () => running().length === 2);
    await threads[0]!.end();
    assert.deepEqual((await Promise.all(ended)).map(({ state }) => state), ['interrupted', 'done']); // prettier-ignore
    assert.equal((await pool.train(task('Three'))).state, 'done');
  });

  it('a thread that dies before there is a run rejects its training, with the reason', async () => {
    const { pool } = poolOf();
    const one = pool.train(task('One', { steps: LONG }, { data: { id: 'two-moons', params: { n: 20_000 } } }));
    const refused = assert.rejects(one, {
      code: 'closed',
      message: /ended with code \d before the training of One began$/,
    });
    await threads[0]!.end();
    await refused;
    assert.deepEqual([pool.jobs, (await new RunIndex(runs).list()).rows], [[], []]);
  });

  it('a run that is stopped because its process ends is interrupted, with the reason, and goes on', async () => {
    const { pool, running } = poolOf();
    const one = pool.train(task('One', { steps: LONG }));
    await eventually('it runs', () => running().length === 1);
    await pool.stop(undefined, 'VS Code was closed');
    const { id, state, message, step } = await one;
    assert.deepEqual([state, message], ['interrupted', 'VS Code was closed']);
    const kept = await readRecord(path.join(runs, id));
    assert.deepEqual([kept.state, kept.step], ['interrupted', step]);
    const rest = pool.train({ ...task('One'), resume: id });
    await eventually('it goes on', () => running().some((job) => job.step > step));
    await pool.stop();
    assert.equal((await rest).state, 'stopped');
  });

  it('two at once give the same bits as one after the other', async () => {
    const tasks = [task('One', {}, { seed: 4 }), task('Two', { batch: 40 })];
    const train = async (size: number) => {
      const { pool } = poolOf({ size });
      const records = await Promise.all(tasks.map((one) => pool.train(one)));
      return Promise.all(
        records.map(async ({ id, loss }) => ({ loss, weights: await readWeights(path.join(runs, id)) })),
      );
    };
    const after = await train(1);
    assert.equal(threads.length, 1);
    assert.deepEqual(await train(2), after);
    assert.equal(threads.length, 3);
  });

  it('ends a thread that was idle for long, and starts another when it is needed', async () => {
    const { pool } = poolOf({ idle: 50 });
    await pool.train(task('One'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await pool.train(task('Two'))).state, 'done');
    assert.equal(threads.length, 2);
  });

  it('refuses bad data as bad input, and a run that is in the queue already', async () => {
    const { pool, running } = poolOf();
    const bad = pool.train(task('Bad', {}, { data: { id: 'csv', path: 'missing.csv', label: 'y' } }));
    await assert.rejects(
      bad,
      (error) => error instanceof InputError && error.message.includes('missing.csv cannot be read'),
    );
    const long = pool.train(task('Long', { steps: LONG }));
    await eventually('it runs', () => running().length === 1);
    const { run } = running()[0]!;
    await assert.rejects(pool.train({ ...task('Long'), resume: run }), /is in the queue already/);
    await pool.stop();
    assert.equal((await long).state, 'stopped');
  });

  it('several seeds are runs of one group, each with its own seed, with mean and standard error', async () => {
    const { pool } = poolOf();
    const tasks = seedTasks(task('Moons', { seeds: 3, steps: 100 }, { seed: 5 }), 'moons-1');
    const records = await Promise.all(tasks.map((one) => pool.train(one)));
    const [group] = groupsOf((await new RunIndex(runs).list()).rows);
    assert.deepEqual([group!.id, group!.runs.map(({ seed }) => seed)], ['moons-1', [5, 6, 7]]);
    const { n, mean, standardError, values } = group!.test!.spread;
    assert.deepEqual([n, values], [3, records.map((record: RunRecord) => record.testAccuracy)]);
    assert.ok(Math.abs(mean - (values[0]! + values[1]! + values[2]!) / 3) < 1e-15);
    assert.ok(standardError! > 0);
    const again = await readRunExperiment(path.join(runs, records[1]!.id));
    assert.deepEqual([again.seed, again.training.seeds], [6, 1]);
    const alone = await pool.train({ ...task('Alone'), experiment: again });
    assert.deepEqual([alone.loss, alone.testAccuracy], [records[1]!.loss, records[1]!.testAccuracy]);
  });

  it('a spread has the standard error of the mean; one value has none', () => {
    assert.deepEqual(spreadOf([1, undefined, 2, NaN, 3, 4]), { n: 4, mean: 2.5, standardError: Math.sqrt(5 / 3 / 4), values: [1, 2, 3, 4] }); // prettier-ignore
    assert.deepEqual(spreadOf([0.5]), { n: 1, mean: 0.5, values: [0.5] });
    assert.equal(spreadOf([undefined]), undefined);
  });
});
