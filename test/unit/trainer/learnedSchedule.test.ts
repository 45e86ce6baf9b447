import assert from 'node:assert/strict';
import path from 'node:path';
import type { ScheduleLoss } from '../../../src/core/models';
import { Random } from '../../../src/core/math/random';
import { newEntry } from '../../../src/core/schedules/entry';
import { timeSampling } from '../../../src/core/models/timeSamplings';
import { kernels, startBackend } from '../../../src/trainer/engine/backend';
import { floats } from '../../../src/trainer/engine/heap';
import { oneHotTable } from '../../../src/trainer/training/heads/embedding';
import { featureMatrix } from '../../../src/trainer/data/featureMatrix';
import { LearnedSchedule } from '../../../src/trainer/training/optimiser/learnedSchedule';
import { TimedBatches } from '../../../src/trainer/training/batches/timedBatches';
import { initialWeights, Network, type NetworkShape } from '../../../src/trainer/network/network';
import type { Tensors } from '../../../src/trainer/network/tensors';

const SIZE = 16;
const shape: NetworkShape = { features: 3, states: 2, outputs: 2, timeFeatures: 4, hidden: [7, 6], activation: 'silu' };

/** An entry away from its defaults, whose curve bends. */
function entryOf(units: number) {
  const raw = Random.stream(units, 'weights').normals(new Float64Array(1 + 3 * units));
  const entry = newEntry('learned');
  return {
    ...entry,
    params: { gammaMin: -4, gammaMax: 3 },
    inputs: { weights: [...raw].map((value) => Math.round(value * 100) / 50) },
  };
}

/** A schedule, a network and a batch of rows drawn under it, with its backward pass done. */
function frozen(loss: ScheduleLoss, units: number) {
  const schedule = new LearnedSchedule(entryOf(units), loss);
  const n = 40;
  const scales = { mean: new Float64Array(3), scale: new Float64Array(3).fill(1) };
  const source = {
    ...shape,
    x: featureMatrix(
      Random.stream(7, 'data').normals(new Float64Array(3 * n)),
      Int32Array.from(Array(n).keys()),
      scales,
    ),
    targets: { table: oneHotTable(shape.outputs), index: Int32Array.from({ length: n }, (_, i) => i % 2) },
    schedule,
    window: { start: 0, end: 1 },
    weightCap: Infinity,
    sampling: timeSampling('stratified'),
    eta: 1,
  };
  const batch = new TimedBatches(source, SIZE, Random.stream(3, 'batches'));
  const network = new Network(shape, initialWeights(shape, 4));
  const [u, slope, dInput] = [SIZE * 2, SIZE * 2, SIZE * 2].map(floats) as [Block, Block, Block];
  const [errors, gradients] = [floats(SIZE), floats(network.parameters.length)];
  batch.next();
  network.forward(batch.inputs.input.address, SIZE, u.address);
  const places = [batch.targets.address, batch.weights.address, SIZE, 2, 1, slope.address, errors.address] as const;
  kernels().squaredError(u.address, ...places);
  network.backward(batch.inputs.input.address, SIZE, slope.address, gradients.address, dInput.address);
  const rows = {
    size: SIZE,
    outputs: 2,
    times: batch.inputs.times.values,
    errors: errors.values,
    weights: batch.weights.values,
    targets: batch.targets.values,
    noise: batch.inputs.normals.values,
    stateGradient: dInput.values,
  };
  return { schedule, batch, network, rows };
}

type Block = ReturnType<typeof floats>;

/** The objective of the frozen batch under other weights of the schedule, in plain double precision from its definition. */
function objective({ batch, network }: ReturnType<typeof frozen>, weights: Float64Array, loss: ScheduleLoss): number {
  const schedule = new LearnedSchedule({ ...entryOf(1), inputs: { weights: [...weights] } }, loss);
  const parameters = Object.values(network.weights());
  const rows = Array.from({ length: SIZE }, (_, i) => {
    const t = batch.inputs.times.values[i]!;
    const [gamma, rate] = [schedule.logSnr(t), schedule.logSnrRate(t)];
    const alphaBar = 1 / (1 + Math.exp(-gamma));
    const target = [...batch.targets.values.subarray(2 * i, 2 * i + 2)];
    const state = target.map(
      (z, j) => Math.sqrt(alphaBar) * z + Math.sqrt(1 - alphaBar) * batch.inputs.normals.values[2 * i + j]!,
    );
    let value = [
      ...state,
      ...batch.inputs.input.values.subarray(i * batch.inputs.width + 2, (i + 1) * batch.inputs.width),
    ];
    for (let layer = 0; layer < 3; layer++) {
      const [kernel, bias] = [parameters[2 * layer]!, parameters[2 * layer + 1]!];
      value = [...bias].map((b, j) => value.reduce((sum, v, k) => sum + v * kernel[k * bias.length + j]!, b));
      if (layer < 2) value = value.map((v) => v / (1 + Math.exp(-v)));
    }
    return 0.5 * rate * Math.exp(gamma) * value.reduce((sum, u, j) => sum + (u - target[j]!) ** 2, 0);
  });
  return rows.reduce((sum, one) => sum + (loss === 'variance' ? one * one : one), 0) / SIZE;
}

describe('training the learned schedule', () => {
  before(() => startBackend(path.resolve('dist')));

  for (const loss of ['variance', 'gradient'] as const)
    it(`${loss}: every weight has the gradient of central differences on a frozen batch, to 1e-3`, () => {
      for (const units of [1, 4]) {
        const one = frozen(loss, units);
        const { value, gradient: found } = one.schedule.objective(one.rows);
        const plain = objective(one, one.schedule.weights, loss);
        assert.ok(Math.abs(value / plain - 1) < 1e-5, `${value}, ${plain}`);
        const scale = Math.sqrt(found.reduce((sum, g) => sum + g * g, 0));
        found.forEach((g, k) => {
          const at = (delta: number) =>
            objective(one, one.schedule.weights.map((w, i) => (i === k ? w + delta : w)), loss); // prettier-ignore
          const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
          assert.ok(Math.abs(g - slope) <= 1e-3 * Math.max(Math.abs(slope), 0.01 * scale), `${k}: ${g}, ${slope}`);
        });
        one.batch.dispose();
        one.network.dispose();
      }
    });

  it('moves against the gradient, keeps its ends, and resumes from a saved state as if it had never stopped', () => {
    const one = frozen('variance', 4);
    const found = one.schedule.objective(one.rows);
    const before = objective(one, one.schedule.weights, 'variance');
    one.schedule.update(found, 1e-3, 1);
    assert.ok(objective(one, one.schedule.weights, 'variance') < before);
    assert.deepEqual([one.schedule.logSnr(0), one.schedule.logSnr(1)], [-4, 3]);
    const other = new LearnedSchedule(entryOf(4), 'variance', one.schedule.state());
    for (const schedule of [one.schedule, other]) schedule.update(found, 1e-3, 2);
    assert.deepEqual(other.state(), one.schedule.state());
    assert.equal(other.logSnr(0.3), one.schedule.logSnr(0.3));
    one.schedule.update({ ...found, gradient: found.gradient.map(() => NaN) }, 1e-3, 3);
    // Only what it was before the last step, which was none, is another one now.
    const lasting = (state: Tensors) => Object.entries(state).filter(([name]) => name !== 'schedule.previous');
    assert.deepEqual(lasting(other.state()), lasting(one.schedule.state()));
  });

  it('keeps its weights within the limits of the document, however large the steps', () => {
    const one = frozen('gradient', 1);
    for (let step = 1; step < 10; step++)
      one.schedule.update({ value: 1, gradient: Float64Array.of(1, -1, 1, -1) }, 50, step);
    assert.deepEqual([...one.schedule.weights], [-100, 100, -100, 100]);
  });
});
