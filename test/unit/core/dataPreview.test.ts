import assert from 'node:assert/strict';
import { parseCsv, readTable } from '../../../src/core/datasets/csv';
import { fileSource } from '../../../src/core/datasets/entry';
import { tablePreview } from '../../../src/core/datasets/preview/datasetPreview';
import { guessLabel } from '../../../src/core/datasets/preview/guessLabel';
import { imageShape } from '../../../src/core/datasets/preview/imageShape';
import { dataSentence } from '../../../src/core/datasets/preview/preview';
import { leadingAxes } from '../../../src/core/math/leadingAxes';
import { principalAxes } from '../../../src/core/math/pca';
import { Random } from '../../../src/core/math/random';
import { InputError } from '../../../src/core/registry/problem';

const table = (text: string, label = '') => tablePreview(readTable(text), label, false);

describe('the columns of a table', () => {
  it('have a type, a range or values, and a count of empty cells', () => {
    const { rows, columns, head } = table('a,b,c,d\n1,red,,1\n2.5,blue,,0\n,red,,1\n', 'd');
    assert.equal(rows, 3);
    assert.deepEqual(
      columns.map(({ name, type, range, values, distinct, missing, isLabel }) => [
        name,
        type,
        range,
        values,
        distinct,
        missing,
        isLabel,
      ]),
      [
        ['a', 'number', [1, 2.5], [], 2, 1, false],
        ['b', 'text', undefined, ['red', 'blue'], 2, 0, false],
        ['c', 'empty', undefined, [], 0, 3, false],
        ['d', 'class', [0, 1], ['1', '0'], 2, 0, true],
      ],
    );
    assert.deepEqual(head, {
      names: ['d', 'a', 'b', 'c'],
      cells: [
        ['1', '1', 'red', ''],
        ['0', '2.5', 'blue', ''],
        ['1', '', 'red', ''],
      ],
    });
  });

  it('of what is no table are not shown', () => {
    assert.deepEqual(table('root:x:0:0\nsecret\n').columns, []);
    assert.deepEqual(table('root:x:0:0\nsecret\n').head.cells, []);
  });

  it('of very many are listed as far as a page can show them, the label always', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `c${i}`);
    const { columns, columnCount, head } = table(`${names.join(',')}\n${names.map(() => 1).join(',')}\n`, 'c2999');
    assert.deepEqual([columns.length, columnCount, columns.at(-1)!.name], [2001, 3000, 'c2999']);
    assert.deepEqual([head.names.length, head.names[0]], [24, 'c2999']);
  });
});

describe('the label of a file that was just chosen', () => {
  const guess = (text: string, before?: string) => guessLabel(table(text).columns, before);

  it('is the one that was named before, else one that is called so, else the last', () => {
    assert.deepEqual(guess('a,b,label\n1,x,2\n', 'b'), { label: 'b', task: 'classification' });
    assert.deepEqual(guess('Species,a,b\nx,1,2\n', 'gone'), { label: 'Species', task: 'classification' });
    assert.deepEqual(guess('y,class,b\n1,x,2\n'), { label: 'class', task: 'classification' });
    assert.deepEqual(guess('a,b,kind\n1,2,x\n'), { label: 'kind', task: 'classification' });
  });

  it('is a number to predict where it is no whole number, or has many values', () => {
    assert.equal(guess('a,y\n1,0.5\n2,1\n')!.task, 'regression');
    assert.equal(guess('a,y\n1,0\n2,1\n')!.task, 'classification');
    const many = Array.from({ length: 30 }, (_, i) => `1,${i}`).join('\n');
    assert.equal(guess(`a,y\n${many}\n`)!.task, 'regression');
  });
});

describe('a problem of the data', () => {
  const settingOf = (text: string, options = {}) => {
    try {
      parseCsv(text, 'y', options);
    } catch (error) {
      return (error as InputError).path?.join('.');
    }
    return 'none';
  };

  it('names the setting that it stands at', () => {
    assert.equal(settingOf('a,z\n1,2\n'), 'data.label');
    assert.equal(settingOf('a,y\n,2\n1,2\n2,3\n1,3\n'), 'data.missing');
    assert.equal(settingOf('a,y\n1,x\n2,y\n', { task: 'regression' }), 'data.task');
    assert.equal(settingOf('a,y\n1,2\n2,2\n'), 'data.label');
    assert.equal(settingOf('a,y\n1,2\n2,2\n1,3\n1,3\n'), 'none');
  });
});

describe('files of data by their names', () => {
  it('are tables, or images with the labels that are called alike', () => {
    assert.equal(fileSource('sub/rows.tsv').id, 'csv');
    const pair = { id: 'idx', images: 'm/train-images-idx3-ubyte.gz', labels: 'm/train-labels-idx1-ubyte.gz' };
    assert.deepEqual(fileSource('m/train-images-idx3-ubyte.gz'), pair);
    assert.deepEqual(fileSource('m/train-labels-idx1-ubyte.gz'), pair);
  });
});

describe('pictures by the names of features', () => {
  it('are seen in places and in numbers that fill a square', () => {
    assert.deepEqual(imageShape(['pixel 1,1', 'pixel 1,2', 'pixel 1,3', 'pixel 2,1', 'pixel 2,2', 'pixel 2,3']), {
      width: 3,
      height: 2,
    });
    assert.deepEqual(imageShape(Array.from({ length: 16 }, (_, i) => `pixel_${i + 1}`)), { width: 4, height: 4 });
    assert.equal(imageShape(Array.from({ length: 15 }, (_, i) => `p${i}`)), undefined);
    assert.equal(imageShape(Array.from({ length: 16 }, (_, i) => `age${i}`)), undefined);
  });
});

describe('the data in a sentence', () => {
  const base = { ...table('a,b\n1,2\n'), features: 4 };

  it('counts rows, features and classes', () => {
    const classes = ['x', 'y'].map((label) => ({ label, count: 1 }));
    assert.equal(dataSentence({ ...base, classes }), '1 row, 4 features, 2 classes of 1');
    assert.equal(
      dataSentence({ ...base, rows: 9, leftOut: 2, target: { name: 'y', range: [-1, 2.5] } }),
      '9 rows, 4 features, y from −1 to 2.5; 2 rows without a value left out',
    );
  });
});

describe('the leading axes', () => {
  it('are the principal ones, without the covariance', () => {
    const random = new Random(Random.stream(3, 'data').state());
    const [n, d] = [200, 30];
    const points = Float64Array.from({ length: n * d }, (_, i) => random.normal() * (1 + 3 / (1 + (i % d))));
    const [fast, exact] = [leadingAxes(points, d), principalAxes(points, d)];
    fast.axes.forEach((value, i) => assert.ok(Math.abs(value - exact.axes[i]!) < 1e-6, `axis ${i}`));
    fast.shares.forEach((value, i) => assert.ok(Math.abs(value - exact.shares[i]!) < 1e-9));
  });

  it('of points on a line are that line, and nothing beside', () => {
    const points = Float64Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    const { axes, shares } = leadingAxes(points, 3);
    for (const value of axes.subarray(0, 3)) assert.ok(Math.abs(value - 1 / Math.sqrt(3)) < 1e-12);
    assert.ok(Math.abs(shares[0]! - 1) < 1e-12);
    assert.ok(shares[1]! < 1e-12);
  });
});
