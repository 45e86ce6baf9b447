import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  generateDataset,
  generatorIds,
  generatorOf,
  generators,
  scaleFeatures,
  splitDataset,
} from '../../../src/core/datasets';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { defaults, fillValues } from '../../../src/core/registry/parameters';
import { InputError } from '../../../src/core/registry/problem';
import { cleanData } from '../../../src/trainer/data/load';
import { prepareData } from '../../../src/trainer/data/preparedData';
import { examplesOf, sampleEvenly } from '../../../src/trainer/data/examples';

describe('data sets', () => {
  for (const row of generators)
    it(`${row.id}: the same seed gives the same points, every class an even share`, () => {
      const data = generateDataset(row.id, { n: 301 }, 5);
      assert.deepEqual(data, generateDataset(row.id, { n: 301 }, 5));
      assert.notDeepEqual(data.x, generateDataset(row.id, { n: 301 }, 6).x);
      assert.equal(data.x.length, 301 * data.features.length);
      assert.ok(data.x.every(Number.isFinite));
      assert.equal(defaults(row).n, 1000);
      if (data.targets) return assert.deepEqual([data.labels, data.classes], [new Int32Array(301), []]);
      const counts = data.classes.map((_, c) => data.labels.filter((label) => label === c).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join());
      assert.equal(counts.reduce((a, b) => a + b), 301); // prettier-ignore
    });

  it('two moons without noise lie on their half circles', () => {
    const { x, labels } = generateDataset('two-moons', { n: 101, noise: 0 });
    labels.forEach((label, i) => {
      const [a, b] = [x[2 * i]! - label, x[2 * i + 1]! - label / 2];
      assert.ok(Math.abs(Math.hypot(a, b) - 1) < 1e-12);
      assert.ok(label ? b <= 1e-12 : b >= -1e-12);
    });
  });

  it('noise has the standard deviation that is asked for', () => {
    const [clean, noisy] = [0, 0.1].map((noise) =>
      Float64Array.from(generateDataset('two-moons', { n: 20_000, noise }, 1).x),
    );
    const sd = Math.sqrt(noisy!.reduce((sum, value, i) => sum + (value - clean![i]!) ** 2, 0) / noisy!.length);
    assert.ok(Math.abs(sd - 0.1) < 0.002, String(sd));
  });

  it('circles do not repeat a point where they close', () => {
    const { x, labels } = generateDataset('circles', { n: 20, noise: 0 });
    const points = new Set(Array.from(labels, (_, i) => `${x[2 * i]!.toFixed(9)},${x[2 * i + 1]!.toFixed(9)}`));
    assert.equal(points.size, 20);
  });

  it('the classes are where they are said to be: XOR, checkerboard and Swiss roll without noise', () => {
    const xor = generateDataset('xor', { n: 40, noise: 0 });
    xor.labels.forEach((label, i) => assert.equal(xor.x[2 * i]! * xor.x[2 * i + 1]!, label ? -1 : 1));
    assert.equal(new Set(Array.from(xor.labels, (_, i) => `${xor.x[2 * i]}${xor.x[2 * i + 1]}`)).size, 4);
    for (const squares of [3, 4]) {
      const board = generateDataset('checkerboard', { n: 500, noise: 0, squares });
      const square = (value: number) => Math.floor(((value + 1) / 2) * squares);
      board.labels.forEach((label, i) =>
        assert.equal((square(board.x[2 * i]!) + square(board.x[2 * i + 1]!)) % 2, label),
      );
    }
    const roll = generateDataset('swiss-roll', { n: 400, noise: 0, bands: 4 });
    roll.labels.forEach((label, i) => {
      // the radius is the angle over 4.5 pi, so it tells how far along the sheet a point lies
      const along = (Math.hypot(roll.x[3 * i]!, roll.x[3 * i + 2]!) * 4.5 - 1.5) / 3;
      assert.ok(along >= label / 4 - 1e-12 && along <= (label + 1) / 4 + 1e-12, `${along} of band ${label}`);
    });
  });

  it('drawn digits look like their digit more than like any other', () => {
    const { x, labels } = generateDataset('glyphs', { n: 500, size: 16, jitter: 0.5 }, 3);
    const model = generateDataset('glyphs', { n: 20, size: 16, jitter: 0, noise: 0 }).x;
    const d = 256;
    const distance = (i: number, digit: number) => {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += (x[i * d + k]! - model[digit * d + k]!) ** 2;
      return sum;
    };
    const right = labels.filter((label, i) => {
      const all = Array.from({ length: 10 }, (_, digit) => distance(i, digit));
      return all.indexOf(Math.min(...all)) === label;
    }).length;
    assert.ok(right > 0.85 * labels.length, `${right} of ${labels.length}`);
    const ink = Array.from(model.subarray(8 * d, 9 * d)).reduce((sum, value) => sum + value, 0) / d;
    assert.ok(ink > 0.1 && ink < 0.5, String(ink));
    assert.throws(
      () => generateDataset('glyphs', { n: 100_000, size: 64 }),
      /n x size x size must be at most 50000000 numbers \(400 MB\): got 409600000/,
    );
  });

  it('the wave is a sine of x with noise of the standard deviation asked for', () => {
    const { x, targets } = generateDataset('regression', { n: 20_000, noise: 0.3, frequency: 2 }, 1);
    const gaps = targets!.values.map((y, i) => y - Math.sin(4 * Math.PI * x[i]!));
    const sd = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
    assert.ok(Math.abs(sd - 0.3) < 0.006, String(sd));
    assert.ok(x.every((value) => value >= 0 && value < 1));
  });

  it('parameters out of range and unknown ones are refused', () => {
    const bad = (params: Record<string, number>) => () => generateDataset('spirals', params);
    assert.throws(bad({ n: 2.5 }), new InputError('spirals: n must be a whole number from 10 to 100000: got 2.5'));
    assert.throws(bad({ n: 10, arms: 6 }), new InputError('spirals: n must be at least two points for each of 6 arms: got 10')); // prettier-ignore
    assert.throws(bad({ k: 1 }), new InputError('spirals has no parameter "k": it takes n, noise, turns, arms'));
    assert.throws(
      () => generateDataset('x'),
      new InputError(`unknown data set "x": choose one of ${generatorIds.join(', ')}`),
    );
    assert.equal(fillValues(generatorOf('blobs'), { centers: 5 }).centers, 5);
  });
});

describe('split', () => {
  it('takes the share of every class, at least one row on either side, every row once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 0, max: 1000 }),
        (sizes, share, seed) => {
          const labels = Int32Array.from(sizes.flatMap((size, c) => Array<number>(size).fill(c)));
          const data = { x: new Float64Array(labels.length), labels, classes: sizes.map(String), features: ['a'] };
          const { train, test } = splitDataset(data, share, seed);
          assert.deepEqual([...train, ...test].sort((a, b) => a - b), [...labels.keys()]); // prettier-ignore
          assert.deepEqual(splitDataset(data, share, seed), { train, test });
          sizes.forEach((size, c) => {
            const taken = test.filter((i) => labels[i] === c).length;
            assert.ok(taken >= 1 && taken < size);
            assert.ok(Math.abs(taken - share * size) <= 1, `${taken} of ${size} at ${share}`);
          });
        },
      ),
    );
  });

  it('depends on the seed', () => {
    const data = generateDataset('blobs', {}, 0);
    assert.notDeepEqual(splitDataset(data, 0.2, 1).test, splitDataset(data, 0.2, 2).test);
  });

  it('takes the share of every tenth of a numeric target, and scales it by the train rows', () => {
    const data = generateDataset('regression', { n: 500 }, 3);
    const { values } = data.targets!;
    const { train, test, targetScaling, ...rest } = prepareData(data, 0.2, 4);
    assert.deepEqual([...train, ...test].sort((a, b) => a - b), [...data.labels.keys()]); // prettier-ignore
    assert.notDeepEqual(prepareData(data, 0.2, 5).test, test);
    const ranked = [...values].sort((a, b) => a - b);
    for (let part = 0; part < 10; part++) {
      const [low, high] = [ranked[50 * part]!, ranked[50 * part + 49]!];
      assert.equal(test.filter((i) => values[i]! >= low && values[i]! <= high).length, 10);
    }
    const rows = examplesOf({ ...rest, train, test, targetScaling: targetScaling! }, train);
    const mean = (of: (y: number) => number) => rows.targets!.reduce((sum, y) => sum + of(y), 0) / rows.n;
    assert.ok(Math.abs(mean((y) => y)) < 1e-6 && Math.abs(mean((y) => y * y) - 1) < 1e-6);
    const { mean: [middle], scale: [sd] } = targetScaling!; // prettier-ignore
    assert.ok(Math.abs(rows.targets![7]! * sd! + middle! - values[train[7]!]!) < 1e-6);
    const few = sampleEvenly(rows, 10);
    assert.deepEqual(
      [...few.targets!],
      Array.from({ length: 10 }, (_, k) => rows.targets![40 * k]),
    );
    assert.throws(
      () => prepareData({ ...data, targets: { values: new Float64Array(500).fill(2), names: ['y'] } }, 0.2, 0),
      new InputError('the target "y" is 2 in every train row: there is nothing to predict'),
    );
  });

  it('is scaled by the training part alone; constant columns are only centred', () => {
    const x = Float64Array.of(1, 0.1, 3, 0.1, 100, 0.3, 5, 0.1);
    const { mean, scale, min, max } = scaleFeatures({ x, features: ['a', 'b'] }, Int32Array.of(0, 1, 3));
    assert.ok(Math.abs(scale[0]! - Math.sqrt(8 / 3)) < 1e-15);
    assert.deepEqual([...mean, scale[1], ...min, ...max], [3, 0.1, 1, 1, 0.1, 5, 0.1]);
  });

  it('the ideal denoiser of the labels is refused where there are none', async () => {
    const text = { version: 1, schedules: [{ id: 'linear-gamma' }], data: { id: 'regression' }, denoiser: { id: 'ideal-labels' } }; // prettier-ignore
    const experiment = experimentSchema.parse(text);
    const data = await cleanData(experiment, '.');
    assert.throws(() => experimentFlow(experiment, { data }), /made of classes, and the data have numbers to predict/);
    const ideal = experimentSchema.parse({ ...text, denoiser: { id: 'ideal-data' } });
    assert.equal(experimentFlow(ideal, { data: await cleanData(ideal, '.') }).d, 1);
  });
});
