import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { createSchedule } from '../../../src/core/schedules';
import type { TrainingProgress } from '../../../src/protocol/progress';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { openRun } from '../../../src/trainer/runs/openRun';
import { planTraining } from '../../../src/trainer/training/plan';
import { readRunExperiment, readRunMetrics } from '../../../src/trainer/runs/runFolder';
import { trainRun } from '../../../src/trainer/runs/trainRun';
import { train } from '../../../src/trainer/training/loop';

const experimentOf = (training: object = {}, schedule: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Learned: a test',
    schedules: [{ id: 'learned', params: { gammaMin: -5, gammaMax: 6 }, ...schedule }],
    data: { id: 'two-moons', params: { n: 400 } },
    model: { hidden: [32, 32] },
    training: { steps: 150, batch: 64, learningRate: 0.01, ...training },
    ...rest,
  });
const planFor = async (experiment: Experiment) => planTraining(experiment, await loadData(experiment, '.'));
const weightsOf = (experiment: Experiment) => experiment.schedules[0]!.inputs.weights as readonly number[];

describe('trainer: runs with a learned schedule', function () {
  this.timeout(30_000);
  let runs = '';
  let backend: Awaited<ReturnType<typeof startBackend>>;

  before(async () => {
    backend = await startBackend(path.resolve('dist'));
    runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-learned-'));
  });
  after(() => fs.rm(runs, { recursive: true }));

  for (const scheduleLoss of ['variance', 'gradient'])
    it(`${scheduleLoss}: changes the curve between its ends, stores it with the run, and carries states by it`, async () => {
      const experiment = experimentOf({ scheduleLoss });
      const told: TrainingProgress[] = [];
      const record = await trainRun(
        { experiment, folder: '.', runs },
        { backend, onProgress: (progress) => told.push(progress) },
      );
      assert.equal(record.state, 'done', record.message);
      const { initial, weights, gammaMin, gammaMax } = record.learned!;
      assert.deepEqual(initial, weightsOf(experiment));
      assert.notDeepEqual(weights, initial);
      assert.deepEqual(told.at(-1)!.schedule, weights);
      const run = path.join(runs, record.id);
      const open = await openRun(run);
      open.model.dispose();
      assert.deepEqual(weightsOf(open.experiment), weights);
      assert.deepEqual(weightsOf(await readRunExperiment(run)), initial);
      const { logSnr } = createSchedule('learned', { gammaMin, gammaMax }, { weights });
      assert.deepEqual([logSnr(0), logSnr(1)], [-5, 6]);
      const before = createSchedule('learned', { gammaMin, gammaMax }, { weights: initial });
      assert.ok(Math.abs(logSnr(0.5) - before.logSnr(0.5)) > 0.01);
      const { contributions, shares, loss, variance } = await readRunMetrics(run);
      const last = loss.length - 1;
      const sum = (values: Float32Array) => values.subarray(12 * last).reduce((total, value) => total + value, 0);
      assert.ok(Math.abs(sum(contributions) / loss[last]! - 1) < 1e-3, 'the bins add up to the loss');
      assert.ok(Math.abs(sum(shares) - 1) < 1e-5);
      assert.ok(variance[last]! > 0);
    });

  it('resumes after a stop to the same weights and curve as without it', async () => {
    const plan = await planFor(experimentOf({ steps: 300, averaging: 0.9 }));
    const whole = await train(plan);
    const stopping = new AbortController();
    const part = await train(plan, { signal: stopping.signal, onMetrics: () => stopping.abort() });
    assert.ok(part.snapshot.step > 0 && part.snapshot.step < 300);
    assert.deepEqual((await train(plan, { resume: part.snapshot })).snapshot, whole.snapshot);
  });

  it('predicts with the EMA of the curve where one is kept, as with that of the network, and trains the same without', async () => {
    const plan = await planFor(experimentOf({ averaging: 0.9 }));
    const [one, other] = [plan, { ...plan, experiment: experimentOf() }].map((each) => plan.kind.training(each));
    const raw = () => Float64Array.from(one!.save().state['schedule.weights']!.values);
    const average = raw();
    for (let step = 0; step < 60; step++) {
      const decay = Math.min(0.9, (step + 1) / (step + 10));
      raw().forEach((value, k) => (average[k] = decay * average[k]! + (1 - decay) * value));
      assert.ok(one!.next() && other!.next());
    }
    assert.deepEqual(one!.schedule, average);
    assert.deepEqual(one!.save().weights['schedule.weights']!.values, average);
    assert.notDeepEqual(raw(), average);
    assert.deepEqual(raw(), other!.schedule);
    for (const training of [one!, other!]) training.dispose();
  });

  it('where the loss stops being finite, network and curve keep the weights of the last finite loss', async () => {
    const plan = await planFor(experimentOf());
    const training = plan.kind.training({ ...plan, learningRate: (step) => (step < 5 ? 0.01 : 1e30) });
    const states = [training.save().state];
    while (training.next()) states.push(training.save().state);
    assert.ok(!Number.isFinite(training.loss));
    const [kept, wanted, last] = [training.save().state, states.at(-2)!, states.at(-1)!];
    for (const name of ['schedule.weights', 'weights.layers.0.kernel']) {
      assert.deepEqual(kept[name], wanted[name], name);
      assert.notDeepEqual(kept[name], last[name], name);
    }
    training.dispose();
  });

  it('reduces the variance of the loss over t where that is the objective', async () => {
    const late = async (scheduleLoss: string) => {
      const variances: number[] = [];
      const plan = await planFor(experimentOf({ scheduleLoss, steps: 1500, weightCap: 1e300 }));
      await train(plan, { onMetrics: ({ metrics }) => variances.push(...metrics.variance) });
      const tail = variances.slice(-variances.length / 3).sort((a, b) => a - b);
      return tail[Math.floor(tail.length / 2)]!;
    };
    const [trained, fixed] = [await late('variance'), await late('fixed')];
    assert.ok(trained < fixed / 1.5, `${trained} against ${fixed}`);
  });

  it('uses no cap, and the given curve where that is fixed', async () => {
    const first = async (training: object) => {
      const plan = await planFor(experimentOf({ steps: 1, ...training }));
      return (await train(plan)).snapshot;
    };
    const at = (saved: Awaited<ReturnType<typeof first>>) => saved.weights['schedule.weights']?.values;
    assert.deepEqual(await first({ weightCap: 1 }), await first({ weightCap: 1000 }));
    assert.equal(at(await first({ scheduleLoss: 'fixed' })), undefined);
    assert.notDeepEqual(await first({ scheduleLoss: 'fixed', weightCap: 1 }), await first({ scheduleLoss: 'fixed' }));
  });

  it('refuses settings that would not train it, and says what to do', async () => {
    const cases: [Experiment, RegExp][] = [
      [
        experimentOf({ times: 'importance' }),
        /training\.times must be stratified or uniform .*: got importance, or set/,
      ],
      [
        experimentOf({}, { params: { gammaMax: 16 } }),
        /gammaMax must lie within the window \|log-SNR\| <= 15 .* got 16/,
      ],
      [experimentOf({}, { modifiers: [{ id: 'shift' }] }), /has the modifier shift: take it off/],
    ];
    for (const [experiment, message] of cases) {
      await assert.rejects(planFor(experiment), { name: 'InputError', message });
      await planFor({ ...experiment, training: { ...experiment.training, scheduleLoss: 'fixed' } });
    }
  });
});
