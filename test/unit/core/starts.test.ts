import assert from 'node:assert/strict';
import { normalQuantile, normalQuantiles } from '../../../src/core/math/normal';
import { Random } from '../../../src/core/math/random';
import { startOf, starts } from '../../../src/core/process/starts';
import { sampleLaw, startStates } from '../../../src/core/process/starts/states';
import { InputError } from '../../../src/core/registry/problem';
import { sigmoid } from '../../../src/core/math/stable';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

describe('starts', () => {
  const place = { n: 40_000, d: 1, logSnr: -0.5, seed: 4 };
  const law = { weights: [1], means: [2], sds: [0] };

  it('normal, zero and exact have their laws', () => {
    const mean = (z: Float64Array) => z.reduce((a, b) => a + b) / z.length;
    const spread = (z: Float64Array) => {
      const middle = mean(z);
      return mean(z.map((value) => (value - middle) ** 2));
    };
    const normal = startStates('normal', { ...place, law });
    close(mean(normal), 0, 0.02);
    close(spread(normal), 1, 0.03);
    assert.ok(startStates('zero', place).every((z) => z === 0));
    const exact = startStates('exact', { ...place, law });
    close(mean(exact), 2 * Math.sqrt(sigmoid(-0.5)), 0.02);
    close(spread(exact), sigmoid(0.5), 0.03);
    assert.deepEqual(startStates('normal', place), startStates('normal', place));
    assert.deepEqual([...startStates('normal', { ...place, n: 5 })], [...startStates('normal', place).subarray(0, 5)]);
    assert.throws(
      () => startOf('x'),
      new InputError(`unknown start "x": choose one of ${starts.map(({ id }) => id).join(', ')}`),
    );
  });

  it('a law is drawn with its weights', () => {
    const z = sampleLaw({ weights: [0.4, 0.6], means: [-1, 1], sds: [0, 0] }, 20_000, Random.stream(2, 'targets'));
    close(z.filter((value) => value === -1).length / z.length, 0.4, 0.015);
  });

  it('normal quantiles', () => {
    // Values of NormalDist().inv_cdf in Python.
    const expected = { 1e-300: -37.0470962993612, 1e-10: -6.361340902404056, 0.01: -2.3263478740408408, 0.3: -0.5244005127080407, 0.9999: 3.7190164854557084 }; // prettier-ignore
    for (const [p, value] of Object.entries(expected)) close(normalQuantile(Number(p)) / value, 1, 1e-15, p);
    assert.deepEqual([0, 0.5, 1].map(normalQuantile), [-Infinity, 0, Infinity]);
    close(normalQuantiles(64).reduce((a, b) => a + b), 0, 1e-13); // prettier-ignore
  });
});
