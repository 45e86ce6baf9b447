import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import { NO_FILES } from '../../../src/core/files/filePlaces';
import { codeOf } from '../../../src/core/registry/problem';
import { previewData } from '../../../src/trainer/data/previewData';

describe('the preview of data', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'noprop-preview-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const preview = (data: object, rest: object = {}, rule: Parameters<typeof previewData>[2] = 'any') => {
    const text = JSON.stringify({ version: 1, name: 'x', schedules: [{ id: 'linear-gamma' }], data, ...rest });
    return previewData(parseExperiment(text).experiment!, folder, rule);
  };
  const write = (name: string, content: string | Buffer) => writeFileSync(path.join(folder, name), content);

  it('of a formula has its points as they are, its classes and its split', async () => {
    const { rows, features, classes, split, points, columns, problem } = await preview(
      { id: 'two-moons', params: { n: 300 } },
      { training: { patience: 3, validationShare: 0.25 } },
    );
    assert.deepEqual([rows, features, problem], [300, 2, undefined]);
    assert.deepEqual(classes, [
      { label: '0', count: 150 },
      { label: '1', count: 150 },
    ]);
    assert.deepEqual(split, { train: 180, test: 60, validation: 60 });
    assert.deepEqual([points!.x.length, points!.xTitle, points!.about], [300, 'x1', '']);
    assert.deepEqual(
      columns.map(({ name, type, isLabel }) => [name, type, isLabel]),
      [
        ['x1', 'number', false],
        ['x2', 'number', false],
        ['class', 'class', true],
      ],
    );
  });

  it('has rows of every class among its points, however the rows follow each other', async () => {
    const { points } = await preview({ id: 'blobs', params: { n: 1500, centers: 3 } });
    assert.deepEqual([points!.x.length, new Set(points!.labels).size], [1000, 3]);
  });

  it('of a table with more features has their principal axes, and says so', async () => {
    const line = (i: number) => `${i},${2 * i},${i % 3},${i % 2 ? 'b' : 'a'}`;
    write('table.csv', `p,q,r,kind\n${Array.from({ length: 1500 }, (_, i) => line(i)).join('\n')}\n`);
    const { points, rows } = await preview({ id: 'csv', path: 'table.csv', label: 'kind' });
    assert.deepEqual([rows, points!.x.length, points!.xTitle], [1500, 1000, 'first principal axis']);
    assert.match(points!.about, /^The first two principal axes of the 3 scaled features: 6\d % and 3\d %/);
  });

  it('of images has some of each class', async () => {
    const header = (magic: number, ...shape: number[]) => {
      const bytes = Buffer.alloc(4 + 4 * shape.length);
      [magic, ...shape].forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
      return bytes;
    };
    const pixels = Buffer.from(Array.from({ length: 40 * 6 }, (_, i) => (i < 12 ? (i % 6) * 51 : (i * 7) % 256)));
    write('images', Buffer.concat([header(0x803, 40, 3, 2), pixels]));
    write('labels', Buffer.concat([header(0x801, 40), Buffer.from(Array.from({ length: 40 }, (_, i) => i % 4))]));
    const { images, classes } = await preview({ id: 'idx', images: 'images', labels: 'labels' });
    assert.deepEqual([images!.width, images!.height, images!.labels.length], [2, 3, 32]);
    assert.deepEqual([...images!.pixels.subarray(0, 6)], [0, 51, 102, 153, 204, 255]);
    assert.deepEqual(
      classes.map(({ count }) => count),
      [10, 10, 10, 10],
    );
    const cut = await preview({ id: 'idx', images: 'images', labels: 'images' });
    assert.deepEqual(cut.problem!.path, ['data', 'labels']);
  });

  it('has what is wrong at its setting, with the columns there are', async () => {
    write('gap.csv', 'p,y\n1,a\n,b\n2,a\n3,b\n4,a\n5,b\n1.5,a\n2.5,b\n');
    const gap = await preview({ id: 'csv', path: 'gap.csv', label: 'y' });
    assert.deepEqual(gap.problem!.path, ['data', 'missing']);
    assert.deepEqual(
      gap.columns.map(({ name }) => name),
      ['p', 'y'],
    );
    const dropped = await preview({ id: 'csv', path: 'gap.csv', label: 'p', task: 'regression', missing: 'drop' });
    assert.deepEqual([dropped.rows, dropped.leftOut, dropped.target], [7, 1, { name: 'p', range: [1, 5] }]);
    const none = await preview({ id: 'csv', path: 'none.csv', label: 'y' });
    assert.deepEqual(none.problem!.path, ['data', 'path']);
    assert.match(none.problem!.message, /none\.csv cannot be read/);
    const label = await preview({ id: 'csv', path: 'gap.csv', label: 'z' });
    assert.deepEqual(label.problem!.path, ['data', 'label']);
  });

  it('reads no file that must not be read', async () => {
    write('table.csv', 'p,y\n1,a\n2,b\n1,a\n2,b\n');
    const refused = preview({ id: 'csv', path: 'table.csv', label: 'y' }, {}, NO_FILES);
    await assert.rejects(refused, (error) => codeOf(error) === 'untrusted');
  });
});
