import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv } from '../../src/core/datasets/csv';
import { generateDataset, generators, scalingOf, splitDataset, standardise } from '../../src/core/datasets';
import { defaults, fillValues } from '../../src/core/parameters';
import { InputError } from '../../src/core/problem';

describe('data sets', () => {
  for (const row of generators)
    it(`${row.id}: the same seed gives the same points, every class an even share`, () => {
      const data = generateDataset(row.id, { n: 301 }, 5);
      assert.deepEqual(data, generateDataset(row.id, { n: 301 }, 5));
      assert.notDeepEqual(data.x, generateDataset(row.id, { n: 301 }, 6).x);
      assert.equal(data.x.length, 301 * data.features.length);
      assert.ok(data.x.every(Number.isFinite));
      const counts = data.classes.map((_, c) => data.labels.filter((label) => label === c).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join());
      assert.equal(counts.reduce((a, b) => a + b), 301); // prettier-ignore
      assert.equal(defaults(row).n, 1000);
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
    const [clean, noisy] = [0, 0.1].map((noise) => generateDataset('two-moons', { n: 20_000, noise }, 1).x);
    const sd = Math.sqrt(noisy!.reduce((sum, value, i) => sum + (value - clean![i]!) ** 2, 0) / noisy!.length);
    assert.ok(Math.abs(sd - 0.1) < 0.002, String(sd));
  });

  it('circles do not repeat a point where they close', () => {
    const { x, labels } = generateDataset('circles', { n: 20, noise: 0 });
    const points = new Set(Array.from(labels, (_, i) => `${x[2 * i]!.toFixed(9)},${x[2 * i + 1]!.toFixed(9)}`));
    assert.equal(points.size, 20);
  });

  it('parameters out of range and unknown ones are refused', () => {
    const bad = (params: Record<string, number>) => () => generateDataset('spirals', params);
    assert.throws(bad({ n: 2.5 }), new InputError('spirals: n must be a whole number from 10 to 100000: got 2.5'));
    assert.throws(bad({ n: 10, arms: 6 }), new InputError('spirals: n must be at least two points for each of 6 arms: got 10')); // prettier-ignore
    assert.throws(bad({ k: 1 }), new InputError('spirals has no parameter "k": it takes n, noise, turns, arms'));
    assert.throws(() => generateDataset('x'), /unknown data set "x": choose one of two-moons, circles, spirals, blobs/);
    assert.equal(fillValues(generators[3]!, { centers: 5 }).centers, 5);
  });
});

describe('CSV', () => {
  const good = 'a,y,b\n1,x,2\n-3.5e1,w,.5\n\n0,x,1\n4,w,5\n';

  it('reads numbers, labels in order, names; quotes, Windows line ends, a byte order mark and blank rows', () => {
    const data = parseCsv(good, 'y');
    assert.deepEqual([...data.x], [1, 2, -35, 0.5, 0, 1, 4, 5]);
    assert.deepEqual([...data.labels], [1, 0, 1, 0]);
    assert.deepEqual(data.classes, ['w', 'x']);
    assert.deepEqual(data.features, ['a', 'b']);
    const other = '\uFEFF"a";"y";"b"\r\n" 1";x;2\r\n-35;w;0.5\r\n0;x;1\r\n4;"w";5\r\n';
    assert.deepEqual(parseCsv(other, 'y'), data);
    assert.deepEqual(parseCsv('a,y\n1,10\n2,9\n3,10\n4,9', 'y').classes, ['9', '10']);
  });

  /** What is wrong, the text, and the whole message. */
  const WRONG: readonly (readonly [string, string, string])[] = [
    ['an empty file', ' \n', 'the data file is empty: it needs a header row, then rows of numbers and a label'],
    ['no rows', 'a,y\n', 'the data file has a header row but no rows below it'],
    ['no label column', 'a,b\n1,2', 'the data file has no column "y": its columns are a, b'],
    ['no feature', 'y\nx\nw', 'the data file has no column beside the label\'s, "y"'],
    ['one name twice', 'a,a,y\n1,2,x', 'two columns are named "a": every column needs its own name'],
    ['a short row', 'a,y\n1,x\n2\n', 'row 3 has 1 cell where the header has 2'],
    ['a long row', 'a,y\n1,x\n\n2,x,3\n', 'row 4 has 3 cells where the header has 2'],
    ['text among numbers', 'a,y\n1,x\nred,w', 'row 3, column "a": "red" is not a number'],
    ['a hexadecimal number', 'a,y\n0x1F,x', 'row 2, column "a": "0x1F" is not a number'],
    ['an infinite number', 'a,y\n1e999,x', 'row 2, column "a": "1e999" is not a number'],
    ['an empty cell', 'a,y\n,x', 'row 2, column "a": the cell is empty, and every cell but the label must be a number'],
    ['an empty label', 'a,y\n1,x\n2, ', 'row 3, column "y": the label is empty'],
    ['an open quote', 'a,y\n1,x\n"2,w', 'row 3: a quoted cell is not closed properly'],
    ['one class', 'a,y\n1,x\n2,x', 'column "y" holds one class only, "x": at least two are needed'],
    [
      'a label a row',
      'a,y\n1,x\n2,w\n3,v',
      'column "y" has a label of its own in each of the 3 rows, so it cannot be learnt: choose another column',
    ],
    [
      'a label with one row',
      'a,y\n1,x\n2,w\n3,x',
      'the label "w" has one row only (row 3): at least two are needed, one to train on and one to test on',
    ],
  ];
  for (const [what, text, message] of WRONG)
    it(`refuses ${what}`, () => assert.throws(() => parseCsv(text, 'y'), new InputError(message)));
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

  it('is scaled by the training part alone; constant columns are only centred', () => {
    const x = Float64Array.of(1, 0.1, 3, 0.1, 100, 0.1, 5, 0.1);
    const scaling = scalingOf({ x, features: ['a', 'b'] }, Int32Array.of(0, 1, 3));
    assert.ok(Math.abs(scaling.mean[0]! - 3) < 1e-15);
    assert.ok(Math.abs(scaling.scale[0]! - Math.sqrt(8 / 3)) < 1e-15);
    assert.equal(scaling.scale[1], 1);
    const scaled = standardise(x, scaling);
    assert.ok(Math.abs(scaled[4]! - 97 / Math.sqrt(8 / 3)) < 1e-12);
    assert.ok(Math.abs(scaled[1]!) < 1e-15);
  });
});
