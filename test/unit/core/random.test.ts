import assert from 'node:assert/strict';
import fc from 'fast-check';
import { purposes, Random, type RandomState } from '../../../src/core/math/random';

/** The generator of a seed, where the purpose is of no account. */
const seeded = (seed: number) => Random.stream(seed, 'data');

/** The largest correlation of any two of the streams, over n normals, in standard errors. */
function correlation(streams: readonly Random[], n: number): number {
  const drawn = streams.map((random) => random.normals(new Float64Array(n)));
  let worst = 0;
  for (const [i, x] of drawn.entries())
    for (const y of drawn.slice(0, i)) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += x[k]! * y[k]!;
      worst = Math.max(worst, Math.abs(sum) / Math.sqrt(n));
    }
  return worst;
}

describe('random', () => {
  it('the same seed gives the same numbers, another seed others', () => {
    const draw = (seed: number) => [...seeded(seed).normals(new Float64Array(50))];
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it('gives the same numbers on every machine and in every version', () => {
    const random = Random.stream(1, 'weights', 2);
    const drawn = Array.from({ length: 4 }, () => random.uniform());
    assert.deepEqual(drawn, [0.3859711980263769, 0.11037619359303952, 0.11204562961562836, 0.40272580983915507]);
    assert.equal(Random.stream(4294967295, 'noise').uniform(), 0.11371030393305404);
  });

  it('neighbouring seeds have nothing to do with each other', () => {
    const streams = Array.from({ length: 64 }, (_, seed) => seeded(seed));
    assert.ok(correlation(streams, 10_000) < 4.5);
  });

  it('neither have the purposes of a seed, nor its rows', () => {
    for (const seed of [0, 1, 2, 4294967295]) {
      assert.ok(correlation(purposes.map((purpose) => Random.stream(seed, purpose)), 10_000) < 4.5); // prettier-ignore
      const rows = Array.from({ length: 16 }, (_, row) => Random.stream(seed, 'start', row));
      assert.ok(correlation(rows, 10_000) < 4.5);
    }
  });

  it('the first number of each seed is as uniform as the later ones', () => {
    const n = 100_000;
    const counts = new Int32Array(100);
    for (let seed = 0; seed < n; seed++) {
      const bin = Math.floor(100 * seeded(seed).uniform());
      counts[bin] = counts[bin]! + 1;
    }
    const chi2 = counts.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
    assert.ok(Math.abs(chi2 - 99) < 4.5 * Math.sqrt(2 * 99), String(chi2));
  });

  it('a state saved by an earlier version opens', () => {
    const random = new Random({ words: [-1, -4, 3, 0], spare: 0.25 });
    assert.equal(random.normal(), 0.25);
    assert.equal(random.uniform(), 0.9999999496794667);
  });

  it('a saved state goes on where it was, between the two normals of a pair too', () => {
    for (const before of [0, 1, 2, 5]) {
      const random = seeded(3);
      for (let i = 0; i < before; i++) random.normal();
      const again = new Random(JSON.parse(JSON.stringify(random.state())) as RandomState);
      const next = (one: Random) => [one.normal(), one.normal(), one.uniform(), one.integer(10), ...one.permutation(5)];
      assert.deepEqual(next(again), next(random), `after ${before}`);
    }
  });

  it('normals have mean 0, variance 1, kurtosis 3', () => {
    const n = 200_000;
    const x = seeded(0).normals(new Float64Array(n));
    const moment = (k: number) => x.reduce((sum, value) => sum + value ** k, 0) / n;
    [0, 1, 0, 3].forEach((value, i) => assert.ok(Math.abs(moment(i + 1) - value) < 0.05, `moment ${i + 1}`));
  });

  it('a permutation holds every index once, whole numbers stay in range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 200 }), (seed, n) => {
        const random = seeded(seed);
        assert.deepEqual(
          [...random.permutation(n).sort()],
          Array.from({ length: n }, (_, i) => i),
        );
        const value = random.integer(n);
        assert.ok(Number.isInteger(value) && value >= 0 && value < n);
      }),
    );
  });
});
