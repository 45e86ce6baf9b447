import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { idxDataset } from '../../src/core/datasets/idx';
import { parseCsv, parseRows } from '../../src/core/datasets/csv';
import { generateDataset, generators, scalingOf, splitDataset, standardise } from '../../src/core/datasets';
import { defaults, fillValues } from '../../src/core/parameters';
import { InputError } from '../../src/core/problem';
import { partRows, prepare } from '../../src/trainer/data';

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
    assert.deepEqual(parseCsv(good.replaceAll(',', '\t'), 'y'), data);
    assert.deepEqual(parseCsv('a,y\n1,10\n2,9\n3,10\n4,9', 'y').classes, ['9', '10']);
  });

  it('makes a feature of each category of a column of text', () => {
    const data = parseCsv('hue,a,y\nred,1,x\nblue,2,x\nred,3,w\nblue,4,w\n', 'y');
    assert.deepEqual(data.features, ['hue=blue', 'hue=red', 'a']);
    assert.deepEqual([...data.x], [0, 1, 1, 1, 0, 2, 0, 1, 3, 1, 0, 4]);
    const rows = parseRows('a,other,hue\n7,z,red\n', data.columns!);
    assert.deepEqual([...rows.x], [0, 1, 7]);
    assert.throws(
      () => parseRows('a,hue\n7,green\n', data.columns!),
      new InputError('row 2, column "hue": "green" is not one of blue, red'),
    );
  });

  it('drops rows with a missing cell, or gives it the mean of the train rows', () => {
    const text = 'hue,a,y\nred,1,x\n,2,x\nred,NA,w\nblue,4,w\nred,6,x\n?,8,w\nred,9,w\n';
    const dropped = parseCsv(text, 'y', { missing: 'drop' });
    assert.deepEqual([...dropped.x], [0, 1, 1, 1, 0, 4, 0, 1, 6, 0, 1, 9]);
    assert.deepEqual([...dropped.labels], [1, 0, 1, 0]);
    const kept = prepare(parseCsv(text, 'y', { missing: 'mean' }), 0.34, 0);
    const known = [...kept.train].map((i) => kept.x[3 * i + 2]!).filter((value) => !Number.isNaN(value));
    assert.ok(Math.abs(kept.mean[2]! - known.reduce((a, b) => a + b) / known.length) < 1e-12);
    const all = partRows(kept, Int32Array.from(kept.labels.keys()));
    assert.equal(all.x[3 * 2 + 2], 0); // the mean, scaled
    assert.ok(all.x.every(Number.isFinite));
    assert.throws(() => parseCsv('a,y\n,x\n,w', 'y', { missing: 'drop' }), /every row of the data file has a cell without a value/);
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
    [
      'free text',
      `a,y\n${Array.from({ length: 101 }, (_, i) => `t${i},${i % 2}`).join('\n')}`,
      'column "a" holds 101 different texts: at most 100 can be categories, so leave the column out',
    ],
    ['an infinite number', 'a,y\n1e999,x', 'row 2, column "a": "1e999" is not a number'],
    [
      'an empty cell',
      'a,y\n,x',
      'row 2, column "a": the cell is empty, and every cell but the label must have a value (set data.missing to drop or mean to allow it)',
    ],
    [
      'a cell that says it has no value',
      'a,y\nNaN,x\n1,w',
      'row 2, column "a": "NaN" is no value (set data.missing to drop or mean to allow it)',
    ],
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

describe('IDX', () => {
  const header = (magic: number, ...shape: number[]) => {
    const view = new DataView(new ArrayBuffer(4 + 4 * shape.length));
    [magic, ...shape].forEach((word, i) => view.setUint32(4 * i, word));
    return new Uint8Array(view.buffer);
  };
  const file = (head: Uint8Array, values: readonly number[]) => Uint8Array.of(...head, ...values);
  const images = file(header(0x803, 4, 1, 2), [1, 2, 3, 4, 5, 6, 255, 8]);
  const labels = file(header(0x801, 4), [7, 2, 7, 2]);
  const files = { images: 'i', labels: 'l' };
  const refuses = (i: Uint8Array, l: Uint8Array, message: string) =>
    assert.throws(() => idxDataset(i, l, files), new InputError(message));

  it('reads images and labels, plain and gzip', () => {
    const data = idxDataset(images, labels, files);
    assert.deepEqual([...data.x], [1, 2, 3, 4, 5, 6, 255, 8]);
    assert.deepEqual([...data.labels], [1, 0, 1, 0]);
    assert.deepEqual(data.classes, ['2', '7']);
    assert.deepEqual(data.features, ['pixel 1,1', 'pixel 1,2']);
    assert.deepEqual(idxDataset(gzipSync(images), gzipSync(labels), files), data);
  });

  it('is scaled by its train images', () => {
    const data = prepare(idxDataset(images, labels, files), 0.5, 0);
    const { x } = partRows(data, data.train);
    assert.ok(Math.abs(x[0]! + x[2]!) < 1e-6); // the mean of two rows is between them
  });

  it('refuses what is no whole pair of files', () => {
    refuses(labels, labels, 'i is not an IDX file of unsigned bytes in 3 dimensions: its magic number is 2049 where 2051 is expected'); // prettier-ignore
    refuses(Uint8Array.of(1), labels, 'i is not an IDX file of unsigned bytes in 3 dimensions: it has 1 bytes');
    refuses(images.subarray(0, 20), labels, 'i is cut short: its header says 4 x 1 x 2 = 8 bytes, and 4 follow');
    refuses(images.subarray(0, 9), labels, 'i is cut short: it ends within its header');
    refuses(file(images, [1]), labels, 'i is too long: its header says 4 x 1 x 2 = 8 bytes, and 9 follow');
    refuses(images, file(header(0x801, 3), [1, 2, 1]), 'i has 4 images and l has 3 labels');
    refuses(images, file(header(0x801, 4), [1, 2, 1, 1]), 'the label 2 in l has one image only: at least two are needed, one to train on and one to test on'); // prettier-ignore
    assert.throws(() => idxDataset(gzipSync(images).subarray(0, 25), labels, files), /^InputError: i (is not a whole gzip file|holds)/); // prettier-ignore
    const huge = Uint8Array.from(gzipSync(images));
    new DataView(huge.buffer).setUint32(huge.length - 4, 3e9, true);
    refuses(huge, labels, 'i holds 3000 MB: at most 1074 MB fit in memory');
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
