import * as tf from '@tensorflow/tfjs-core';
import { stockBatch } from './stockBatch';
import { floatsAt, intsAt, type Address } from './heap';
import { activations, type Activation, type Kernels } from './kernels';
import { stockLosses } from './stockLosses';

/** Numbers on the heap as a tensor. They are copied first: making a tensor may grow the heap, and leaves views of it empty. */
const vector = (at: Address, count: number) => tf.tensor1d(floatsAt(at, count).slice());
const matrix = (at: Address, rows: number, columns: number) =>
  tf.tensor2d(floatsAt(at, rows * columns).slice(), [rows, columns]);

/** Computes with tensors, disposes them, and writes the result to the heap. */
function compute(out: Address, work: () => tf.Tensor): void {
  tf.tidy(() => {
    const values = work().dataSync<'float32'>();
    floatsAt(out, values.length).set(values);
  });
}

/** The activation of each element. */
function activate<T extends tf.Tensor>(value: T, activation: Activation): T {
  if (activation === 'relu') return tf.relu(value);
  if (activation === 'tanh') return tf.tanh(value);
  return activation === 'silu' ? tf.mul(value, tf.sigmoid(value)) : value;
}

/** The derivative of an activation. */
function slopeOf(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === 'linear') return tf.onesLike(x);
  if (activation === 'relu') return tf.step(x);
  if (activation === 'tanh') return tf.sub(1, tf.square(tf.tanh(x)));
  const s = tf.sigmoid(x);
  return tf.mul(s, tf.add(1, tf.mul(x, tf.sub(1, s))));
}

interface Layer {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
  readonly activation: Activation;
  readonly residual: boolean;
  readonly places: readonly [kernel: number, bias: number];
}

/** Copies of a network's parameters, layer by layer. */
function readLayers(layers: Address, count: number, parameters: Address): Layer[] {
  const words = intsAt(layers, 6 * count).slice();
  return Array.from({ length: count }, (_, i) => {
    const [inputs, outputs, activation, residual, kernel, bias] = words.subarray(6 * i) as unknown as number[];
    return {
      kernel: matrix(parameters + 4 * kernel!, inputs!, outputs!),
      bias: vector(parameters + 4 * bias!, outputs!),
      activation: activations[activation!]!,
      residual: residual === 1,
      places: [kernel!, bias!],
    };
  });
}

/** What a pass keeps of each layer: its input, the sum before its activation, and its output. */
interface Trace {
  readonly input: tf.Tensor2D;
  readonly sum: tf.Tensor2D;
  readonly value: tf.Tensor2D;
}

/** A forward pass by stock operations. */
function run(layers: readonly Layer[], x: tf.Tensor2D, base?: tf.Tensor2D): Trace[] {
  let input = x;
  return layers.map(({ kernel, bias, activation, residual }, i) => {
    let sum = tf.add<tf.Tensor2D>(tf.matMul(input, kernel), bias);
    if (base && i === 0) sum = tf.add(sum, base);
    const value = residual ? tf.add<tf.Tensor2D>(activate(sum, activation), input) : activate(sum, activation);
    const trace = { input, sum, value };
    input = value;
    return trace;
  });
}

/** A^T, as a matrix of its own: with a transposed operand, tf.matMul leaves XNNPACK for a slow scalar loop. */
const transposed = (a: tf.Tensor2D): tf.Tensor2D => tf.transpose(a);

/** Stock tfjs and JavaScript, for where our own kernels cannot run. Tests check ours against them. */
export const stockKernels: Kernels = {
  variant: 'plain',
  ...stockBatch,
  ...stockLosses,
  multiply: (a, m, k, b, n, c, bias) =>
    compute(c, () => {
      const product = tf.matMul(matrix(a, m, k), matrix(b, k, n));
      return bias ? tf.add(product, vector(bias, n)) : product;
    }),
  multiplyRight: (d, m, n, w, k, x) => compute(x, () => tf.matMul(matrix(d, m, n), transposed(matrix(w, k, n)))),
  multiplyLeft(a, m, k, d, n, w, sums) {
    compute(w, () => tf.matMul(transposed(matrix(a, m, k)), matrix(d, m, n)));
    if (sums) compute(sums, () => tf.sum(matrix(d, m, n), 0));
  },
  activate(values, count, activation, slopes, skip) {
    const name = activations[activation]!;
    const x = () => vector(values, count);
    if (slopes) compute(slopes, () => slopeOf(x(), name));
    compute(values, () => (skip ? tf.add(activate(x(), name), vector(skip, count)) : activate(x(), name)));
  },
  times: (a, b, out, count) => compute(out, () => tf.mul(vector(a, count), vector(b, count))),
  networkSpace: () => 0,
  forward: (layers, count, parameters, input, rows, base, out) =>
    compute(out, () => {
      const read = readLayers(layers, count, parameters);
      const [inputs, width] = read[0]!.kernel.shape;
      const added = base ? matrix(base, rows, width) : undefined;
      return run(read, matrix(input, rows, inputs), added).at(-1)!.value;
    }),
  backward: (layers, count, parameters, input, rows, d, gradients, dInput, columns) =>
    tf.tidy(() => {
      const read = readLayers(layers, count, parameters);
      const traces = run(read, matrix(input, rows, read[0]!.kernel.shape[0]));
      let after = matrix(d, rows, read[count - 1]!.bias.shape[0]);
      for (let i = count - 1; i >= 0; i--) {
        const { kernel, activation, residual, places } = read[i]!;
        const { input: x, sum } = traces[i]!;
        const before = tf.mul<tf.Tensor2D>(after, slopeOf(sum, activation));
        compute(gradients + 4 * places[0], () => tf.matMul(transposed(x), before));
        compute(gradients + 4 * places[1], () => tf.sum(before, 0));
        const below: tf.Tensor2D = tf.matMul(before, transposed(kernel));
        after = residual ? tf.add<tf.Tensor2D>(below, after) : below;
      }
      if (dInput) compute(dInput, () => tf.slice(after, [0, 0], [rows, columns]));
    }),
};
