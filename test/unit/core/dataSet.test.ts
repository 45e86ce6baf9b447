import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { createDenoiser, dataSetU, denoiserFamily, type CleanData, type PointSet } from '../../../src/core/denoisers';
import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { integrate } from '../../../src/core/integrators';
import { InputError } from '../../../src/core/registry/problem';
import { Random } from '../../../src/core/math/random';
import { sigmoid } from '../../../src/core/math/stable';
import { samplePoints } from '../../../src/core/process/starts/states';
import { cleanData } from '../../../src/trainer/data/load';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const normals = (count: number, seed: number) => Random.stream(seed, 'data').normals(new Float64Array(count));

const at = (set: PointSet, z: Float64Array, logSnr: number) => {
  const out = new Float64Array(z.length);
  dataSetU(set).denoise(z, z.length / set.d, set.d, NaN, logSnr, out);
  return out;
};

/** The posterior mean of one state as it is defined: every distance, one softmax; fine where nothing overflows. */
function direct({ points, d, logWeights }: PointSet, z: Float64Array, logSnr: number): number[] {
  const a = sigmoid(logSnr);
  const exponents = Array.from({ length: points.length / d }, (_, i) => {
    let square = 0;
    for (let j = 0; j < d; j++) square += (z[j]! - Math.sqrt(a) * points[i * d + j]!) ** 2;
    return (logWeights?.[i] ?? 0) - square / (2 * sigmoid(-logSnr));
  });
  const top = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: d }, (_, j) => weights.reduce((sum, w, i) => sum + w * points[i * d + j]!, 0) / total);
}

const experiment = (rest: object) => {
  const { experiment: parsed, problems } = parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'linear-gamma' }], ...rest })); // prettier-ignore
  assert.ok(parsed, JSON.stringify(problems));
  return parsed;
};

describe('the ideal denoiser of a finite set', () => {
  const set: PointSet = { points: normals(1400, 1), d: 2, logWeights: normals(700, 2) };

  it('is the posterior mean: as by the definition, over several chunks of points and blocks of states', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), fc.nat(1000), (logSnr, seed) => {
        const z = normals(2 * 70, seed);
        const u = at(set, z, logSnr);
        for (const i of [0, 31, 69]) {
          const expected = direct(set, z.subarray(2 * i, 2 * i + 2), logSnr);
          // In the distances a rounding of z grows with SNR.
          for (const j of [0, 1]) close(u[2 * i + j]!, expected[j]!, 1e-12 + 1e-14 * Math.exp(logSnr), `${logSnr}`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('with two points it is the constant and the mixture in the limit of no width', () => {
    const pair = { points: Float64Array.of(-1, 1), d: 1, logWeights: Float64Array.of(Math.log(0.4), Math.log(0.6)) };
    const thin = createDenoiser('mixture', { sd: 1e-9 });
    const z = normals(50, 3);
    const expected = new Float64Array(50);
    for (const logSnr of [-12, -1, 0, 3, 8]) {
      thin.denoise(z, 50, 1, NaN, logSnr, expected);
      at(pair, z, logSnr).forEach((value, i) => close(value, expected[i]!, 1e-9, `${logSnr}`));
    }
  });

  it('has its limits: the mean at gamma = -Infinity, the nearest point at +Infinity; nothing overflows between', () => {
    const plain = { points: set.points, d: 2 };
    const z = Float64Array.of(0.3, -0.2, 1e6, -1e6, 0, 0);
    const mean = [0, 1].map((j) => plain.points.reduce((sum, x, k) => sum + (k % 2 === j ? x : 0), 0) / 700);
    for (const logSnr of [-Infinity, -700]) {
      const u = at(plain, z, logSnr);
      for (const j of [0, 1]) close(u[j]!, mean[j]!, 1e-13, `mean at ${logSnr}`);
    }
    let nearest = 0;
    const distance = (i: number) => Math.hypot(z[0]! - plain.points[2 * i]!, z[1]! - plain.points[2 * i + 1]!);
    for (let i = 1; i < 700; i++) if (distance(i) < distance(nearest)) nearest = i;
    for (const logSnr of [40, 700, Infinity])
      assert.deepEqual([...at(plain, z, logSnr).subarray(0, 2)], [...plain.points.subarray(2 * nearest, 2 * nearest + 2)]); // prettier-ignore
    for (const logSnr of [-Infinity, -700, -300, 0, 300, 700, Infinity])
      for (const weights of [set.logWeights, set.logWeights!.map((w) => 1000 * w), undefined])
        assert.ok(at({ ...plain, logWeights: weights }, z, logSnr).every(Number.isFinite), String(logSnr));
    const twins = { points: Float64Array.of(1, 1, 3), d: 1, logWeights: Float64Array.of(0, 0, 5) };
    assert.deepEqual([...at(twins, Float64Array.of(1.5, 2, 9), Infinity)], [1, (2 + 3 * Math.exp(5)) / (2 + Math.exp(5)), 3]); // prettier-ignore
  });

  it('draws of it have its weights', () => {
    const pair = {
      points: Float64Array.of(-1, 5, 1, 7),
      d: 2,
      logWeights: Float64Array.of(Math.log(0.2), Math.log(0.8)),
    };
    const drawn = samplePoints(pair, 40_000, Random.stream(1, 'targets'));
    close(drawn.filter((value, k) => k % 2 === 0 && value === 1).length / 40_000, 0.8, 0.01);
    const even = samplePoints({ points: Float64Array.of(0, 1, 2, 3), d: 1 }, 40_000, Random.stream(1, 'targets'));
    for (const value of [0, 1, 2, 3]) close(even.filter((one) => one === value).length / 40_000, 0.25, 0.01);
  });
});

describe('denoisers made from data', () => {
  const data: CleanData = { x: Float64Array.of(-1, 0, 1, 2, 3, 4), d: 2, labels: Int32Array.of(0, 2, 2), classes: 3 };

  it('take the rows as they are, or the classes that have rows, by their shares', () => {
    const pointsOf = (id: string) => {
      const family = denoiserFamily(id);
      assert.ok(family.needs === 'data');
      return family.points(data);
    };
    assert.deepEqual(pointsOf('ideal-data'), { points: data.x, d: 2 });
    const { points, d, logWeights } = pointsOf('ideal-labels');
    assert.deepEqual([[...points], d], [[1, 0, 0, 0, 0, 1], 3]);
    close(Math.exp(logWeights![1]!), 2 / 3, 1e-15, 'share');
  });

  it('run in an experiment, and end at points of the data', () => {
    const one = experiment({ denoiser: { id: 'ideal-data' }, dynamics: 'probability-flow', integrator: { id: 'rk4', steps: 200 }, schedules: [{ id: 'linear-gamma', params: { gammaMin: -12, gammaMax: 12 } }] }); // prettier-ignore
    const flow = experimentFlow(one, { data, paths: 40 });
    assert.deepEqual([flow.d, flow.z0.length], [2, 80]);
    const { z } = integrate(flow);
    for (let i = 0; i < 40; i++) {
      const away = [0, 1, 2].map((k) => Math.hypot(z[2 * i]! - data.x[2 * k]!, z[2 * i + 1]! - data.x[2 * k + 1]!));
      assert.ok(Math.min(...away) < 0.02, String(away));
    }
    const exact = experimentFlow({ ...one, start: 'exact', schedules: [{ ...one.schedules[0]!, params: { gammaMin: 14, gammaMax: 15 } }] }, { data, paths: 40 }); // prettier-ignore
    for (let i = 0; i < 40; i++)
      assert.ok([0, 1, 2].some((k) => Math.hypot(exact.z0[2 * i]! - data.x[2 * k]!, exact.z0[2 * i + 1]! - data.x[2 * k + 1]!) < 0.02)); // prettier-ignore
  });

  it('are refused where there are no data, or the file is missing', async () => {
    const none = experiment({ denoiser: { id: 'ideal-labels' } });
    assert.throws(
      () => experimentFlow(none),
      new InputError("the denoiser ideal-labels is made from the experiment's data, and none are at hand"),
    );
    assert.throws(() => createDenoiser('ideal-data'), InputError);
    const file = experiment({ denoiser: { id: 'ideal-data' }, data: { id: 'csv', path: 'none.csv', label: 'y' } });
    await assert.rejects(
      cleanData(file, '.'),
      /none\.csv cannot be read: there is no such file; set data\.path to a data file/,
    );
  });

  it('read the train rows of the experiment, standardised', async () => {
    const iris = { id: 'csv', path: 'iris.csv', label: 'species' };
    const read = await cleanData(
      experiment({ denoiser: { id: 'ideal-data' }, data: iris }),
      path.resolve('media/samples'),
    );
    assert.deepEqual([read!.d, read!.classes, read!.labels.length, read!.x.length], [4, 3, 120, 480]);
    for (let j = 0; j < 4; j++) close(read!.x.reduce((sum, x, k) => sum + (k % 4 === j ? x : 0), 0) / 120, 0, 1e-6);
    assert.equal(await cleanData(experiment({ data: iris }), '.'), undefined);
  });
});
