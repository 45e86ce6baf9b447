import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { boundaries } from '../../../src/core/models';
import { InputError } from '../../../src/core/registry/problem';
import { exactStep, snrGain } from '../../../src/core/process/marginals';
import { Random } from '../../../src/core/math/random';
import { createSchedule } from '../../../src/core/schedules';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { samplerOf } from '../../../src/trainer/training/models';
import { type ModelTraining } from '../../../src/trainer/training/models/modelTraining';
import { mergeSnapshots } from '../../../src/trainer/training/models/trainingState';
import { blocksOf } from '../../../src/core/sampling/blocks';
import { planTraining } from '../../../src/trainer/training/plan';
import { sampleEvenly } from '../../../src/trainer/data/examples';
import { simulate } from '../../../src/trainer/sampling/simulate';

const wasm = path.resolve('dist');

const experimentOf = (model: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Blocks',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 400 } },
    training: { steps: 300, batch: 64, learningRate: 0.005 },
    ...rest,
    model: { id: 'dt', hidden: [32], blocks: 5, ...model },
  });
const planFor = async (experiment: Experiment) => planTraining(experiment, await loadData(experiment, '.'));
const steps = (training: ModelTraining, count: number) => {
  for (let k = 0; k < count; k++) assert.ok(training.next());
};
const near = (one: number, other: number, bound: number) =>
  assert.ok(Math.abs(one - other) <= bound * Math.abs(other), `${one} against ${other}`);

describe('trainer: blocks of NoProp-DT', function () {
  this.timeout(60_000);
  let folder = '';

  before(async () => {
    await startBackend(wasm);
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-blocks-'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  for (const { id } of boundaries)
    it(`${id}: blocks fill the window, and their weights are half of the gain in SNR`, () => {
      const rest = { schedules: [{ id: 'cosine' }], window: { logSnr: 9 } };
      const { times, weights } = blocksOf(
        experimentOf({ boundaries: id, blocks: 7 }, { ...rest, training: { weightCap: 1e9 } }),
      );
      const { logSnr } = createSchedule('cosine');
      assert.equal(times.length, 8);
      near(logSnr(times[7]!), 9, 1e-9);
      weights.forEach((weight, k) => {
        assert.ok(times[k + 1]! > times[k]!);
        near(weight, snrGain(logSnr(times[k]!), logSnr(times[k + 1]!)) / 2, 1e-9);
      });
      const gaps = {
        'uniform-t': Array.from(weights, (_, k) => times[k + 1]! - times[k]!),
        'uniform-gamma': Array.from(weights, (_, k) => logSnr(times[k + 1]!) - logSnr(times[k]!)),
        'equal-loss': [...weights],
      }[id];
      gaps.forEach((gap) => near(gap, gaps[0]!, 1e-6));
      const capped = blocksOf(experimentOf({ boundaries: id, blocks: 7 }, { ...rest, training: { weightCap: 2 } }));
      const mean = capped.weights.reduce((sum, weight) => sum + weight, 0);
      assert.ok(mean < 1 && mean > 0.1, 'a cap of 2 leaves less than 1 in all');
    });

  it('blocks that leave no number between their times are refused with the reason', () => {
    const experiment = experimentOf({ boundaries: 'uniform-gamma', blocks: 200 }, { window: { logSnr: 700 }, schedules: [{ id: 'linear-beta' }] }); // prettier-ignore
    assert.throws(() => blocksOf(experiment), /^InputError: the schedule rises so fast that there are only \d+ blocks/);
  });

  it('a block takes the exact step to its end, or with noise a sample of it', async () => {
    for (const noise of [false, true]) {
      const plan = await planFor(experimentOf({}, { dynamics: { id: 'noprop-forward', noise } }));
      const training = plan.kind.training(plan);
      steps(training, 50);
      const { model } = training;
      const rows = sampleEvenly(plan.test, 6);
      const states: Float64Array[] = [];
      simulate(model, plan.sampler, rows, { onStep: (_, z) => states.push(z.slice()) });
      const bound = model.bind(rows.x.rows(0, 6), 6);
      const { times } = plan.sampler;
      const { logSnr } = createSchedule('linear-gamma');
      const noises = Array.from(rows.ids, (id) => Random.stream(plan.seed, 'noise', id));
      assert.equal(states.length, 6);
      for (let k = 0; k < 5; k++) {
        const [from, to] = [logSnr(times[k]!), logSnr(times[k + 1]!)];
        const u = new Float64Array(12);
        bound.denoise(states[k]!, 6, 2, times[k]!, from, u);
        const { fromState, fromTarget, variance } = exactStep(from, to);
        states[k + 1]!.forEach((value, i) => {
          const draw = noise ? Math.sqrt(variance) * noises[i >> 1]!.normal() : 0;
          const expected = fromState * states[k]![i]! + fromTarget * u[i]! + draw;
          assert.ok(Math.abs(value - expected) < 1e-12, `${value} against ${expected}`);
        });
      }
      bound.dispose();
      training.dispose();
    }
  });

  it('ranges of blocks trained apart merge to the whole, bit for bit, whatever the ranges', async () => {
    const plan = await planFor(experimentOf({}, { training: { steps: 40, averaging: 0.9 } }));
    const trained = (blocks?: readonly number[]) => {
      const training = plan.kind.training(plan, { blocks });
      steps(training, 25);
      const { loss, gradientNorm } = training;
      const saved = training.save();
      training.dispose();
      return { loss, norm: gradientNorm, saved };
    };
    const whole = trained();
    const parts = [trained([3, 0]), trained([4]), trained([1, 2])];
    const merged = mergeSnapshots(parts.map(({ saved }) => saved));
    assert.deepEqual(merged, whole.saved);
    near(
      parts.reduce((sum, { loss }) => sum + loss, 0),
      whole.loss,
      1e-12,
    );
    near(Math.hypot(...parts.map(({ norm }) => norm)), whole.norm, 1e-12);
    const again = plan.kind.training(plan, { resume: merged });
    steps(again, 3);
    again.dispose();
    assert.throws(() => mergeSnapshots([whole.saved, { ...whole.saved, step: 3 }]), /steps 25, 3/);
  });

  for (const embedding of ['one-hot', 'learned'])
    it(`${embedding}: where a loss stops being finite, all blocks and what they share keep the weights of the last finite loss`, async () => {
      const plan = await planFor(experimentOf({ embedding }));
      const training = plan.kind.training({ ...plan, learningRate: (step) => (step < 5 ? 0.005 : 1e30) });
      const weights = () =>
        Object.entries(training.save().state).filter(([name]) => name.startsWith('weights.')) as [string, unknown][];
      const states = [weights()];
      while (training.next()) states.push(weights());
      assert.equal(training.step, states.length - 1);
      assert.deepEqual(weights(), states.at(-2));
      assert.notDeepEqual(weights(), states.at(-1));
      assert.equal(
        weights().some(([name]) => name === 'weights.embedding.table'),
        embedding === 'learned',
      );
      training.dispose();
    });

  it('a method that needs u between the blocks, or other steps, is refused with the reason', () => {
    const refused = (rest: object, method: object, message: string | RegExp) =>
      assert.throws(
        () => samplerOf(experimentOf({}, rest), method),
        typeof message === 'string' ? new InputError(message) : message,
      );
    refused({}, { integrator: 'heun' }, 'heun calls u away from the start of a step, and this u exists at its block times only'); // prettier-ignore
    refused({}, { steps: 20 }, 'NoProp-DT takes one step a block: steps must be model.blocks, 5, not 20');
    refused({ dynamics: 'residual' }, {}, /dynamics.id: NoProp-DT samples by the exact step, and exponential-1 needs an integrating factor/); // prettier-ignore
    assert.equal(samplerOf(experimentOf({}, { integrator: { id: 'heun', steps: 50 } })).times.length, 6);
    const flow = (rest: object, method: object = {}) => samplerOf(experimentOf({ id: 'fm' }, rest), method);
    assert.throws(() => flow({ integrator: { id: 'exponential-1' } }), /^InputError: integrator.id: NoProp-FM runs under the dynamics flow-matching, and exponential-1 needs/); // prettier-ignore
    assert.throws(() => flow({}, { dynamics: { id: 'near-end', params: {}, noise: false } }), /flow-matching alone: got near-end/); // prettier-ignore
    for (const grid of ['uniform-gamma', 'karras', 'quadratic', 'uniform-t']) {
      const { times } = flow({ grid });
      assert.ok(times[0] === 0 && times.at(-1) === 1 && times.every((t, k) => k === 0 || t > times[k - 1]!), grid);
    }
  });

  it('integrators are compared on a run: those of blocks with its exact step, those of flow matching with a fine path', async () => {
    const trainer = new TrainerService(wasm);
    const comparison = { integrators: ['euler', 'heun', 'exponential-1'], steps: [8] };
    const compared = async (model: object) => {
      const experiment = experimentOf(model, { comparison });
      const { id } = await trainer.call('train', [{ experiment, folder: '.', runs: folder }]);
      return (await trainer.call('compare', [{ experiment, folder: '.', run: path.join(folder, id) }])).picture;
    };
    const blocks = await compared({});
    assert.match(blocks.reference.source, /exact step at the model's own 5 block times/);
    const row = (picture: typeof blocks, id: string) => picture.rows.find(({ integrator }) => integrator === id)!;
    assert.deepEqual([row(blocks, 'euler').status, row(blocks, 'euler').steps], ['done', 5]);
    assert.equal(row(blocks, 'exponential-1').error, 0);
    assert.match(row(blocks, 'heun').reason, /block times only/);
    const flow = await compared({ id: 'fm' });
    assert.match(flow.problem, /Flow matching\. u has the kinks of ReLU/);
    assert.ok(row(flow, 'heun').error < row(flow, 'euler').error && row(flow, 'heun').accuracy! > 0.7);
    assert.match(row(flow, 'exponential-1').reason, /needs an integrating factor/);
    await assert.rejects(compared({ id: 'backprop' }), /there are no integrators to compare/);
  });
});
