import assert from 'node:assert/strict';
import { modelRows, differenceVerdict, type ModelRun } from '../../../src/core/evaluation';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { withModel } from '../../../src/core/experiment/modelVariant';
import { models, type ModelId } from '../../../src/core/models';
import { modelRuns, modelTasks } from '../../../src/core/runs/modelRuns';
import type { RunRecord } from '../../../src/core/runs/record';
import { summaryOf, type RunSummary } from '../../../src/core/runs/runList';

const run = (seed: number, score: number, rest: Partial<ModelRun> = {}): ModelRun => ({
  seed,
  score,
  parameters: 100,
  seconds: 2,
  ...rest,
});

describe('comparison of models', () => {
  it('has one row per kind in the order of the pickers, and differences from backpropagation paired by seed', () => {
    const rows = modelRows(
      new Map<ModelId, ModelRun[]>([
        ['backprop', [run(0, 0.9), run(1, 0.8), run(2, 0.7)]],
        ['ct', [run(2, 0.73, { calibration: 0.2 }), run(0, 0.91, { evaluations: 20, calibration: 0.1 }), run(1, 0.82)]],
      ]),
    );
    assert.deepEqual(
      rows.map(({ model }) => model),
      ['ct', 'backprop'],
    );
    const [ct, backprop] = rows;
    assert.deepEqual(
      ct!.runs.map(({ seed }) => seed),
      [0, 1, 2],
    );
    assert.ok(Math.abs(ct!.difference!.mean - 0.02) < 1e-12);
    assert.ok(Math.abs(ct!.difference!.high - 0.02 - (4.302652729749 * 0.01) / Math.sqrt(3)) < 1e-9);
    assert.equal(ct!.evaluations, 20);
    assert.ok(Math.abs(ct!.calibration!.mean - 0.15) < 1e-12);
    assert.equal(backprop!.difference, undefined);
    assert.equal(backprop!.calibration, undefined);
  });

  it('says what an interval means', () => {
    assert.equal(differenceVerdict({ n: 3, mean: 0.02, low: 0.01, high: 0.03 }), 'better than backpropagation');
    assert.equal(differenceVerdict({ n: 3, mean: -0.02, low: -0.03, high: -0.01 }), 'worse than backpropagation');
    assert.equal(
      differenceVerdict({ n: 3, mean: 0.02, low: -0.01, high: 0.05 }),
      'not told apart from backpropagation',
    );
    const even = differenceVerdict({ n: 2, mean: -0.02, low: -0.02, high: -0.02 });
    assert.equal(even, 'the same difference in 2 seeds: more are needed for an interval');
    assert.equal(differenceVerdict({ n: 1, mean: 0.02, low: NaN, high: NaN }), 'one seed in common: no interval');
  });

  const record = (id: string, model: ModelId, rest: Partial<RunRecord> = {}, data: object = {}) =>
    summaryOf({
      id,
      model,
      state: 'done',
      seed: 0,
      testAccuracy: 0.9,
      data: { features: ['a', 'b'], classes: ['x', 'y'], trainRows: 80, testRows: 20, mean: [1, 2], ...data },
      ...rest,
    } as RunRecord);
  const ids = (records: RunSummary[]) =>
    Object.fromEntries([...modelRuns(records).runs].map(([id, some]) => [id, some.map((one) => one.id)]));

  it('takes the newest run of each kind with the other seeds of its group', () => {
    const records = [
      record('n3', 'ct', { seed: 1, group: 'g' }),
      record('n2', 'ct', { seed: 0, group: 'g' }),
      record('n1', 'backprop'),
      record('n0', 'ct', { seed: 7 }),
      record('running', 'fm', { state: 'running' }),
    ];
    assert.deepEqual(ids(records), { ct: ['n2', 'n3'], backprop: ['n1'] });
  });

  it('leaves out runs of other data, and says so', () => {
    const other = record('n0', 'fm', {}, { testRows: 30 });
    const split = record('n1', 'dt', {}, { mean: [1, 3] });
    const early = record('n2', 'backprop', {}, { trainRows: 72, validationRows: 8, mean: [1, 2.5] });
    const { runs, otherData: apart } = modelRuns([record('n3', 'ct'), early, split, other]);
    assert.deepEqual([...runs.keys()], ['ct', 'backprop']);
    assert.deepEqual(apart, ['dt', 'fm']);
  });

  const experiment = (rest: object = {}) =>
    experimentSchema.parse({ version: 1, name: 'Four', schedules: [{ id: 'linear-gamma' }], ...rest });

  it('changes only the settings that a kind of model refuses', () => {
    const plain = experiment();
    for (const { id } of models) assert.deepEqual(withModel(plain, id), { ...plain, model: { ...plain.model, id } });
    const exponential = experiment({ integrator: { id: 'exponential-2', steps: 7 }, dynamics: 'community-original' });
    assert.deepEqual(withModel(exponential, 'fm').integrator, { ...exponential.integrator, id: 'heun' });
    assert.equal(withModel(exponential, 'dt').dynamics.id, 'noprop-forward');
    assert.equal(withModel(exponential, 'ct').dynamics.id, 'community-original');
    const softmax = experiment({ model: { prediction: 'softmax' } });
    assert.deepEqual(
      models.map(({ id }) => withModel(softmax, id).model.prediction),
      models.map(({ id }) => (id === 'fm' ? 'regression' : 'softmax')),
    );
    const noisy = experiment({ dynamics: { id: 'lambda-family', noise: true } });
    assert.deepEqual(withModel(noisy, 'dt').dynamics, noisy.dynamics);
  });

  it('queues each kind with each seed; the seeds of a kind are one group', () => {
    const tasks = modelTasks(
      { experiment: experiment({ seed: 3, training: { seeds: 2 } }), folder: '.', runs: 'runs' },
      'now',
    );
    assert.deepEqual(
      tasks.map((task) => [task.experiment.model.id, task.experiment.seed]),
      models.flatMap(({ id }) => [3, 4].map((seed) => [id, seed])),
    );
    assert.equal(new Set(tasks.map(({ group }) => group)).size, 4);
  });
});
