import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import {
  arrayDataset,
  givenRows,
  readFeatures,
  readLabels,
  type ArrayOptions,
} from '../../../src/core/datasets/arrays';
import { fileSource } from '../../../src/core/datasets/entry';
import { inputError } from '../support/inputError';
import { doubles, npyFile } from '../support/npyFile';

const ints = (values: readonly number[]) => new Uint8Array(Int32Array.from(values).buffer);
const x = npyFile('<f8', '4, 2', doubles([1, 2, 3, 4, 5, 6, 7, 8]));
const y = npyFile('<i4', '4,', ints([7, 2, 7, 2]));
const read = (first: Uint8Array, second: Uint8Array, options: ArrayOptions = {}) => {
  const features = readFeatures({ name: 'x.npy', bytes: first }, options.transpose);
  return arrayDataset(features, readLabels({ name: 'y.npy', bytes: second }, features.n), options);
};
const refuses = (first: Uint8Array, second: Uint8Array, message: string, setting: string, options: ArrayOptions = {}) =>
  assert.throws(() => read(first, second, options), { ...inputError(message), path: setting.split('.') });

describe('data of NumPy arrays', () => {
  it('rows of numbers and their labels, in order of value', () => {
    const data = read(x, y);
    assert.deepEqual([...data.x], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual([data.classes, [...data.labels], data.features], [['2', '7'], [1, 0, 1, 0], ['column 1', 'column 2']]); // prettier-ignore
  });

  it('the first index runs fastest in an array of Fortran order', () => {
    const turned = npyFile('<f8', '4, 2', doubles([1, 3, 5, 7, 2, 4, 6, 8]), true);
    assert.deepEqual(read(turned, y).x, read(x, y).x);
    // pixel (row r, column c) of image i stands at i + 2 r + 4 c
    const images = npyFile('|u1', '2, 2, 3', Uint8Array.from({ length: 12 }, (_, k) => k), true); // prettier-ignore
    assert.deepEqual([...readFeatures({ name: 'i', bytes: images }).values], [0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11]);
  });

  it('images stay bytes, with or without a channel, and turn over their diagonal where they are transposed', () => {
    const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6, 9, 2, 3, 4, 5, 6]);
    for (const shape of ['2, 2, 3', '2, 1, 2, 3', '2, 2, 3, 1']) {
      const rows = readFeatures({ name: 'i', bytes: npyFile('|u1', shape, pixels) });
      assert.ok(rows.values instanceof Uint8Array);
      assert.deepEqual([[...rows.values], rows.features.at(-1)], [[...pixels], 'pixel 2,3']);
    }
    const turned = readFeatures({ name: 'i', bytes: npyFile('|u1', '2, 2, 3', pixels) }, true);
    assert.deepEqual([...turned.values].slice(0, 6), [1, 4, 2, 5, 3, 6]);
    assert.equal(turned.features.at(-1), 'pixel 3,2');
  });

  it('labels are whole numbers, truth values or texts', () => {
    const labels = (second: Uint8Array) => read(x, second).classes;
    assert.deepEqual(labels(npyFile('|b1', '4, 1', Uint8Array.of(1, 0, 1, 0))), ['0', '1']);
    assert.deepEqual(labels(npyFile('<f8', '4,', doubles([10, 9, 9, 10]))), ['9', '10']);
    assert.deepEqual(labels(npyFile('|S3', '4,', Buffer.from('catdogcatdog'))), ['cat', 'dog']);
    const letters = Buffer.concat(['Ä', 'b', 'Ä', 'b'].flatMap((c) => [Buffer.from(Uint32Array.of(c.codePointAt(0)!, 0).buffer)])); // prettier-ignore
    assert.deepEqual(labels(npyFile('<U2', '4,', letters)), ['b', 'Ä']);
  });

  it('numbers to predict are y', () => {
    const { targets } = read(x, npyFile('<f8', '4,', doubles([0.5, 1, 2, 2])), { task: 'regression' });
    assert.deepEqual([[...targets!.values], targets!.names], [[0.5, 1, 2, 2], ['y']]);
  });

  it('one .npz has both by their names, whatever else is in it', () => {
    const other = npyFile('|O', '1,', new Uint8Array(8));
    for (const names of [
      ['x', 'y'],
      ['X', 'Y'],
      ['data', 'target'],
      ['features', 'labels'],
      ['images', 'labels'],
      ['x_train', 'y_train'],
    ]) {
      // prettier-ignore
      const bytes = zipSync({ 'other.npy': other, [`${names[0]}.npy`]: x, [`${names[1]}.npy`]: y });
      assert.deepEqual(read(bytes, bytes), read(x, y), String(names));
    }
    const only = zipSync({ 'x.npy': x });
    refuses(only, only, `y.npy has no array that is called y, Y, label, labels, target, targets, y_train, Y_train: its arrays are x`, 'data.y'); // prettier-ignore
  });

  it('rows with NaN are refused, left out, or given the mean', () => {
    const holes = npyFile('<f8', '6, 2', doubles([1, 2, 3, NaN, 5, 6, 7, 8, 9, 10, 11, 12]));
    const six = npyFile('<i4', '6,', ints([7, 2, 7, 2, 7, 2]));
    refuses(holes, six, 'x: row 1 (counted from 0), column 2: NaN is no value (set data.missing to drop or mean to allow it)', 'data.missing'); // prettier-ignore
    const dropped = read(holes, six, { missing: 'drop' });
    assert.deepEqual([[...dropped.x], [...dropped.labels]], [[1, 2, 5, 6, 7, 8, 9, 10, 11, 12], [1, 1, 0, 1, 0]]); // prettier-ignore
    assert.ok(Number.isNaN(read(holes, six, { missing: 'mean' }).x[3]));
  });

  it('what cannot be learned from is refused at its setting', () => {
    const f8 = (shape: string, values: number[]) => npyFile('<f8', shape, doubles(values));
    refuses(Buffer.from('a,b\n1,2\n'), y, 'x.npy is no file of NumPy arrays (.npy, .npz): it begins with "a,b 1,2"', 'data.x'); // prettier-ignore
    refuses(npyFile('<c16', '1,', new Uint8Array(16)), y, 'x.npy: its elements are "<c16", which is no kind of number that is read', 'data.x'); // prettier-ignore
    refuses(npyFile('|S1', '4,', Buffer.from('abab')), y, 'x in x.npy holds texts: it must hold numbers', 'data.x');
    refuses(f8('1, 2, 2, 2', new Array<number>(8).fill(0)), y, 'x in x.npy is 1 x 2 x 2 x 2: it must be rows x features, or images x height x width', 'data.x'); // prettier-ignore
    refuses(f8('', [1]), y, 'x in x.npy is a single number: it must be rows x features, or images x height x width', 'data.x'); // prettier-ignore
    refuses(f8('0, 2', []), y, 'x in x.npy is 0 x 2: it holds nothing', 'data.x');
    refuses(f8('2, 2', [1, 2, 3, Infinity]), npyFile('|u1', '2,', Uint8Array.of(1, 1)), 'x: row 1 (counted from 0), column 2: Infinity is not a number that can be learned from', 'data.x'); // prettier-ignore
    refuses(x, npyFile('<i4', '3,', ints([1, 2, 1])), 'x has 4 rows and y in y.npy has 3: they must have as many', 'data.y'); // prettier-ignore
    refuses(x, x, 'y in y.npy is 4 x 2: it must be one label, or one number, a row', 'data.y');
    refuses(x, f8('4,', [1, 2, 1, 2.5]), 'y: row 3 (counted from 0) is 2.5, and classes are whole numbers or texts: set data.task to regression to predict numbers', 'data.task'); // prettier-ignore
    refuses(x, npyFile('|S1', '4,', Buffer.from('abab')), 'y holds texts, such as "a": data.task = regression needs numbers', 'data.task', { task: 'regression' }); // prettier-ignore
    refuses(x, f8('4,', [1, 1, 1, 1]), 'y holds one class only, "1": at least two are needed', 'data.y');
    refuses(x, f8('4,', [1, 1, 1, 2]), 'the label "2" has one row only (row 3, counted from 0): at least two are needed, one to train on and one to test on', 'data.y'); // prettier-ignore
    refuses(npyFile('|u1', '1, 70000', new Uint8Array(70000)), y, 'x in x.npy has 70000 features: at most 65536 fit in memory', 'data.x'); // prettier-ignore
    refuses(zipSync({ 'x.npy': x }).subarray(0, 60), y, 'x.npy is not a whole archive: invalid zip data', 'data.x');
  });

  it('rows to predict have as many features as the run', () => {
    const file = { name: 'new.npz', bytes: zipSync({ 'x.npy': x, 'y.npy': y }) };
    const { n, x: values, y: labels } = givenRows(file, 2, {});
    assert.deepEqual([n, values.length, labels !== undefined], [4, 8, true]);
    assert.throws(
      () => givenRows(file, 3, {}),
      inputError('x in new.npz has 2 features, and the run was trained on 3'),
    );
  });

  it('a chosen file is taken for arrays, with its other half by name', () => {
    const begun = (path: string) => {
      const { x: first, y: second } = fileSource(path) as { x: string; y: string };
      return [first, second];
    };
    assert.deepEqual(
      ['data/digits.npz', 'X_train.npy', 'set/y_train.npy', 'train-images.npy', 'labels.npy', 'rows.npy'].map(begun),
      [
        ['data/digits.npz', 'data/digits.npz'],
        ['X_train.npy', 'y_train.npy'],
        ['set/x_train.npy', 'set/y_train.npy'],
        ['train-images.npy', 'train-labels.npy'],
        ['images.npy', 'labels.npy'],
        ['rows.npy', 'y.npy'],
      ],
    );
  });
});
