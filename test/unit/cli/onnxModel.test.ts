import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readExperiment } from '../../../src/core/experiment/document';
import { startBackend } from '../../../src/trainer/engine/backend';
import { openRun, runExamples } from '../../../src/trainer/runs/openRun';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { experimentOf as readExperimentOf, failure } from '../trainer/modelFolder';
import { noprop, nopropProcess } from './noprop';

// The thread with the graph is that of 'dist'.
const TABLE = ['a,b,y', ...Array.from({ length: 20 }, (_, i) => `${i % 5},${i % 3},${i % 7}`)].join('\n');

const experiment = {
  version: 1,
  name: 'graph',
  schedules: [{ id: 'cosine' }],
  data: { id: 'csv', path: 'table.csv', label: 'y', task: 'regression' },
  model: { hidden: [16], activation: 'tanh' },
  dynamics: 'probability-flow',
  training: { steps: 60, batch: 32 },
  start: 'zero',
  comparison: {
    integrators: ['euler', 'heun', 'exponential-1', 'dpmpp-2m'],
    steps: [4, 8, 16],
    tolerances: [],
    paths: 1,
  },
};

describe('a model of the reader in ONNX', function () {
  this.timeout(60_000);
  let folder = '';
  const at = (name: string) => path.join(folder, name);

  before(async () => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'noprop-onnx-'));
    fs.symlinkSync(path.resolve('node_modules'), at('node_modules'), 'junction');
    fs.writeFileSync(at('table.csv'), TABLE);
    await startBackend(path.resolve('dist'));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  const write = (name: string, content: object) => fs.writeFileSync(at(name), JSON.stringify(content));

  async function json<T>(...args: string[]): Promise<T> {
    const { status, stdout, stderr } = await noprop(...args);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as T;
  }

  async function exported(): Promise<string> {
    write('run.noprop.json', experiment);
    const { run } = await json<{ run: string }>('train', at('run.noprop.json'), '--json', '--out', at('runs'));
    const { status, stderr } = await noprop('export', run, '--format', 'onnx-u', '--out', at('model.onnx'), '--force');
    assert.equal(status, 0, stderr);
    return run;
  }

  interface Compared {
    readonly rows: readonly { integrator: string; steps: number; error: number; evaluations: number }[];
  }

  it('gives the rows that Compare integrators has of the run which was exported', async () => {
    const run = await exported();
    const own = await json<Compared>('compare', at('run.noprop.json'), '--run', run, '--json');
    const open = await openRun(run);
    const { x, n } = await runExamples(open, 'test');
    const { mean, scale } = open.record.data;
    open.model.dispose();
    const service = new TrainerService(path.resolve('dist'));
    const squares = own.rows.map(() => 0);
    for (let i = 0; i < n; i++) {
      const features = Array.from(x.rows(i, i + 1), (value, k) => value * scale[k]! + mean[k]!);
      const denoiser = { id: 'onnx', file: 'model.onnx', dimension: 1, x: features.join(', ') };
      const one = readExperiment(JSON.stringify({ ...experiment, denoiser }), 'graph.noprop.json');
      const { picture } = await service.call('compare', [{ experiment: one, folder }]);
      assert.match(picture.problem, /^u: Own model in ONNX \(model\.onnx\)/);
      picture.rows.forEach((row, k) => {
        const wanted = own.rows[k]!;
        assert.deepEqual([row.integrator, row.steps, row.evaluations], [wanted.integrator, wanted.steps, wanted.evaluations]); // prettier-ignore
        squares[k]! += row.error ** 2 / n;
      });
    }
    assert.equal(squares.length, 12);
    own.rows.forEach(({ integrator, steps, error }, k) => {
      const found = Math.sqrt(squares[k]!);
      assert.ok(Math.abs(found - error) <= 1e-5 * Math.max(1, error), `${integrator} ${steps}: ${found} and ${error} of the run`); // prettier-ignore
    });
    assert.ok(
      own.rows.some(({ error }) => error > 1e-3),
      'no method errs: nothing is compared',
    );
  });

  it('is compared by a command that then ends (dist/cli.js)', async () => {
    await exported();
    const denoiser = { id: 'onnx', file: 'model.onnx', x: '1, 2' };
    write('graph.noprop.json', { ...experiment, denoiser });
    const { status, stdout, stderr } = nopropProcess('compare', at('graph.noprop.json'), '--json');
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal((JSON.parse(stdout) as Compared).rows.length, 12);
  });

  it('says what does not fit', async () => {
    await exported();
    const service = new TrainerService(path.resolve('dist'));
    const few = { comparison: { integrators: ['euler'], steps: [4], paths: 3 } };
    const said = async (rest: object, where = folder) => {
      const asked = readExperimentOf({ ...few, denoiser: { id: 'onnx', dimension: 1, x: '0.5, 1', ...rest } });
      return (await failure(service.call('compare', [{ experiment: asked, folder: where }]))).message;
    };
    fs.writeFileSync(at('none.onnx'), 'no graph');
    assert.match(await said({ file: 'none.onnx' }), /none\.onnx could not be loaded: /);
    assert.match(await said({ file: 'missing.onnx' }), /missing\.onnx: there is no such file; set denoiser\.file to a file of ONNX/); // prettier-ignore
    assert.match(await said({ file: 'model.py' }), /denoiser\.file must be a file of ONNX, \.onnx: got model\.py/);
    assert.match(await said({ x: '' }), /model\.onnx could not be loaded: it has an input x: name its numbers in denoiser\.x/); // prettier-ignore
    assert.match(await said({ x: '1' }), /a row of its input x has length 2: denoiser\.x has 1 numbers/);
    assert.match(await said({ x: '1, b' }), /denoiser\.x must be numbers between commas: got b/);
    assert.match(await said({ dimension: 3 }), /a row of its input z has length 1: set denoiser\.dimension to that, not 3/); // prettier-ignore
    const empty = fs.mkdtempSync(path.join(tmpdir(), 'noprop-empty-'));
    fs.copyFileSync(at('model.onnx'), path.join(empty, 'model.onnx'));
    assert.match(await said({}, empty), /the package onnxruntime-web was not found at .*: run npm install onnxruntime-web there/); // prettier-ignore
    fs.rmSync(empty, { recursive: true });
    const fits = readExperimentOf({ ...few, denoiser: { id: 'onnx', dimension: 1, x: '0.5, 1' } });
    assert.equal((await service.call('compare', [{ experiment: fits, folder }])).picture.rows.length, 1);
  });

  it('is run only in a trusted workspace', async () => {
    await exported();
    const files = { trusted: false, folders: [], files: [] };
    const service = new TrainerService(path.resolve('dist'), { files });
    const asked = readExperimentOf({ denoiser: { id: 'onnx', dimension: 1, x: '0.5, 1' } });
    const error = await failure(service.call('compare', [{ experiment: asked, folder: path.join(folder, 'other', '..') }])); // prettier-ignore
    assert.equal(error.code, 'untrusted');
  });
});
