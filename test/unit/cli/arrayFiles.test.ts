import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import { readFeatures, readLabels } from '../../../src/core/datasets/arrays';
import { previewData } from '../../../src/trainer/data/previewData';
import { describeWithPython, pythonJson } from '../support/python';
import { noprop } from './noprop';

/** Writes the same rows in every type and order, and prints what each file holds. */
const EVERY_TYPE = `
import json, sys, numpy as np
folder, found = sys.argv[1], {}
rows = np.arange(24).reshape(4, 6) % 7
for code in ['f8', 'f4', 'f2', 'i8', 'i4', 'i2', 'i1', 'u8', 'u4', 'u2', 'u1', '?']:
    for order in '<>':
        for layout in 'CF':
            a = np.array(rows > 3 if code == '?' else rows / 4 if code[0] == 'f' else rows, dtype=order + code, order=layout)
            name = f'{"bool" if code == "?" else code}-{"little" if order == "<" else "big"}-{layout}.npy'
            np.save(f'{folder}/{name}', a)
            found[name] = a.astype(float).ravel().tolist()
images = (np.arange(60).reshape(5, 4, 3) * 3).astype(np.uint8)
np.save(f'{folder}/images-F.npy', np.asfortranarray(images))
found['images-F.npy'] = images.astype(float).ravel().tolist()
texts = np.array(['cat', 'dög', 'cat', 'dög'])
np.savez_compressed(f'{folder}/texts.npz', x=rows, y=texts)
print(json.dumps(found))
`;

/** Rows of two Gaussian clouds, and numbers that follow from them. */
const CLOUDS = `
import json, sys, numpy as np
folder = sys.argv[1]
rng = np.random.default_rng(1)
y = np.arange(120) % 2
x = rng.normal(size=(120, 3)) * 0.3 + y[:, None]
np.savez_compressed(f'{folder}/clouds.npz', x=x.astype('>f4'), y=y)
np.savez(f'{folder}/new.npz', X=np.asfortranarray(x[:40]), target=y[:40].astype(bool))
np.save(f'{folder}/x_rows.npy', x.astype(np.float16))
np.save(f'{folder}/y_rows.npy', x.sum(axis=1))
np.save(f'{folder}/wide.npy', rng.normal(size=(4, 5)))
print('{}')
`;

describeWithPython('arrays that NumPy wrote', ['numpy'], (python) => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'noprop-arrays-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => path.join(folder, name);

  it('are read to every digit, in every type, order of bytes and order of indices', () => {
    const written = pythonJson<Record<string, number[]>>(python, EVERY_TYPE, [folder]);
    assert.equal(Object.keys(written).length, 49);
    for (const [name, values] of Object.entries(written))
      assert.deepEqual([...readFeatures({ name, bytes: readFileSync(at(name)) }).values], values, name);
    const file = { name: 'texts.npz', bytes: readFileSync(at('texts.npz')) };
    assert.deepEqual(readLabels(file, 4), { texts: ['cat', 'dög', 'cat', 'dög'] });
  });

  const experimentOn = (data: object) => {
    const file = at('arrays.noprop.json');
    const training = { steps: 150, batch: 32 };
    const text = JSON.stringify({ version: 1, name: 'arrays', schedules: [{ id: 'cosine' }], data, training });
    writeFileSync(file, text);
    return { file, experiment: parseExperiment(text).experiment! };
  };
  const trained = async (data: object) => {
    const { file } = experimentOn({ id: 'numpy', ...data });
    return (await noprop('train', file, '--out', at('runs'))).stdout.trim().split('\n').at(-1)!;
  };

  it('are trained on, and new rows of a file of arrays are predicted beside their y', async () => {
    pythonJson(python, CLOUDS, [folder]);
    const run = await trained({ x: 'clouds.npz', y: 'clouds.npz' });
    const found = JSON.parse(
      (await noprop('predict', run, '--data', at('new.npz'), '--out', at('new.csv'), '--json')).stdout,
    ) as { rows: number; column: string; accuracy: number };
    assert.deepEqual([found.rows, found.column], [40, 'predicted y']);
    assert.ok(found.accuracy > 0.9, String(found.accuracy));
    const [header, first] = readFileSync(at('new.csv'), 'utf8').split(/\r?\n/);
    assert.equal(header, 'y,predicted y,P(0),P(1)');
    assert.match(first!, /^0,0,/);
    const wide = await noprop('predict', run, '--data', at('wide.npy'), '--out', at('wide.csv'));
    assert.match(wide.stderr, /wide\.npy has 5 features, and the run was trained on 3/);
  });

  it('a pair of files with numbers to predict', async () => {
    const run = await trained({ x: 'x_rows.npy', y: 'y_rows.npy', task: 'regression' });
    const { stdout } = await noprop('predict', run, '--data', at('x_rows.npy'), '--out', at('rows.csv'));
    assert.equal(stdout, 'labelled 120 rows in the column y\n');
    const values = readFileSync(at('rows.csv'), 'utf8').trim().split(/\r?\n/).slice(1).map(Number);
    assert.ok(values.length === 120 && values.every(Number.isFinite));
  });

  it('a table without a header is predicted by a run of arrays', async () => {
    const run = await trained({ x: 'clouds.npz', y: 'clouds.npz' });
    writeFileSync(at('table.csv'), '1,1,1\n0,0,0\n');
    await noprop('predict', run, '--data', at('table.csv'), '--out', at('table.out.csv'), '--labels-only');
    assert.match(readFileSync(at('table.out.csv'), 'utf8'), /^column 1,column 2,column 3,y\r?\n1,1,1,1\r?\n0,0,0,0/);
  });

  it('are previewed, with what y is: classes, or numbers to predict', async () => {
    const preview = (data: object) => previewData(experimentOn({ id: 'numpy', ...data }).experiment, folder, 'any');
    const both = await preview({ x: 'clouds.npz', y: 'clouds.npz' });
    assert.deepEqual([both.rows, both.features, both.classes.length, both.problem], [120, 3, 2, undefined]);
    const numbers = await preview({ x: 'x_rows.npy', y: 'y_rows.npy' });
    assert.deepEqual(numbers.problem?.path, ['data', 'task']);
    const { range, whole } = numbers.columns[0]!;
    assert.deepEqual([range?.length, whole], [2, false]);
    const absent = await preview({ x: 'x_rows.npy', y: 'nowhere.npy' });
    assert.match(absent.problem!.message, /nowhere\.npy cannot be read.*set data\.y to a data file/);
  });
});
