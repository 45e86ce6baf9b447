import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import type { LearnedAt } from '../../../src/core/runs/evaluationResults';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { readTensors } from '../../../src/trainer/runs/safetensors';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { LearnedLive } from '../../../src/trainer/tasks/learnedLive';
import { train } from '../../../src/trainer/training/loop';
import { planTraining } from '../../../src/trainer/training/plan';
import { WeightsRequests, type StepWeights } from '../../../src/trainer/training/weightsRequests';

const wasm = path.resolve('dist');

const experimentOf = (training: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Moons, live',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 300 } },
    model: { hidden: [16, 16] },
    training: { steps: 60, batch: 32, ...training },
    ...rest,
  });

/** The numbers of a result without the time that it took. */
const timeless = (value: object) => ({ ...value, milliseconds: 0 });

describe('trainer: what a model has learned while it trains', function () {
  this.timeout(60_000);
  let runs = '';
  let service: TrainerService;

  before(async () => {
    await startBackend(wasm);
    runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-live-'));
    service = new TrainerService(wasm, { workers: 1 });
  });
  after(() => fs.rm(runs, { recursive: true }));

  const trained = async (experiment: Experiment) => {
    const record = await service.call('train', [{ experiment, folder: '.', runs }]);
    return path.join(runs, record.id);
  };
  const weightsOf = async (run: string): Promise<StepWeights> => ({
    step: 60,
    weights: readTensors(await fs.readFile(path.join(run, 'weights.safetensors'))).tensors,
  });

  for (const [title, training, rest] of [
    ['CT with an EMA', { averaging: 0.9 }, {}],
    [
      'NoProp-DT with a learned embedding',
      {},
      { model: { id: 'dt', blocks: 5, hidden: [8], embedding: { id: 'learned', dimension: 3 } } },
    ],
    ['backpropagation', {}, { model: { id: 'backprop', hidden: [8] } }],
    ['numbers to predict', {}, { data: { id: 'regression', params: { n: 100 } }, model: { hidden: [8] } }],
  ] as const)
    it(`agrees with the evaluation of the end at the same weights: ${title}`, async () => {
      const run = await trained(experimentOf(training, rest));
      const live = await LearnedLive.read(run, 'any');
      const { evaluation, trajectories, boundary } = live.learned(await weightsOf(run), 1e9);
      const rows = { part: 'test', limit: evaluation!.rows } as const;
      assert.deepEqual(timeless(evaluation!), timeless(await service.call('evaluate', [run, rows])));
      assert.equal(boundary === undefined, title === 'numbers to predict');
      if (boundary) assert.deepEqual(boundary, await service.call('boundary', [run, boundary.size]));
      if (trajectories)
        assert.deepEqual(
          trajectories,
          await service.call('trajectories', [run, { part: 'test', limit: trajectories.rows }]),
        );
      assert.equal(trajectories === undefined, title === 'backpropagation');
    });

  it('computes more where there is time, and less where there is not', async () => {
    const run = await trained(experimentOf());
    const live = await LearnedLive.read(run, 'any');
    const weights = await weightsOf(run);
    const size = (allowed: number) => live.learned(weights, allowed).boundary!.size;
    const sizes = [1e9, 1e9, 1e9, 1e-9, 1e-9, 1e-9, 1e-9].map(size);
    const [first, second, more, , , less, least] = sizes as [number, number, number, number, number, number, number];
    assert.equal(second, first); // one time alone may be chance
    assert.ok(more > first && less < sizes[3]! && least <= less, String(sizes));
  });

  it('the weights that are asked for change no bit of the training', async () => {
    const experiment = experimentOf({ steps: 400 });
    const plan = planTraining(experiment, await loadData(experiment, '.'));
    const alone = await train(plan);
    const requests = new WeightsRequests();
    const steps: number[] = [];
    const follow = async () => {
      for (let found = await requests.ask(); found; found = await requests.ask()) steps.push(found.step);
    };
    const followed = follow();
    const watched = await train(plan, { requests });
    requests.end();
    await followed;
    assert.deepEqual(watched.snapshot, alone.snapshot);
    assert.ok(steps.length > 1, String(steps));
    assert.deepEqual(
      steps,
      [...steps].sort((a, b) => a - b),
    );
  });

  it('a run is followed from its first steps to its end, and then there is nothing more', async () => {
    const ended = new AbortController();
    let run = '';
    const watching = new TrainerService(wasm, { workers: 1, onStarted: ({ id }) => (run = path.join(runs, id)) });
    const experiment = experimentOf({ steps: 1500 });
    const done = watching.call('train', [{ experiment, folder: '.', runs }]).finally(() => ended.abort());
    const seen: LearnedAt[] = [];
    while (!ended.signal.aborted) {
      const found = run
        ? await watching.call('learned', [run])
        : await new Promise<undefined>((go) => setTimeout(go, 5));
      if (found) seen.push(found);
    }
    const { state } = await done;
    assert.equal(state, 'done');
    assert.equal(await watching.call('learned', [run]), undefined);
    const steps = seen.map(({ step }) => step);
    assert.ok(steps.length > 1 && steps.every((step, k) => !k || step > steps[k - 1]!), String(steps));
    const shape = ({ boundary, trajectories }: LearnedAt) => [boundary!.labels, trajectories!.states];
    assert.notDeepEqual(shape(seen.at(-1)!), shape(seen[0]!));
  });

  it('tells of the rows that got a wrong class, in the units of the data', async () => {
    const run = await trained(experimentOf({ steps: 1 }));
    const { evaluation } = (await LearnedLive.read(run, 'any')).learned(await weightsOf(run), 1e9);
    const { mistakes, confusion, rows } = evaluation!;
    const right = confusion[0]! + confusion[3]!;
    assert.equal(mistakes!.count, rows - right);
    assert.ok(mistakes!.count > 0);
    const data = await loadData(experimentOf(), '.');
    mistakes!.ids.forEach((id, i) => {
      assert.notEqual(mistakes!.given[i], mistakes!.truth[i]);
      assert.equal(mistakes!.truth[i], data.labels[id]);
      for (const k of [0, 1]) assert.ok(Math.abs(mistakes!.values[2 * i + k]! - data.x[2 * id + k]!) < 1e-5);
    });
  });
});
