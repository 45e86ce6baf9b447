import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { models } from '../../../src/core/models';
import { InputError } from '../../../src/core/registry/problem';
import { Random } from '../../../src/core/math/random';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { modelKinds, samplerOf } from '../../../src/trainer/training/models';
import type { TrainingSnapshot, TrainingState } from '../../../src/trainer/training/models/trainingState';
import { weightsUnder } from '../../../src/trainer/network/tensors';
import { planTraining, type TrainingPlan } from '../../../src/trainer/training/plan';
import { train } from '../../../src/trainer/training/loop';

const wasm = path.resolve('dist');

const experimentOf = (model: object, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Kinds',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 400 } },
    training: { steps: 60, batch: 32, learningRate: 0.005, ...('training' in rest ? (rest.training as object) : {}) },
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'training')),
    model: { hidden: [16, 16], blocks: 3, ...model },
  });
const planFor = async (experiment: Experiment) => planTraining(experiment, await loadData(experiment, '.'));

const close = (one: ArrayLike<number>, other: ArrayLike<number>, bound: number) => {
  assert.equal(one.length, other.length);
  for (let i = 0; i < one.length; i++)
    assert.ok(
      Math.abs(one[i]! - other[i]!) <= bound * Math.max(1, Math.abs(other[i]!)),
      `${i}: ${one[i]}, ${other[i]}`,
    );
};

/** A copy of a state whose weights are moved by `scale` times a direction. */
function moved(saved: TrainingState, direction: Readonly<Record<string, Float64Array>>, scale: number): TrainingState {
  const entries = Object.entries(saved.state).map(([name, { shape, values }]) => {
    const along = direction[name.replace(/^weights\./, '')];
    const shifted = along && name.startsWith('weights.') ? values.map((v, k) => v + scale * along[k]!) : values;
    return [name, { shape, values: shifted }] as const;
  });
  return { ...saved, state: Object.fromEntries(entries) };
}

describe('trainer: kinds of models', function () {
  this.timeout(60_000);
  let folder = '';

  before(async () => {
    await startBackend(wasm);
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-kinds-'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it('every model of the pickers can be trained', () =>
    assert.deepEqual(
      modelKinds.map(({ id }) => id),
      models.map(({ id }) => id),
    ));

  for (const { id } of models) {
    const odd = { id, residual: true, timeEmbedding: 'fourier', activation: 'silu', timeFeatures: 7 };

    it(`${id}: learns two moons`, async () => {
      const before = tf.memory().numTensors;
      const { state, testAccuracy } = await train(
        await planFor(experimentOf({ id, hidden: [64, 64] }, { training: { steps: 2000, batch: 64 } })),
      );
      assert.equal(state, 'done');
      assert.ok(testAccuracy! > 0.95, String(testAccuracy));
      assert.equal(tf.memory().numTensors, before);
    });

    it(`${id}: the same seed gives the same run bit for bit, another seed another`, async () => {
      const run = async (seed: number) => {
        const losses: number[] = [];
        const outcome = await train(await planFor(experimentOf(odd, { seed })), {
          onMetrics: ({ metrics }) => losses.push(...metrics.loss, ...metrics.gradientNorm),
        });
        return { losses: losses.sort(), saved: outcome.snapshot };
      };
      const one = await run(1);
      assert.deepEqual(await run(1), one);
      assert.notDeepEqual((await run(2)).losses, one.losses);
    });

    it(`${id}: resumes after a stop to the same weights bit for bit`, async () => {
      const plan = await planFor(experimentOf(odd, { training: { steps: 50, averaging: 0.9, weightDecay: 0.01 } }));
      const whole = await train(plan);
      const begun = plan.kind.training(plan);
      for (let k = 0; k < 20; k++) assert.ok(begun.next());
      const part = begun.save();
      begun.dispose();
      // The model alone was saved here, without the metrics of its steps.
      const ofModel = ({ state, ...rest }: TrainingSnapshot) => ({
        ...rest,
        state: Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith('metrics.'))),
      });
      assert.deepEqual(ofModel((await train(plan, { resume: part })).snapshot), ofModel(whole.snapshot));
    });

    it(`${id}: the gradient of its loss is that of central differences`, async () => {
      const plan = await planFor(experimentOf({ ...odd, timeEmbedding: 'sinusoidal' }));
      const training = plan.kind.training(plan);
      const start = training.save();
      assert.ok(training.next());
      const after = training.save();
      training.dispose();
      // after one step the first moment is a tenth of the gradient
      const gradient = Object.entries(weightsUnder(after.state, 'adam.first.')).map(
        ([name, values]) => [name, Float64Array.from(values, (value) => 10 * value)] as const,
      );
      const norm = Math.hypot(...gradient.flatMap(([, values]) => [...values]));
      assert.ok(Math.abs(norm / training.gradientNorm - 1) < 1e-5);
      const lossAt = (saved: TrainingState) => {
        const one = plan.kind.training(plan, { resume: saved });
        one.next();
        const { loss } = one;
        one.dispose();
        return loss;
      };
      // along the gradient, and along that of each layer's kernel and bias alone
      const parts = [...gradient.map((_, k) => [k]), gradient.map((_, k) => k)];
      for (const chosen of parts) {
        const named = chosen.map((k) => gradient[k]!);
        const size = Math.hypot(...named.flatMap(([, values]) => [...values]));
        if (size < 1e-3 * norm) continue;
        const direction = Object.fromEntries(named.map(([name, values]) => [name, values.map((v) => v / size)]));
        const step = 0.01;
        const slope = (lossAt(moved(start, direction, step)) - lossAt(moved(start, direction, -step))) / (2 * step);
        assert.ok(Math.abs(slope / size - 1) < 1e-3, `${Object.keys(direction).join()}: ${slope} against ${size}`);
      }
    });

    it(`${id}: its predictions are those of stock tfjs' forward pass`, async () => {
      const plan = await planFor(experimentOf(odd));
      const training = plan.kind.training(plan);
      for (let k = 0; k < 5; k++) training.next();
      const { state } = training.save();
      const [n, x] = [5, plan.test.x.rows(0, 5)];
      const bound = training.model.bind(x, n);
      const z = Random.stream(1, 'data').normals(new Float64Array(n * 2));
      const { times } = samplerOf(plan.experiment);
      const t = times[times.length > 1 ? 1 : 0]!;
      const found = new Float64Array(n * 2);
      bound.denoise(z, n, 2, t, 0, found);
      close(found, stockAnswer(plan, weightsUnder(state, `weights.${id === 'dt' ? 'blocks.1.' : ''}`), z, x, t), 1e-5);
      bound.dispose();
      training.dispose();
    });

    it(`${id}: a run is stored, opened and evaluated`, async () => {
      const trainer = new TrainerService(wasm);
      const before = tf.memory().numTensors;
      const experiment = experimentOf(odd, { training: { steps: 300 } });
      const record = await trainer.call('train', [{ experiment, folder: '.', runs: folder }]);
      assert.deepEqual([record.state, record.model], ['done', id], record.message);
      const run = path.join(folder, record.id);
      const evaluation = await trainer.call('evaluate', [run, { part: 'test', limit: 1000 }]);
      assert.equal(evaluation.accuracy, record.testAccuracy);
      const { labels, outputs } = await trainer.call('predict', [run, Float64Array.of(0, 1, 1, -0.5)]);
      assert.equal(labels.length, outputs.length / 2);
      const steps = { ct: 20, fm: 20, dt: 3, backprop: 0 }[id];
      assert.equal((await trainer.call('boundary', [run, 5])).times.length, steps + 1);
      const paths = async () => trainer.call('trajectories', [run, { part: 'test', limit: 3 }]);
      if (id !== 'backprop') assert.equal((await paths()).states.length, 3 * (steps + 1) * 2);
      else
        await assert.rejects(
          paths,
          new InputError(
            'Backpropagation answers in one pass, without a path from noise to data: there are no trajectories',
          ),
        );
      assert.equal(tf.memory().numTensors, before);
    });
  }
});

/** u, v or the probabilities of an experiment's network by stock tfjs. */
function stockAnswer(
  plan: TrainingPlan,
  weights: Record<string, Float32Array>,
  z: Float64Array,
  x: Float32Array,
  t: number,
) {
  const { id, timeFeatures } = plan.experiment.model;
  const random = Random.stream(plan.seed, 'weights', 2 ** 32 - 1);
  const sines = Math.ceil(timeFeatures / 2);
  const turns = Array.from(random.normals(new Float64Array(sines)), (value) => 2 * Math.PI * 4 * value * t);
  const features = [...turns.map(Math.sin), ...turns.slice(0, timeFeatures - sines).map(Math.cos)];
  const n = x.length / 2;
  const input = Array.from({ length: n }, (_, i) => [
    ...(id === 'backprop' ? [] : z.subarray(2 * i, 2 * i + 2)),
    ...x.subarray(2 * i, 2 * i + 2),
    ...(id === 'ct' || id === 'fm' ? features : []),
  ]);
  return tf.tidy(() => {
    let value: tf.Tensor2D = tf.tensor2d(input);
    for (let layer = 0; layer < 3; layer++) {
      const [kernel, bias] = [weights[`layers.${layer}.kernel`]!, weights[`layers.${layer}.bias`]!];
      const sum: tf.Tensor2D = tf.add(
        tf.matMul(value, tf.tensor2d(kernel, [kernel.length / bias.length, bias.length])),
        tf.tensor1d(bias),
      );
      const active: tf.Tensor2D = layer < 2 ? tf.mul(sum, tf.sigmoid(sum)) : sum;
      value = layer === 1 ? tf.add(active, value) : active;
    }
    return (id === 'backprop' ? tf.softmax(value) : value).dataSync();
  });
}
