import assert from 'node:assert/strict';
import path from 'node:path';
import { Random } from '../../../src/core/math/random';
import { kernels, startBackend } from '../../../src/trainer/engine/backend';
import { doubles, ints, type HeapArray } from '../../../src/trainer/engine/heap';
import { activations } from '../../../src/trainer/engine/kernels';
import { stockKernels } from '../../../src/trainer/engine/stock';
import { block, close, compare, random, release, SIZES, ulps } from './kernelSupport';

describe('trainer: losses, optimiser and batches against JavaScript', function () {
  this.timeout(60_000);
  before(() => startBackend(path.resolve('dist')));
  afterEach(release);

  it('computes losses and their gradients row by row', () => {
    for (const rows of SIZES)
      for (const columns of SIZES) {
        const count = rows * columns;
        const [u, z] = [block(random(count, 1)).address, block(random(count, 2)).address];
        const w = block(random(rows, 3).map(Math.abs)).address;
        const labels = ints(rows);
        labels.values.forEach((_, i, all) => (all[i] = (i * 5) % columns));
        const [slope, values] = [block(count), block(rows)];
        const rest = [rows, columns, 0.7, slope.address, values.address] as const;
        for (const weights of [w, 0]) {
          compare('squared error', [slope, values], (one) => one.squaredError(u, z, weights, ...rest));
          compare('cross-entropy', [slope, values], (one) => one.crossEntropy(u, labels.address, weights, ...rest));
        }
        compare('softmax', [slope], (one) => void one.softmax(u, rows, columns, slope.address));
        compare('its slope', [slope], (one) => one.softmaxSlope(u, z, rows, columns, slope.address));
        labels.dispose();
      }
  });

  it('has the gradient of central differences for cross-entropy and softmax W', () => {
    const [rows, classes, width] = [5, 4, 3];
    const one = kernels();
    const logits = block(random(rows * classes, 1));
    const embedding = block(random(classes * width, 2)).address;
    const target = block(random(rows * width, 3)).address;
    const labels = ints(rows);
    labels.values.set([0, 3, 1, 2, 2]);
    const [p, u, slope, dp, values] = [rows * classes, rows * width, rows * width, rows * classes, rows].map(block) as [HeapArray, HeapArray, HeapArray, HeapArray, HeapArray]; // prettier-ignore
    const mixed = () => {
      one.softmax(logits.address, rows, classes, p.address);
      one.multiply(p.address, rows, classes, embedding, width, u.address, 0);
      return one.squaredError(u.address, target, 0, rows, width, 1, slope.address, values.address);
    };
    const entropy = () =>
      one.crossEntropy(logits.address, labels.address, 0, rows, classes, 1, dp.address, values.address);
    const check = (loss: () => number, gradient: Float32Array) =>
      gradient.forEach((found, i) => {
        const at = logits.values[i]!;
        const [above, below] = [1e-2, -1e-2].map((step) => {
          logits.values[i] = at + step;
          return loss();
        });
        logits.values[i] = at;
        assert.ok(Math.abs(found - (above! - below!) / 2e-2) < 1e-3 * Math.max(0.1, Math.abs(found)), `${i}: ${found}`);
      });
    mixed();
    one.multiplyRight(slope.address, rows, width, embedding, classes, dp.address);
    one.softmaxSlope(p.address, dp.address, rows, classes, dp.address);
    check(mixed, dp.values.slice());
    entropy();
    check(entropy, dp.values.slice());
    labels.dispose();
  });

  it('takes steps of Adam and AdamW, keeps an EMA, and sums squares in double precision', () => {
    for (const n of [1, 3, 7, 65, 1001]) {
      const [p, g, m] = [1, 2, 3].map((seed) => block(random(n, seed))) as [HeapArray, HeapArray, HeapArray];
      const [v, previous, mean] = [block(random(n, 4).map(Math.abs)), block(n), block(random(n, 5))];
      for (const [clip, keep] of [
        [1, 1],
        [0.3, 0.99],
      ] as const)
        // prettier-ignore
        compare(`Adam of ${n}`, [p, m, v, previous], (one) =>
          one.adam(p.address, g.address, m.address, v.address, previous.address, n, clip, 0.9, 0.999, 0.01, 1.2, 1e-8, keep),
        );
      compare('average', [mean], (one) => one.average(mean.address, p.address, n, 0.99));
      compare('squares', [], (one) => one.sumSquares(p.address, n), 1e-12);
    }
    const large = block([1e30, 1e-30, 1e30]);
    assert.ok(Math.abs(kernels().sumSquares(large.address, 3) / 2e60 - 1) < 1e-6);
  });

  it('makes the arrays of a batch', () => {
    for (const rows of SIZES)
      for (const columns of [1, 3, 7, 65]) {
        const step = columns + 2;
        const [a, b] = [block(random(rows * columns, 1)).address, block(random(rows * columns, 2)).address];
        const [s, r] = [block(random(rows, 3)).address, block(random(rows, 4)).address];
        const out = block(rows * step);
        const ids = ints(rows);
        ids.values.forEach((_, i, all) => (all[i] = rows - 1 - i));
        compare('mix', [out], (one) => one.mix(s, a, r, b, rows, columns, out.address, step));
        compare('gather', [out], (one) => one.gather(a, ids.address, rows, columns, out.address, step), 0);
        ids.dispose();
      }
    const [times, frequencies] = [doubles(65), doubles(36)];
    for (let i = 0; i < 65; i++) times.values[i] = (i * 5) / 64;
    for (let k = 0; k < 33; k++) frequencies.values[k] = 2 ** (k / 6);
    for (const rows of SIZES)
      for (const count of [1, 2, 3, 5, 7, 16, 17, 65]) {
        const [sines, out] = [Math.ceil(count / 2), block(rows * (count + 1))];
        const rest = [frequencies.address, sines, count - sines, out.address, count + 1] as const;
        compare(`${count} features`, [out], (one) => one.timeFeatures(times.address, rows, ...rest), 3e-7);
      }
    times.dispose();
    frequencies.dispose();
  });

  it('activates, multiplies, and computes marginals and normals of any count', () => {
    const state = ints(16);
    state.values.forEach((_, k, all) => (all[k] = 7 * k + 1));
    const before = state.values.slice();
    for (const n of SIZES) {
      const [a, b] = [block(random(n, 1)), block(random(n, 2))];
      const [out, noise, weight] = [block(n), block(n), block(n)];
      for (const activation of activations.keys()) {
        compare('activation', [a, out], (one) => one.activate(a.address, n, activation, out.address, 0));
        compare('without slopes', [a], (one) => one.activate(a.address, n, activation, 0, 0));
      }
      compare('product', [out], (one) => one.times(a.address, b.address, out.address, n), 0);
      compare('marginals', [out, noise, weight], (one) =>
        one.marginals(a.address, b.address, n, 0.5, out.address, noise.address, weight.address),
      );
      const after: Int32Array[] = [];
      compare('normals', [out], (one) => {
        state.values.set(before);
        one.normals(out.address, n, state.address);
        after.push(state.values.slice());
      });
      assert.deepEqual(after[0], after[1]);
    }
    state.dispose();
  });

  it('computes exp, sigmoid and tanh to a few units in the last place', () => {
    const n = 20_001;
    const x = block(Float32Array.from({ length: n }, (_, i) => -80 + (160 * i) / (n - 1)));
    const near = block(Float32Array.from({ length: n }, (_, i) => -4 + (8 * i) / (n - 1)));
    const [ones, signal, noise, weight] = [block(new Float32Array(n).fill(2)), block(n), block(n), block(n)];
    const { marginals, activate } = kernels();
    marginals(x.address, ones.address, n, Infinity, signal.address, noise.address, weight.address);
    x.values.forEach((g, i) => {
      assert.ok(ulps(weight.values[i]!, Math.exp(g)) <= 2, `exp ${g}`);
      assert.ok(ulps(signal.values[i]!, Math.sqrt(1 / (1 + Math.exp(-g)))) <= 3, `sigmoid ${g}`);
    });
    const [before, slopes] = [near.values.slice(), block(n)];
    activate(near.address, n, activations.indexOf('tanh'), slopes.address, 0);
    before.forEach((value, i) => {
      if (value) assert.ok(ulps(near.values[i]!, Math.tanh(value)) <= 4, `tanh ${value}`);
      assert.ok(Math.abs(slopes.values[i]! - (1 - Math.tanh(value) ** 2)) < 3e-7);
    });
  });

  it('draws normals like the generator in JavaScript: with the right moments, and the same stream in one call or in several', () => {
    const n = 80_000;
    const state = ints(16);
    const seeds = Random.stream(5, 'noise');
    state.values.forEach((_, k, all) => (all[k] = seeds.integer(2 ** 32)));
    const before = state.values.slice();
    const [whole, out] = [block(n), block(n)];
    kernels().normals(whole.address, n, state.address);
    const after = state.values.slice();
    state.values.set(before);
    kernels().normals(out.address, 16, state.address);
    kernels().normals(out.address + 64, n - 16, state.address);
    assert.deepEqual(out.values, whole.values);
    assert.deepEqual(state.values, after);
    state.values.set(before);
    stockKernels.normals(out.address, 1003, state.address);
    close(whole.values.subarray(0, 1003), out.values.subarray(0, 1003), 1e-6, 'normals');
    const moment = (power: number) => whole.values.reduce((sum, value) => sum + value ** power, 0) / n;
    for (const [power, expected, spread] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const)
      // prettier-ignore
      assert.ok(Math.abs(moment(power) - expected) < 4 * Math.sqrt(spread / n), `moment ${power}: ${moment(power)}`);
    const beyond = whole.values.filter((value) => Math.abs(value) > 3).length;
    assert.ok(Math.abs(beyond - 0.0026998 * n) < 4 * Math.sqrt(0.0027 * n), String(beyond));
    state.dispose();
  });
});
