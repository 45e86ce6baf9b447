import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unlabelledExamples } from '../../../src/trainer/data/examples';
import { startBackend } from '../../../src/trainer/engine/backend';
import { openRun } from '../../../src/trainer/runs/openRun';
import { readTensors } from '../../../src/trainer/runs/safetensors';
import { labNormals, OnnxModel, type Numbers, type Prediction } from '../support/onnx';
import { predictedByTfjs } from '../support/tfjs';
import { done, noprop, trainedRun } from './noprop';

const experimentOf = (rest: object) =>
  JSON.stringify({
    version: 1,
    name: 'graphs',
    schedules: [{ id: 'cosine' }],
    data: { id: 'two-moons', params: { n: 200 } },
    training: { steps: 80, batch: 32 },
    ...rest,
  });

/** Experiments whose runs differ in all that a graph depends on. */
const cases: Readonly<Record<string, object>> = {
  'NoProp-CT, one-hot, an odd number of time features': { model: { hidden: [24, 24], timeFeatures: 7 } },
  'NoProp-CT, softmax of a learned embedding, a linear read-out, Fourier times, SiLU, residual layers': {
    model: { hidden: [24, 24], prediction: 'softmax', embedding: { id: 'learned', dimension: 5 }, readout: 'linear', timeEmbedding: 'fourier', activation: 'silu', residual: true }, // prettier-ignore
    integrator: { id: 'dpmpp-2m', steps: 12 },
    seed: 7,
  },
  'NoProp-CT with noise, from zeros, on prototypes': {
    model: { hidden: [24], embedding: 'prototype' },
    dynamics: { id: 'noprop-forward', noise: true },
    integrator: { id: 'euler-maruyama', steps: 15 },
    start: 'zero',
  },
  'NoProp-CT from zeros without noise, tanh': { model: { hidden: [16], activation: 'tanh' }, start: 'zero' },
  'NoProp-DT with noise': {
    model: { id: 'dt', hidden: [16, 16], blocks: 6 },
    dynamics: { id: 'noprop-forward', noise: true },
  },
  'NoProp-FM': { model: { id: 'fm', hidden: [24] }, integrator: { id: 'dopri5', steps: 6 } },
  backpropagation: { model: { id: 'backprop', hidden: [24, 24] } },
};

const points = Array.from({ length: 40 }, (_, i) => [Math.cos(i) * 1.5 + 0.5, Math.sin(2 * i)]);

const rowsOf = (rows: readonly (readonly number[])[]): Numbers => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]!.length],
});

describe('exported graphs', function () {
  this.timeout(60_000);
  let folder = '';
  const at = (name: string) => path.join(folder, name);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-graphs-'));
    await startBackend(path.resolve('dist'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const trained = (experiment: string, ...args: string[]) => trainedRun(folder, experiment, ...args);

  /** A run in a format, as bytes. */
  async function exported(run: string, format: string, name: string): Promise<Uint8Array> {
    await done('export', run, '--format', format, '--out', at(name), '--force');
    return readFileSync(at(name));
  }

  const metadataOf = async (run: string) => {
    await done('weights', 'export', run, '--out', at('weights.safetensors'), '--force');
    return readTensors(readFileSync(at('weights.safetensors'))).metadata;
  };

  function assertClose(found: ArrayLike<number>, wanted: ArrayLike<number>, what: string, scale = 1): void {
    assert.equal(found.length, wanted.length, what);
    for (let i = 0; i < wanted.length; i++)
      assert.ok(Math.abs(found[i]! - wanted[i]!) <= 1e-5 * scale, `${what}, place ${i}: ${found[i]} in the graph, ${wanted[i]} here`); // prettier-ignore
  }

  /** What the graph of a whole prediction gives for rows, and the last columns that `noprop predict` writes of the same. */
  async function bothPredictions(run: string, table: string, rows: readonly (readonly number[])[]) {
    await done('predict', run, '--data', table, '--out', at('predicted.csv'), '--force');
    const prediction = JSON.parse((await metadataOf(run)).prediction!) as Prediction;
    const model = await OnnxModel.open(await exported(run, 'onnx', 'run.onnx'));
    const normals = labNormals(prediction, rows.length);
    const theirs = await model.run({ x: rowsOf(rows), ...(normals && { normals }) });
    const lines = readFileSync(at('predicted.csv'), 'utf8').trimEnd().split('\n').slice(1);
    return { theirs, ours: lines.map((line) => line.split(',')) };
  }

  function assertClasses({ theirs, ours }: Awaited<ReturnType<typeof bothPredictions>>, classes: readonly string[]) {
    const n = classes.length;
    assertClose(theirs.probabilities!, ours.flatMap((row) => row.slice(-n).map(Number)), 'probabilities'); // prettier-ignore
    assert.deepEqual(theirs.label!.map((k) => classes[k]), ours.map((row) => row.at(-n - 1))); // prettier-ignore
    assert.ok(new Set(theirs.label).size > 1, 'all rows have one label: nothing is compared');
  }

  /** Questions to u of a run, at one time and at many, each with what the run's own network answers. */
  async function questionsOf(run: string): Promise<{ inputs: Record<string, Numbers>; wanted: Float64Array }[]> {
    const { model, record, experiment } = await openRun(run);
    const prediction = JSON.parse((await metadataOf(run)).prediction!) as { inputs: { z: number; timeFeatures: number }; steps: { times?: number[] } }; // prettier-ignore
    const { z: m, timeFeatures } = prediction.inputs;
    const n = points.length;
    const { x } = unlabelledExamples(Float64Array.from(points.flat()), record.data);
    const states = Float32Array.from({ length: n * m }, (_, k) => 2 * Math.sin(k));
    const bound = model.bind(x.rows(0, n), n);
    const blocks = experiment.model.id === 'dt';
    const times = blocks ? prediction.steps.times!.slice(0, -1) : [0, 0.37, 0.99].map(Math.fround);
    const answers = times.map((t) => {
      const out = new Float64Array(n * model.m);
      bound.denoise(Float64Array.from(m ? states : out), n, model.m, t, 0, out);
      return out;
    });
    bound.dispose();
    model.dispose();
    const inputs = { x: rowsOf(points), ...(m && { z: { data: states, shape: [n, m] } }) };
    if (!blocks && !timeFeatures) return [{ inputs, wanted: answers[0]! }];
    const timed = (t: Float32Array) => ({ ...inputs, t: { data: t, shape: [t.length] } });
    const each = Float32Array.from({ length: n }, (_, i) => times[i % times.length]!);
    const mixed = answers[0]!.map((_, k) => answers[Math.floor(k / model.m) % times.length]![k]!);
    return [
      ...times.map((t, k) => ({ inputs: timed(Float32Array.of(t)), wanted: answers[k]! })),
      { inputs: timed(each), wanted: mixed },
    ];
  }

  for (const [name, rest] of Object.entries(cases))
    it(`ONNX and TensorFlow.js agree with the lab to 1e-5: ${name}`, async () => {
      const run = await trained(experimentOf(rest));
      writeFileSync(at('points.csv'), ['x1,x2', ...points.map((row) => row.join())].join('\n'));
      assertClasses(await bothPredictions(run, at('points.csv'), points), ['0', '1']);
      const u = await OnnxModel.open(await exported(run, 'onnx-u', 'u.onnx'));
      const questions = await questionsOf(run);
      await exported(run, 'tfjs', 'model.json');
      const byTfjs = predictedByTfjs(at('model.json'), questions.map(({ inputs }) => inputs)); // prettier-ignore
      for (const [k, { inputs, wanted }] of questions.entries()) {
        assertClose(Object.values(await u.run(inputs))[0]!, wanted, `question ${k} to ONNX`);
        assertClose(byTfjs[k]!, wanted, `question ${k} to TensorFlow.js`);
      }
    });

  it('ONNX predicts numbers in their own unit, of rows where one is missing', async () => {
    // Numbers that float32 holds, with a mean that it does not hold beside their scale.
    const rows = points.map(([a, b]) => [2000 + Math.round(64 * a!) / 64, b!]);
    writeFileSync(at('line.csv'), ['a,b,y', ...rows.map(([a, b], i) => `${a},${i % 5 ? b : ''},${300 + 40 * a! * b!}`)].join('\n')); // prettier-ignore
    const data = { id: 'csv', path: at('line.csv'), label: 'y', task: 'regression', missing: 'mean' };
    const run = await trained(experimentOf({ data, model: { hidden: [16] } }));
    const gaps = rows.map(([a, b], i) => [a!, i % 5 ? b! : NaN]);
    const { ours, theirs } = await bothPredictions(run, at('line.csv'), gaps);
    const wanted = ours.map((row) => Number(row.at(-1)));
    assertClose(theirs.prediction!, wanted, 'prediction', Math.max(...wanted.map(Math.abs)));
  });

  it('ONNX predicts iris and digits as noprop predict does', async () => {
    for (const name of ['iris', 'digits']) {
      const sample = path.join('media/samples', `${name}.noprop.json`);
      const stdout = await done('train', sample, '--json', '--set', 'training.steps=200', '--out', at('runs'));
      const { run } = JSON.parse(stdout) as { run: string };
      const lines = readFileSync(path.join('media/samples', `${name}.csv`), 'utf8')
        .trimEnd()
        .split(/\r?\n/);
      const some = lines.filter((_, i) => i === 0 || i % 4 === 1).slice(0, 41);
      writeFileSync(at('rows.csv'), some.join('\n'));
      const rows = some.slice(1).map((line) => line.split(',').slice(0, -1).map(Number));
      const classes = JSON.parse((await metadataOf(run)).classes!) as string[];
      assertClasses(await bothPredictions(run, at('rows.csv'), rows), classes);
    }
  });

  it('a graph names its inputs and outputs, and says what it was made of', async () => {
    const run = await trained(experimentOf({ model: { hidden: [8] }, training: { steps: 2 }, seed: 3 }));
    const bytes = await exported(run, 'onnx', 'run.onnx');
    const { ports } = await OnnxModel.open(bytes);
    assert.deepEqual(ports, {
      inputs: { x: ['rows', 2], normals: ['starts', 1, 'rows', 2] },
      outputs: { label: ['rows'], probabilities: ['rows', 2], state: ['starts', 'rows', 2] },
    });
    const u = await OnnxModel.open(await exported(run, 'onnx-u', 'u.onnx'));
    assert.deepEqual(u.ports, {
      inputs: { z: ['rows', 2], x: ['rows', 2], t: ['times'] },
      outputs: { u: ['rows', 2] },
    });
    const text = Buffer.from(bytes).toString('latin1');
    for (const said of ['classes', '["0","1"]', 'experiment', '"seed":3', 'features']) assert.ok(text.includes(said), said); // prettier-ignore
    const json = JSON.parse(Buffer.from(await exported(run, 'tfjs', 'model.json')).toString()) as { userDefinedMetadata: Record<string, string> }; // prettier-ignore
    assert.match(json.userDefinedMetadata.call!, /loadGraphModel.*predict\(\{ z: .*x: .*t: /);
    assert.equal(json.userDefinedMetadata.seed, '3');
  });

  it('a method that chooses its own steps has no graph of the whole prediction, but one of u', async () => {
    const run = await trained(experimentOf({ model: { hidden: [8] }, training: { steps: 2 }, integrator: { id: 'dopri5', tolerance: 0.001 } })); // prettier-ignore
    const { status, stderr } = await noprop('export', run, '--format', 'onnx', '--out', at('none.onnx'));
    assert.equal(status, 2);
    assert.match(stderr, /cannot be one graph: dopri5 chooses its own steps by the tolerance 0\.001\. .*onnx-u/);
    assert.ok((await exported(run, 'onnx-u', 'adaptive.onnx')).length > 0);
  });
});
