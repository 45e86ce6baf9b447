import assert from 'node:assert/strict';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { experimentWindow } from '../../../src/core/experiment/experimentFlow';
import { marginal, priorKl } from '../../../src/core/process/marginals';
import { Random } from '../../../src/core/math/random';
import { createSchedule } from '../../../src/core/schedules';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { medoidTable, oneHotTable } from '../../../src/trainer/training/heads/embedding';
import { HeadedBatches } from '../../../src/trainer/training/batches/headedBatches';
import { type StateBatches } from '../../../src/trainer/training/batches/batches';
import type { HeadShape } from '../../../src/trainer/training/heads/layout';
import { TimedBatches } from '../../../src/trainer/training/batches/timedBatches';
import { LabelBatches } from '../../../src/trainer/training/batches/labelBatches';
import { blockPrefix } from '../../../src/trainer/training/models/blockModel';
import { BlockTraining } from '../../../src/trainer/training/models/blockTraining';
import { FlowBatches } from '../../../src/trainer/training/batches/flowBatches';
import { headShapeOf } from '../../../src/trainer/training/models/headedNetwork';
import type { NetworkTrainer } from '../../../src/trainer/training/models/networkTrainer';
import { SingleNetworkTraining } from '../../../src/trainer/training/models/singleNetworkTraining';
import { planTraining, type TrainingPlan } from '../../../src/trainer/training/plan';
import { answer, crossEntropy, logSum, prediction, square, type Doubles } from './doubleModel';
import { weightsUnder } from '../../../src/trainer/network/tensors';

/** Entries of each named vector that are looked at, half of what central differences move one by, and Adam's beta1. */
const [ENTRIES, STEP, BETA1] = [40, 1e-5, 0.9];
/** The least size that an error is measured against, as a share of the gradient's norm. */
const FLOOR = 1e-2;

const row = (values: ArrayLike<number>, i: number, m: number) =>
  Array.from({ length: m }, (_, j) => values[i * m + j]!);
const partOf = (weights: Doubles, prefix: string): Doubles =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, values]) => [name.slice(prefix.length), values]),
  );

/** The embeddings, trained or not. */
function tableOf(
  plan: TrainingPlan,
  { embedding, classes, dimension }: HeadShape,
  weights: Doubles,
): ArrayLike<number> {
  if (embedding === 'learned') return weights['embedding.table']!;
  return embedding === 'one-hot' ? oneHotTable(classes) : medoidTable(plan.train, classes, dimension);
}

/** The loss of a frozen batch in double precision, written from its definition; `last` for what stands at the ends. */
function statesLoss(plan: TrainingPlan, trainer: NetworkTrainer, own: Doubles, all: Doubles, last: boolean): number {
  const { experiment } = plan;
  const { eta } = experiment.training;
  const { shape } = trainer.network;
  const headed = trainer.batches instanceof HeadedBatches;
  const inner = (trainer.batches instanceof HeadedBatches ? trainer.batches.inner : trainer.batches) as StateBatches;
  const m = shape.states;
  const head = headShapeOf(plan);
  const [size, width] = [inner.size, m + shape.features + shape.timeFeatures];
  const [labels, signal] = [inner.inputs.labels.values, inner.inputs.signal.values];
  const normals = inner.inputs.normals.values;
  const flow = inner instanceof FlowBatches;
  const table = head && tableOf(plan, head, all);
  const window = experimentWindow(experiment);
  const { schedule } = flow ? { schedule: undefined } : (plan.sampler as { schedule: { logSnr(t: number): number } });
  const end = schedule && marginal(schedule.logSnr(window.end));
  let total = 0;
  for (let i = 0; i < size; i++) {
    const clean = table ? row(table, labels[i]!, m) : row(inner.inputs.clean.values, i, m);
    const [s, noise] = [signal[i]!, row(normals, i, m)];
    const spread = flow ? 1 - s : Math.sqrt(1 - s * s);
    const state = clean.map((v, j) => s * v + spread * noise[j]!);
    const input = [...state, ...row(inner.inputs.input.values, i, width).slice(m)];
    const answers = answer(shape, own, input);
    const guess = head && table ? prediction(head, table, answers) : answers;
    const target = flow ? clean.map((v, j) => v - noise[j]!) : clean;
    const weight = flow ? eta : inner.weights!.values[i]!;
    total += weight * square(guess.map((v, j) => v - target[j]!));
    if (!headed || !last || !head || !table) continue;
    if (head.embedding !== 'learned' && head.readout !== 'linear') continue;
    const more = row(normals, size + i, m);
    const z = clean.map((v, j) => (end ? end.signal * v + end.noise * more[j]! : state[j]! + (1 - s) * answers[j]!));
    total += crossEntropy(head, table, all, z, labels[i]!);
    if (head.embedding === 'learned' && schedule)
      total += priorKl(schedule.logSnr(window.start), Float64Array.from(clean), m)[0]!;
  }
  return total / size;
}

function labelLoss(plan: TrainingPlan, { batches, network }: NetworkTrainer, weights: Doubles): number {
  const { labels, targets, inputs, size } = batches as LabelBatches;
  let total = 0;
  for (let i = 0; i < size; i++) {
    const answers = answer(network.shape, weights, row(inputs.input.values, i, plan.features));
    if (targets) total += square(answers.map((v, j) => v - targets.values[i * plan.targetCount + j]!));
    else total += logSum(answers) - answers[labels.values[i]!]!;
  }
  return total / size;
}

/** What the schedule of a frozen batch is trained to make small, under other weights of it, written from its definition. */
function scheduleLossOf(plan: TrainingPlan, trainer: NetworkTrainer, own: Doubles, raw: readonly number[]): number {
  const { params } = plan.experiment.schedules[0]!;
  const { eta, scheduleLoss } = plan.experiment.training;
  const { logSnr, logSnrRate } = createSchedule('learned', params, { weights: raw });
  const { shape } = trainer.network;
  const inner = (trainer.batches instanceof HeadedBatches ? trainer.batches.inner : trainer.batches) as TimedBatches;
  const head = headShapeOf(plan)!;
  const table = tableOf(plan, head, own);
  const [m, width] = [shape.states, shape.states + shape.features + shape.timeFeatures];
  const each = Array.from(inner.inputs.times.values, (t, i) => {
    const clean = row(table, inner.inputs.labels.values[i]!, m);
    const { signal, noise } = marginal(logSnr(t));
    const state = clean.map((v, j) => signal * v + noise * inner.inputs.normals.values[i * m + j]!);
    const u = prediction(
      head,
      table,
      answer(shape, own, [...state, ...row(inner.inputs.input.values, i, width).slice(m)]),
    );
    return (eta / 2) * logSnrRate(t) * Math.exp(logSnr(t)) * square(u.map((v, j) => v - clean[j]!));
  });
  return (scheduleLoss === 'variance' ? square(each) : each.reduce((sum, one) => sum + one, 0)) / inner.size;
}

/** The whole loss of the last step of a training. */
function lossOf(plan: TrainingPlan, training: SingleNetworkTraining | BlockTraining, weights: Doubles): number {
  if (training instanceof SingleNetworkTraining) {
    if (training.batches instanceof LabelBatches) return labelLoss(plan, training, weights);
    return statesLoss(plan, training, weights, weights, true);
  }
  const { blockTrainers } = training;
  return blockTrainers.reduce((sum, { block, trainer }) => {
    const last = block === blockTrainers.length - 1;
    return sum + statesLoss(plan, trainer, partOf(weights, blockPrefix(block)), weights, last);
  }, 0);
}

describe('gradients of every kind of model against central differences', function () {
  this.timeout(120_000);
  before(() => startBackend(path.resolve('dist')));

  const learned = (dimension: number) => ({ id: 'learned', dimension });
  const wave = { id: 'regression', params: { n: 60 } };
  const cases: { model: object; training?: object; data?: object }[] = [
    { model: { id: 'ct', hidden: [5], activation: 'relu' } },
    { model: { id: 'ct', hidden: [6, 6], activation: 'silu', residual: true }, training: { eta: 0.3 } },
    {
      model: { id: 'ct', hidden: [5, 4], activation: 'tanh', prediction: 'softmax' },
      training: { times: 'importance' },
    },
    { model: { id: 'ct', hidden: [5], activation: 'silu', embedding: 'prototype', readout: 'linear' } },
    { model: { id: 'ct', hidden: [5], activation: 'tanh', embedding: 'prototype', prediction: 'softmax' } },
    { model: { id: 'ct', hidden: [4, 5], activation: 'silu', embedding: learned(2) }, training: { eta: 2 } },
    { model: { id: 'ct', hidden: [5], activation: 'relu', embedding: learned(7), readout: 'linear' } },
    { model: { id: 'ct', hidden: [5, 5, 5], activation: 'tanh', residual: true, embedding: learned(3), prediction: 'softmax' } }, // prettier-ignore
    { model: { id: 'ct', hidden: [5], activation: 'silu', embedding: learned(20), prediction: 'softmax', readout: 'linear' } }, // prettier-ignore
    { model: { id: 'dt', blocks: 3, hidden: [5], activation: 'silu' }, training: { eta: 0.5 } },
    { model: { id: 'dt', blocks: 2, hidden: [5, 5], activation: 'tanh', residual: true, prediction: 'softmax', readout: 'linear' } }, // prettier-ignore
    { model: { id: 'dt', blocks: 3, hidden: [5], activation: 'relu', embedding: learned(5) }, training: { eta: 0.5 } },
    { model: { id: 'dt', blocks: 2, hidden: [4], activation: 'silu', embedding: learned(2), prediction: 'softmax', readout: 'linear' } }, // prettier-ignore
    { model: { id: 'fm', hidden: [6], activation: 'silu' }, training: { eta: 0.5 } },
    { model: { id: 'fm', hidden: [5, 5], activation: 'tanh', embedding: learned(3) } },
    { model: { id: 'fm', hidden: [5], activation: 'silu', embedding: learned(4), readout: 'linear' }, training: { eta: 3 } }, // prettier-ignore
    { model: { id: 'fm', hidden: [5], activation: 'relu', embedding: 'prototype', readout: 'linear' } },
    { model: { id: 'backprop', hidden: [5, 5, 5], activation: 'silu', residual: true } },
    { model: { id: 'backprop', hidden: [6], activation: 'relu' }, data: wave },
    { model: { id: 'ct', hidden: [6], activation: 'silu' }, data: wave },
    { model: { id: 'dt', blocks: 2, hidden: [5], activation: 'tanh' }, data: wave },
    { model: { id: 'fm', hidden: [5], activation: 'tanh' }, data: wave },
  ];

  for (const { model, training = {}, data = { id: 'spirals', params: { n: 60 } } } of cases)
    it(`${JSON.stringify({ ...model, ...training })} on ${data === wave ? 'numbers' : 'classes'}`, async () => {
      const experiment = experimentSchema.parse({
        version: 1,
        schedules: [{ id: 'linear-gamma', params: { gammaMin: -2, gammaMax: 3 } }],
        data,
        model: { timeFeatures: 5, ...model },
        training: { batch: 6, steps: 10, ...training },
        ...('id' in model && model.id === 'fm' && { integrator: { id: 'euler', steps: 4 } }),
      });
      const plan = planTraining(experiment, await loadData(experiment, '.'));
      const one = plan.kind.training(plan) as SingleNetworkTraining | BlockTraining;
      const before = Object.fromEntries(
        Object.entries(weightsUnder(one.save().state, 'weights.')).map(([name, v]) => [name, Float64Array.from(v)]),
      );
      assert.ok(one.next());
      const truth = lossOf(plan, one, before);
      assert.ok(Math.abs(one.loss - truth) < 1e-4 * truth, `loss ${one.loss} against ${truth}`);
      // after one step the first moment is the gradient times 1 - beta1
      const found = Object.entries(weightsUnder(one.save().state, 'adam.first.'));
      const slopes = found.map(([name, values]) => [name, values.map((v) => v / (1 - BETA1))] as const);
      const norm = Math.sqrt(slopes.reduce((sum, [, values]) => sum + square([...values]), 0));
      assert.ok(Math.abs(norm - one.gradientNorm) < 1e-4 * norm);
      const random = Random.stream(5, 'data');
      for (const [name, values] of slopes)
        for (const k of random.permutation(values.length).slice(0, ENTRIES)) {
          const at = (delta: number) => {
            const vector = before[name]!.slice();
            vector[k] = vector[k]! + delta;
            return lossOf(plan, one, { ...before, [name]: vector });
          };
          const slope = (at(STEP) - at(-STEP)) / (2 * STEP);
          const size = Math.max(Math.abs(slope), FLOOR * norm);
          assert.ok(Math.abs(values[k]! - slope) < 1e-3 * size, `${name} ${k}: ${values[k]} against ${slope}`);
        }
      one.dispose();
    });

  const headed = { hidden: [5], activation: 'tanh', embedding: learned(3), prediction: 'softmax', readout: 'linear' };
  for (const scheduleLoss of ['variance', 'gradient'])
    for (const model of [{ hidden: [6, 5], activation: 'silu' }, headed])
      it(`the learned schedule, by ${scheduleLoss}, with ${JSON.stringify(model)}`, async () => {
        const experiment = experimentSchema.parse({
          version: 1,
          schedules: [{ id: 'learned', params: { gammaMin: -2, gammaMax: 3 } }],
          data: { id: 'spirals', params: { n: 60 } },
          model: { timeFeatures: 5, ...model },
          training: { batch: 6, steps: 10, eta: 0.5, scheduleLoss },
        });
        const plan = planTraining(experiment, await loadData(experiment, '.'));
        const one = plan.kind.training(plan) as SingleNetworkTraining;
        const { state } = one.save();
        const before = Object.fromEntries(
          Object.entries(weightsUnder(state, 'weights.')).map(([name, v]) => [name, Float64Array.from(v)]),
        );
        assert.ok(one.next());
        const after = one.save().state;
        const raw = Array.from(state['schedule.weights']!.values);
        const value = scheduleLossOf(plan, one, before, raw);
        assert.ok(Math.abs(after['schedule.scale']!.values[0]! / value - 1) < 1e-4);
        // the first step is on the gradient over the objective itself
        const slopes = Array.from(after['schedule.first']!.values, (v) => (v * value) / (1 - BETA1));
        const norm = Math.sqrt(square(slopes));
        slopes.forEach((found, k) => {
          const at = (delta: number) =>
            scheduleLossOf(plan, one, before, raw.map((w, i) => (i === k ? w + delta : w))); // prettier-ignore
          const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
          const size = Math.max(Math.abs(slope), FLOOR * norm);
          assert.ok(Math.abs(found - slope) < 1e-3 * size, `${k}: ${found} against ${slope}`);
        });
        one.dispose();
      });
});
