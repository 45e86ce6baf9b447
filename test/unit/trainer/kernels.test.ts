import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { kernels, startBackend } from '../../../src/trainer/engine/backend';
import { floats, floatsOf, type HeapArray } from '../../../src/trainer/engine/heap';
import { activations, type Kernels } from '../../../src/trainer/engine/kernels';
import { MultilayerPerceptron, type Layer } from '../../../src/trainer/network/multilayerPerceptron';
import { block, compare, random, release, SIZES } from './kernelSupport';

describe('trainer: products and networks against stock tfjs', function () {
  this.timeout(60_000);
  before(() => startBackend(path.resolve('dist')));
  afterEach(() => release());

  it('runs with SIMD here', () => assert.equal(kernels().variant, 'simd'));

  it('multiplies at odd sizes, and computes the gradients', () => {
    for (const m of SIZES)
      for (const k of SIZES)
        for (const n of SIZES) {
          const [a, b, d, bias] = [m * k, k * n, m * n, n].map((length, i) => block(random(length, i)).address);
          const [c, x, w, sums] = [block(m * n), block(m * k), block(k * n), block(n)];
          const size = `${m} x ${k} x ${n}`;
          compare(size, [c], (one) => one.multiply(a!, m, k, b!, n, c.address, bias!));
          compare(size, [c], (one) => one.multiply(a!, m, k, b!, n, c.address, 0));
          compare(size, [x], (one) => one.multiplyRight(d!, m, n, b!, k, x.address));
          compare(size, [w, sums], (one) => one.multiplyLeft(a!, m, k, d!, n, w.address, sums.address));
          release();
        }
  });

  /** Inputs, hidden widths and outputs of networks of 1 to 4 layers: every odd size in every place, and those of use. */
  const networks = [1, 2, 3, 4].flatMap((depth) =>
    SIZES.flatMap((_, k) =>
      // runs of one width, so that layers may be residual, and changing ones
      [0, 1].map((change) =>
        Array.from({ length: depth + 1 }, (_, i) => SIZES[(k + (i === 0 || i === depth ? i : i * change)) % 4]!),
      ),
    ),
  );

  for (const activation of activations)
    it(`runs the forward and the backward pass of networks of 1 to 4 layers with ${activation}`, () => {
      for (const sizes of [...networks, [20, 64, 64, 2]])
        for (const rows of sizes[0] === 20 ? [300] : SIZES) {
          let place = 0;
          const layers = sizes.slice(1).map((outputs, i): Layer => {
            const [inputs, kernel] = [sizes[i]!, place];
            place += (inputs + 1) * outputs;
            const last = i === sizes.length - 2;
            const residual = i > 0 && inputs === outputs;
            return {
              inputs,
              outputs,
              activation: last ? 'linear' : activation,
              residual,
              kernel,
              bias: place - outputs,
            };
          });
          const [first, width, last] = [sizes[0]!, sizes[1]!, sizes.at(-1)!];
          const parameters = block(random(place, 1).map((value) => value / 4));
          const input = block(random(rows * first, 2)).address;
          const base = block(random(rows * width, 3)).address;
          const slope = block(random(rows * last, 4)).address;
          const out = block(rows * last);
          const [gradients, dInput] = [block(place), block(rows * first)];
          const columns = Math.ceil(first / 2);
          const with_ = (one: Kernels, work: (passes: MultilayerPerceptron) => void) => {
            const passes = new MultilayerPerceptron(one, layers, parameters.address);
            work(passes);
            passes.dispose();
          };
          const what = `${rows} rows through ${sizes.join('-')}`;
          compare(what, [out], (one) => with_(one, (net) => net.infer(input, rows, out.address, base)));
          compare(what, [out, gradients, dInput], (one) =>
            with_(one, (net) => {
              net.forward(input, rows, out.address);
              net.backward(input, rows, slope, gradients.address, dInput.address, columns);
            }),
          );
          release();
        }
    });

  it('has the gradient of an activation on the last layer too', () => {
    for (const activation of activations) {
      const layers: Layer[] = [{ inputs: 5, outputs: 7, activation, kernel: 0, bias: 35 }];
      const [parameters, input, slope] = [42, 15, 21].map((length, i): HeapArray => block(random(length, i)));
      const [out, gradients] = [block(21), block(42)];
      compare(activation, [out, gradients], (one) => {
        const net = new MultilayerPerceptron(one, layers, parameters!.address);
        net.forward(input!.address, 3, out.address);
        net.backward(input!.address, 3, slope!.address, gradients.address);
        net.dispose();
      });
    }
  });

  it('refuses a residual layer between unequal sizes', () => {
    const layer: Layer = { inputs: 3, outputs: 4, activation: 'relu', residual: true, kernel: 0, bias: 12 };
    assert.throws(() => new MultilayerPerceptron(kernels(), [layer], 0), /cannot lead from 3 to 4/);
  });

  it('passes NaN on and does not crash', () => {
    const layers: Layer[] = [
      { inputs: 4, outputs: 9, activation: 'silu', kernel: 0, bias: 36 },
      { inputs: 9, outputs: 2, activation: 'linear', kernel: 45, bias: 63 },
    ];
    const [parameters, input, out] = [block(random(65, 1)), block(new Float32Array(12).fill(NaN)), block(6)];
    const [slope, errors, gradients] = [block(6), block(3), block(65)];
    const net = new MultilayerPerceptron(kernels(), layers, parameters.address);
    net.forward(input.address, 3, out.address);
    const target = block(random(6, 2)).address;
    assert.ok(Number.isNaN(kernels().squaredError(out.address, target, 0, 3, 2, 1, slope.address, errors.address)));
    net.backward(input.address, 3, slope.address, gradients.address);
    assert.ok(Number.isNaN(kernels().sumSquares(gradients.address, 65)));
    kernels().softmax(input.address, 3, 4, input.address);
    assert.ok(input.values.every(Number.isNaN));
    net.dispose();
  });

  it('grows its scratch and the heap without losing anything', () => {
    const kept = block(random(100, 1));
    const copy = kept.values.slice();
    const before = tf.memory().numTensors;
    for (const [m, k, n] of [
      [2, 2, 2],
      [600, 900, 700],
      [3, 5, 7],
    ] as const) {
      // prettier-ignore
      const [a, b, c] = [floatsOf(random(m * k, 2)), floatsOf(random(k * n, 3)), floats(m * n)];
      compare(`${m} x ${k} x ${n}`, [c], (one) => one.multiply(a.address, m, k, b.address, n, c.address, 0));
      for (const one of [a, b, c]) one.dispose();
    }
    const huge = floats(2 ** 24);
    assert.deepEqual(kept.values, copy);
    assert.equal(huge.values.at(-1), 0);
    huge.dispose();
    assert.equal(tf.memory().numTensors, before);
    assert.throws(() => floats(2 ** 30), /out of memory/);
    assert.equal(tf.memory().numTensors, before);
  });
});
