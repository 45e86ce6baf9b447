import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/core/math/random';
import { createSchedule } from '../../../src/core/schedules';
import { timeSampling, timeSamplings } from '../../../src/core/models/timeSamplings';
import { kernels, startBackend } from '../../../src/trainer/engine/backend';
import { floats, floatsOf, type HeapArray } from '../../../src/trainer/engine/heap';
import { stockKernels } from '../../../src/trainer/engine/stock';
import { oneHotTable } from '../../../src/trainer/training/heads/embedding';
import { featureMatrix } from '../../../src/trainer/data/featureMatrix';
import { TimedBatches } from '../../../src/trainer/training/batches/timedBatches';
import { BoundNetwork } from '../../../src/trainer/network/boundNetwork';
import { initialWeights, Network, type NetworkShape } from '../../../src/trainer/network/network';
import { type Weights } from '../../../src/trainer/network/tensors';
import { answer, square, type Doubles } from './doubleModel';
import { registerKernels, squaredError, TapedNetwork } from './tape';

const wasm = path.resolve('dist');
const base = { features: 3, states: 2, outputs: 2, timeFeatures: 5 };
const random = (n: number, seed: number) => Random.stream(seed, 'data').normals(new Float32Array(n));

/** A x B in double precision, either operand transposed. */
function product(a: Float32Array, b: Float32Array, n: number, k: number, m: number, ta: boolean, tb: boolean) {
  return Float64Array.from({ length: n * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    let sum = 0;
    for (let p = 0; p < k; p++) sum += a[ta ? p * n + i : i * k + p]! * b[tb ? j * k + p : p * m + j]!;
    return sum;
  });
}

const close = (one: ArrayLike<number>, other: ArrayLike<number>, bound: number) => {
  assert.equal(one.length, other.length);
  for (let i = 0; i < one.length; i++) {
    const gap = Math.abs(one[i]! - other[i]!);
    assert.ok(gap <= bound * Math.max(1, Math.abs(other[i]!)), `${i}: ${one[i]} against ${other[i]}`);
  }
};

describe('trainer: kernels, network and loss', () => {
  const counts = () => [process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection')];
  let listeners: number[] = [];
  before(async () => {
    listeners = counts();
    await startBackend(wasm);
    registerKernels(kernels());
  });

  it('leaves no handler of process errors', () => assert.deepEqual(counts(), listeners));

  it('multiplies by stock operations, transposed or not, at odd sizes', () => {
    for (const [n, k, m] of [
      [1, 1, 1],
      [3, 5, 7],
      [17, 1, 9],
      [33, 90, 13],
      [128, 89, 65],
    ] as const) {
      const [a, b, out] = [random(n * k, 1), random(k * m, 2), floats(n * m)];
      const [left, right] = [floatsOf(a), floatsOf(b)];
      const { multiply, multiplyRight, multiplyLeft } = stockKernels;
      multiply(left.address, n, k, right.address, m, out.address, 0);
      close(out.values, product(a, b, n, k, m, false, false), 2e-5);
      multiplyRight(left.address, n, k, right.address, m, out.address);
      close(out.values, product(a, b, n, k, m, false, true), 2e-5);
      multiplyLeft(left.address, k, n, right.address, m, out.address, 0);
      close(out.values, product(a, b, n, k, m, true, false), 2e-5);
      for (const one of [left, right, out]) one.dispose();
    }
  });

  for (const activation of ['relu', 'silu', 'tanh'] as const)
    it(`has the gradient of central differences with ${activation}`, () => {
      const shape: NetworkShape = { ...base, hidden: [7, 6], activation };
      const weights = initialWeights(shape, 4);
      for (const [name, values] of Object.entries(weights))
        if (name.endsWith('bias')) values.set(random(values.length, 9).map((value) => value / 4));
      const batch = batchOf(shape, 16);
      batch.next();
      const network = new Network(shape, weights);
      const taped = new TapedNetwork(network);
      const { loss, gradients } = passOf(network, batch);
      const found = [...gradients.values];
      assert.ok(Math.abs(loss - lossOf(shape, doublesOf(weights), batch)) < 1e-5 * loss);
      tf.tidy(() => {
        const input = tf.tensor2d(batch.inputs.input.values, [16, batch.inputs.width]);
        const targets = tf.tensor2d(batch.targets.values, [16, 2]);
        const rows = tf.tensor1d(batch.weights.values);
        const { value, grads } = tf.variableGrads(
          () => squaredError(taped.apply(input), targets, rows),
          [...taped.variables],
        );
        assert.ok(Math.abs(value.dataSync()[0]! - loss) < 1e-6 * loss);
        close(
          taped.variables.flatMap(({ name }) => [...grads[name]!.dataSync<'float32'>()]),
          found,
          1e-5,
        );
      });
      const scale = Math.sqrt(found.reduce((sum, g) => sum + g * g, 0));
      let at = 0;
      for (const [name, values] of Object.entries(weights)) {
        for (let k = 0; k < values.length; k += 3) {
          const shiftedLoss = (delta: number) => lossOf(shape, shifted(weights, name, k, delta), batch);
          const slope = (shiftedLoss(1e-5) - shiftedLoss(-1e-5)) / 2e-5;
          assert.ok(Math.abs(found[at + k]! - slope) < 1e-3 * Math.max(Math.abs(slope), 0.01 * scale), `${name} ${k}`);
        }
        at += values.length;
      }
      for (const one of [taped, network, batch, gradients]) one.dispose();
    });

  it('caps the weight, stratifies t, and draws z_t from the exact marginal', () => {
    const shape: NetworkShape = { ...base, timeFeatures: 4, hidden: [4], activation: 'relu' };
    const batch = batchOf(shape, 4000, 5);
    batch.next();
    const weights = batch.weights.values;
    assert.ok(Math.abs(Math.max(...weights) - 2.5) < 1e-6);
    const low = weights.filter((weight) => weight < 2.5).length / 4000;
    assert.ok(Math.abs(low - (5 + Math.log(0.5)) / 10) < 2e-3, 'SNR passes the cap where 10 exp(gamma) = 5');
    const last = batch.inputs.input.values.subarray(3999 * batch.inputs.width, 3999 * batch.inputs.width + 2);
    close(last, batch.targets.values.subarray(3999 * 2), 0.5); // nearly clean at gamma = 5
    const filled = new Int32Array(12);
    batch.bins.forEach((bin) => (filled[bin] = filled[bin]! + 1));
    filled.forEach((count) => assert.ok(Math.abs(count - 4000 / 12) <= 2));
    batch.dispose();
  });

  it('gives every log-SNR the same weight however t is drawn; by importance all rows have one weight', () => {
    const shape: NetworkShape = { ...base, timeFeatures: 4, hidden: [4], activation: 'relu' };
    const n = 40_000;
    const found = timeSamplings.map(({ id }) => {
      const batch = batchOf(shape, n, 5, id);
      batch.next();
      const sums = new Float64Array(12);
      batch.bins.forEach((bin, i) => (sums[bin] = sums[bin]! + batch.weights.values[i]! / n));
      const weights = [...batch.weights.values];
      const spread = weights.reduce((top, w) => Math.max(top, w)) / weights.reduce((low, w) => Math.min(low, w));
      batch.dispose();
      return { id, sums, spread };
    });
    // half of min(10 e^gamma, 5) over a twelfth of [-5, 5], in gamma: the truth
    const bin = (k: number) => {
      const gammas = Array.from({ length: 2000 }, (_, i) => -5 + (10 * (k + (i + 0.5) / 2000)) / 12);
      return gammas.reduce((sum, gamma) => sum + 0.5 * Math.min(10 * Math.exp(gamma), 5), 0) / 2000 / 12;
    };
    for (const { id, sums } of found)
      sums.forEach((sum, k) => assert.ok(Math.abs(sum / bin(k) - 1) < (id === 'uniform' ? 0.1 : 0.02), `${id} ${k}`));
    const spreads = Object.fromEntries(found.map(({ id, spread }) => [id, spread]));
    assert.ok(spreads.importance! < 1.03 && spreads.stratified! > 50, JSON.stringify(spreads));
  });

  it('denoises as the network on the tape, and as stock tfjs', () => {
    const shape: NetworkShape = { ...base, hidden: [7, 6], activation: 'silu' };
    const network = new Network(shape, initialWeights(shape, 1));
    const [x, z] = [random(9, 3), Float64Array.from(random(6, 5))];
    const input = new Float32Array(3 * 10);
    for (let i = 0; i < 3; i++) {
      input.set(z.subarray(2 * i, 2 * i + 2), 10 * i);
      input.set(x.subarray(3 * i, 3 * i + 3), 10 * i + 2);
      input.set(timeFeatures(0.3, 5), 10 * i + 5);
    }
    const bound = new BoundNetwork(network, x, 3);
    const u = new Float64Array(6);
    bound.denoise(z, 3, 2, 0.3, 0, u);
    const taped = new TapedNetwork(network);
    close(u, tf.tidy(() => taped.apply(tf.tensor2d(input, [3, 10])).dataSync()), 1e-5); // prettier-ignore
    const stock = tf.tidy(() => {
      const [w1, b1, w2, b2, w3, b3] = Object.values(network.weights()).map((values) => tf.tensor1d(values));
      const layer = (a: tf.Tensor2D, w: tf.Tensor, b: tf.Tensor) =>
        tf.add<tf.Tensor2D>(tf.matMul(a, tf.reshape(w, [a.shape[1], b.size])), b);
      const silu = (a: tf.Tensor2D) => tf.mul<tf.Tensor2D>(a, tf.sigmoid(a));
      const h1 = silu(layer(tf.tensor2d(input, [3, 10]), w1!, b1!));
      return layer(silu(layer(h1, w2!, b2!)), w3!, b3!).dataSync();
    });
    close(u, stock, 1e-5);
    for (const one of [bound, taped, network]) one.dispose();
  });

  it('the tape has the parameters as they are now, for stock kernels too', () => {
    const shape: NetworkShape = { ...base, hidden: [7], activation: 'relu' };
    const network = new Network(shape, initialWeights(shape, 1));
    const taped = new TapedNetwork(network);
    const product = () => [
      ...tf.tidy(() => tf.matMul(tf.ones([2, 10]), taped.variables[0]! as unknown as tf.Tensor2D)).dataSync(),
    ];
    const before = product();
    network.parameters.values.forEach((value, i, all) => (all[i] = 2 * value));
    close(product(), before.map((value) => 2 * value), 1e-6); // prettier-ignore
    taped.dispose();
    network.dispose();
  });
});

/** The loss of a batch, and the gradients, by the kernels of a training. */
function passOf(network: Network, batch: TimedBatches): { loss: number; gradients: HeapArray } {
  const { outputs } = network.shape;
  const [u, slope, errors] = [batch.size * outputs, batch.size * outputs, batch.size].map(floats);
  const gradients = floats(network.parameters.length);
  const { inputs, targets, weights, size } = batch;
  const { input } = inputs;
  network.forward(input.address, size, u!.address);
  const places = [targets.address, weights.address, size, outputs, 1, slope!.address, errors!.address] as const;
  const loss = kernels().squaredError(u!.address, ...places);
  network.backward(input.address, size, slope!.address, gradients.address);
  for (const block of [u, slope, errors]) block!.dispose();
  return { loss, gradients };
}

/** Sines, then cosines, of frequencies from 1 to 2^3.5 turns, evenly spread in octaves. */
function timeFeatures(t: number, count: number): number[] {
  const sines = Math.ceil(count / 2);
  return Array.from({ length: count }, (_, k) => {
    const angle = 2 * Math.PI * 2 ** ((3.5 * (k % sines)) / (sines - 1)) * t;
    return k < sines ? Math.sin(angle) : Math.cos(angle);
  });
}

function batchOf(shape: NetworkShape, size: number, weightCap = 20, times = 'stratified'): TimedBatches {
  const n = 40;
  const targets = { table: oneHotTable(shape.outputs), index: Int32Array.from({ length: n }, (_, i) => i % 2) };
  const schedule = createSchedule('linear-gamma');
  const scales = { mean: new Float64Array(shape.features), scale: new Float64Array(shape.features).fill(1) };
  const x = featureMatrix(Float64Array.from(random(n * shape.features, 7)), Int32Array.from(Array(n).keys()), scales);
  return new TimedBatches(
    { ...shape, x, targets, schedule, window: { start: 0, end: 1 }, weightCap, sampling: timeSampling(times), eta: 1 },
    size,
    Random.stream(3, 'batches'),
  );
}

const shifted = (weights: Weights, name: string, k: number, delta: number): Doubles => {
  const all = doublesOf(weights);
  all[name]![k] = all[name]![k]! + delta;
  return all;
};

const doublesOf = (weights: Weights): Doubles =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, Float64Array.from(values)]));

/** The loss in plain double precision, written from its definition. */
function lossOf(shape: NetworkShape, weights: Doubles, batch: TimedBatches): number {
  let total = 0;
  for (let i = 0; i < batch.size; i++) {
    const u = answer(shape, weights, [
      ...batch.inputs.input.values.subarray(i * batch.inputs.width, (i + 1) * batch.inputs.width),
    ]);
    const gap = square(u.map((value, j) => value - batch.targets.values[i * shape.outputs + j]!));
    total += (batch.weights.values[i]! * gap) / batch.size;
  }
  return total;
}
