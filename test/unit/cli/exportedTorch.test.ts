import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { samplers } from '../../../src/core/sampling';
import { unlabelledExamples } from '../../../src/trainer/data/examples';
import { startBackend } from '../../../src/trainer/engine/backend';
import { openRun } from '../../../src/trainer/runs/openRun';
import { readTensors } from '../../../src/trainer/runs/safetensors';
import { simulate } from '../../../src/trainer/sampling/simulate';
import { labNormals, type Prediction } from '../support/onnx';
import { describeWithPython, pythonJson } from '../support/python';
import { done, noprop, trainedRun } from './noprop';

const experimentOf = (rest: object) =>
  JSON.stringify({
    version: 1,
    name: 'torch',
    schedules: [{ id: 'cosine' }],
    data: { id: 'two-moons', params: { n: 200 } },
    training: { steps: 80, batch: 32 },
    ...rest,
  });

/** Experiments whose runs differ in all that the module of a model depends on. */
const cases: Readonly<Record<string, object>> = {
  'NoProp-CT, one-hot, an odd number of time features': { model: { hidden: [24, 24], timeFeatures: 7 } },
  'NoProp-CT, softmax of a learned embedding, a linear read-out, Fourier times, SiLU, residual layers': {
    model: { hidden: [24, 24], prediction: 'softmax', embedding: { id: 'learned', dimension: 5 }, readout: 'linear', timeEmbedding: 'fourier', activation: 'silu', residual: true }, // prettier-ignore
    integrator: { id: 'dpmpp-2m', steps: 12 },
  },
  'NoProp-CT with noise, from zeros, on prototypes, tanh': {
    model: { hidden: [24], embedding: 'prototype', activation: 'tanh' },
    dynamics: { id: 'noprop-forward', noise: true },
    integrator: { id: 'euler-maruyama', steps: 15 },
    start: 'zero',
  },
  'NoProp-CT with a learned schedule, softmax of one-hot': {
    schedules: [{ id: 'learned' }],
    model: { hidden: [16], prediction: 'softmax' },
  },
  'NoProp-DT': { model: { id: 'dt', hidden: [16, 16], blocks: 6, residual: true } },
  'NoProp-DT with noise and a learned embedding': {
    model: { id: 'dt', hidden: [16], blocks: 4, embedding: { id: 'learned', dimension: 3 } },
    dynamics: { id: 'noprop-forward', noise: true },
  },
  'NoProp-FM, Dormand-Prince with fixed steps': {
    model: { id: 'fm', hidden: [24] },
    integrator: { id: 'dopri5', steps: 6 },
  },
  backpropagation: { model: { id: 'backprop', hidden: [24, 24] } },
};

const points = Array.from({ length: 40 }, (_, i) => [Math.cos(i) * 1.5 + 0.5, Math.sin(2 * i)]);

/** A run as a module, rows, and what the lab says of them. */
interface Question {
  readonly module: string;
  readonly rows: readonly (readonly number[])[];
  /** Draws of N(0, 1), each n x m, in the order in which a prediction takes them. */
  readonly normals: readonly (readonly (readonly number[])[])[];
}

interface Answer {
  readonly predicted: number[][];
  readonly ends: number[][];
  readonly labels?: string[];
}

/** What modules answer, each loaded as a reader would load it. */
const SCRIPT = `
import importlib.util, json, math, sys
import torch

def answer(question):
    spec = importlib.util.spec_from_file_location("run", question["module"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.load(dtype=torch.float64)
    rows = [[float("nan") if value is None else value for value in row] for row in question["rows"]]
    def draws():
        left = iter(question["normals"])
        return lambda n: torch.tensor(next(left), dtype=torch.float64)
    found = {"predicted": model.predict(rows, draws()).tolist()}
    found["ends"] = model.sample(model.scaled(rows), normals=draws()).tolist()
    if hasattr(model, "labels"):
        found["labels"] = model.labels(rows, draws())
    single = module.load()
    ends = single.sample(single.scaled(rows), normals=lambda n, draw=draws(): draw(n).float())
    assert ends.dtype == torch.float32, ends.dtype
    assert (ends - torch.tensor(found["ends"])).abs().max() < 1e-3, "in single precision"
    assert math.isfinite(sum(single.predict(rows)[0].tolist())), "with normals of its own"
    return found

print(json.dumps([answer(one) for one in json.loads(open(sys.argv[1]).read())]))
`;

describeWithPython('a run as a PyTorch module', ['torch'], function (python) {
  let folder = '';
  const at = (name: string) => path.join(folder, name);

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-torch-'));
    await startBackend(path.resolve('dist'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const trained = (experiment: string, ...args: string[]) => trainedRun(folder, experiment, ...args);

  let written = 0;

  /** Exports a run, and puts together what its module is asked. */
  async function questionOf(run: string, rows: readonly (readonly number[])[]): Promise<Question> {
    const module = at(`run_${written++}.py`);
    await done('export', run, '--format', 'torch', '--out', module);
    const { metadata } = readTensors(readFileSync(module.replace(/py$/, 'safetensors')));
    const drawn = labNormals(JSON.parse(metadata.prediction!) as Prediction, rows.length);
    const [m, n] = [drawn?.shape[3] ?? 0, rows.length];
    const rowAt = (from: number) => Array.from(drawn!.data.subarray(from, from + m));
    const normals = Array.from({ length: drawn ? drawn.data.length / (n * m) : 0 }, (_, k) =>
      Array.from({ length: n }, (__, i) => rowAt((k * n + i) * m)),
    );
    return { module, rows, normals };
  }

  function ask(questions: readonly Question[]): Answer[] {
    writeFileSync(at('questions.json'), JSON.stringify(questions));
    return pythonJson<Answer[]>(python, SCRIPT, [at('questions.json')]);
  }

  /** The states at the end that the lab comes to from the first start, n x m. */
  async function endsHere(run: string, rows: readonly (readonly number[])[]): Promise<number[]> {
    const { model, experiment, record } = await openRun(run);
    const sampler = samplers[experiment.model.id](experiment);
    const ends = simulate(model, sampler, unlabelledExamples(Float64Array.from(rows.flat()), record.data));
    model.dispose();
    return [...ends];
  }

  /** The last columns that `noprop predict` writes of a table. */
  async function predictedHere(run: string, table: string): Promise<string[][]> {
    await done('predict', run, '--data', table, '--out', at('predicted.csv'), '--force');
    const lines = readFileSync(at('predicted.csv'), 'utf8').trimEnd().split('\n').slice(1);
    return lines.map((line) => line.split(','));
  }

  function assertClose(found: readonly number[], wanted: readonly number[], what: string, scale = 1): void {
    assert.equal(found.length, wanted.length, what);
    wanted.forEach(
      (value, i) =>
      assert.ok(Math.abs(found[i]! - value) <= 1e-5 * scale, `${what}, place ${i}: ${found[i]} in PyTorch, ${value} here`), // prettier-ignore
    );
  }

  function assertClasses(answer: Answer, here: readonly (readonly string[])[], what: string): void {
    const n = answer.predicted[0]!.length;
    const probabilities = here.flatMap((row) => row.slice(-n).map(Number));
    assertClose(answer.predicted.flat(), probabilities, `${what}: probabilities`);
    assert.deepEqual(answer.labels, here.map((row) => row.at(-n - 1)), what); // prettier-ignore
    assert.ok(new Set(answer.labels).size > 1, `${what}: all rows have one label, so nothing is compared`);
  }

  it('predicts as noprop predict does and comes to the same ends, to 1e-5, for every kind of model', async function () {
    this.timeout(120_000);
    writeFileSync(at('points.csv'), ['x1,x2', ...points.map((row) => row.join())].join('\n'));
    const runs = [];
    for (const rest of Object.values(cases)) runs.push(await trained(experimentOf(rest)));
    const questions = [];
    for (const run of runs) questions.push(await questionOf(run, points));
    const answers = ask(questions);
    for (const [k, name] of Object.keys(cases).entries()) {
      assertClasses(answers[k]!, await predictedHere(runs[k]!, at('points.csv')), name);
      const ends = await endsHere(runs[k]!, points);
      assertClose(answers[k]!.ends.flat(), ends, `${name}: ends`);
    }
  });

  it('does so for digits under NoProp-CT, iris under NoProp-DT and moons under NoProp-FM', async function () {
    this.timeout(120_000);
    const tables = { digits: 'ct', iris: 'dt', moons: 'fm' };
    const asked = [];
    for (const [name, kind] of Object.entries(tables)) {
      const sample = path.join('media/samples', `${name}.noprop.json`);
      const stdout = await done('train', sample, '--json', '--set', `model.id=${kind}`, '--set', 'training.steps=200', '--out', at('runs')); // prettier-ignore
      const { run } = JSON.parse(stdout) as { run: string };
      const lines = name === 'moons' ? ['x1,x2', ...points.map((row) => row.join())] : readFileSync(path.join('media/samples', `${name}.csv`), 'utf8').trimEnd().split(/\r?\n/); // prettier-ignore
      const some = name === 'moons' ? lines : lines.filter((_, i) => i === 0 || i % 4 === 1).slice(0, 41);
      writeFileSync(at(`${name}.csv`), some.join('\n'));
      const width = name === 'moons' ? 2 : -1;
      const rows = some.slice(1).map((line) => line.split(',').slice(0, width).map(Number));
      asked.push({ name, run, rows, question: await questionOf(run, rows) });
    }
    const answers = ask(asked.map(({ question }) => question));
    for (const [k, { name, run, rows }] of asked.entries()) {
      assertClasses(answers[k]!, await predictedHere(run, at(`${name}.csv`)), name);
      const ends = await endsHere(run, rows);
      assertClose(answers[k]!.ends.flat(), ends, `${name}: ends`);
    }
  });

  it('predicts numbers in their own unit, of rows where one is missing', async function () {
    this.timeout(60_000);
    const gap = (i: number) => i % 5 === 0;
    writeFileSync(at('line.csv'), ['a,b,y', ...points.map(([a, b], i) => `${a},${gap(i) ? '' : b},${300 + 40 * a! * b!}`)].join('\n')); // prettier-ignore
    const data = { id: 'csv', path: at('line.csv'), label: 'y', task: 'regression', missing: 'mean' };
    const run = await trained(experimentOf({ data, model: { hidden: [16] } }));
    const rows = points.map(([a, b], i) => [a!, gap(i) ? NaN : b!]);
    const [{ predicted, labels }] = ask([await questionOf(run, rows)]) as [Answer];
    const here = await predictedHere(run, at('line.csv'));
    assertClose(predicted.flat(), here.map((row) => Number(row.at(-1))), 'prediction', 40); // prettier-ignore
    assert.equal(labels, undefined);
  });

  it('asks before weights beside the module are replaced, and takes those of a checkpoint', async function () {
    this.timeout(60_000);
    const run = await trained(experimentOf({ model: { hidden: [8] }, training: { steps: 20, checkpoints: 10 } }));
    writeFileSync(at('mine.safetensors'), 'mine');
    const refused = await noprop('export', run, '--format', 'torch', '--out', at('mine.py'));
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /mine\.safetensors exists: give another name, or --force/);
    assert.equal(readFileSync(at('mine.safetensors'), 'utf8'), 'mine');
    await done('export', run, '--format', 'torch', '--out', at('mine.py'), '--force');
    await done('export', run, '--format', 'torch', '--out', at('early.py'), '--checkpoint', '10');
    const kernel = (name: string) => readTensors(readFileSync(at(name))).tensors['layers.0.kernel']!.values;
    assert.notDeepEqual(kernel('early.safetensors'), kernel('mine.safetensors'));
  });
});
