import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBackend } from '../../../src/trainer/engine/backend';
import { readRecord, readRunMetrics } from '../../../src/trainer/runs/runFolder';
import { openRun, runExamples } from '../../../src/trainer/runs/openRun';
import { kindOf } from '../../../src/trainer/training/models';
import { simulate } from '../../../src/trainer/sampling/simulate';
import { sampleEvenly } from '../../../src/trainer/data/examples';
import { describeWithPython } from '../support/python';
import { noprop } from './noprop';

const training = { steps: 40, batch: 32 };
const small = { hidden: [16, 16] };

/** Experiments of every kind of model and head, with the settings of training that act on the loss or the steps. */
const EXPERIMENTS: Readonly<Record<string, object>> = {
  ct: { model: { id: 'ct', ...small }, training },
  'ct, all learned': {
    model: { id: 'ct', ...small, embedding: { id: 'learned', dimension: 3 }, readout: 'linear', prediction: 'softmax', timeEmbedding: 'fourier' }, // prettier-ignore
    training: { ...training, times: 'importance', warmup: 5, weightDecay: 0.01, averaging: 0.9, gradientClip: 1, eta: 0.5, checkpoints: 20, patience: 2 }, // prettier-ignore
    dynamics: { id: 'noprop-forward', noise: true },
    integrator: { id: 'euler-maruyama', steps: 8 },
    start: 'exact',
  },
  'ct of prototypes': { model: { id: 'ct', ...small, embedding: 'prototype' }, training, start: 'zero' },
  dt: { model: { id: 'dt', ...small, blocks: 3 }, training, dynamics: { id: 'noprop-forward', noise: true } },
  'dt, all learned': {
    model: { id: 'dt', ...small, blocks: 3, embedding: { id: 'learned', dimension: 3 }, readout: 'linear' },
    training: { ...training, averaging: 0.9 },
  },
  fm: { model: { id: 'fm', ...small, residual: true, activation: 'silu' }, training },
  'fm, learned': { model: { id: 'fm', ...small, embedding: { id: 'learned', dimension: 3 } }, training },
  backprop: { model: { id: 'backprop', ...small }, training },
  'ct of numbers': { data: { id: 'regression' }, model: { id: 'ct', ...small, activation: 'tanh' }, training },
  'backprop of numbers': { data: { id: 'regression' }, model: { id: 'backprop', ...small }, training },
};

/** Prints the ends of some test rows by the weights of a run, as the script itself predicts them. */
const PREDICT = `
import importlib.util, json, sys
import numpy as np, torch
spec = importlib.util.spec_from_file_location("script", sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
raw = open(sys.argv[2] + "/weights.safetensors", "rb").read()
start = 8 + int.from_bytes(raw[:8], "little")
header = json.loads(raw[8:start])
header.pop("__metadata__")
read = lambda one: np.frombuffer(raw[start:], "<f4", offset=one["data_offsets"][0], count=int(np.prod(one["shape"]))).copy()
weights = {name: torch.as_tensor(read(one).reshape(one["shape"])) for name, one in header.items()}
data = script.read_data(script.Path(sys.argv[1]).parent)
rows = data.test[np.arange(20) * len(data.test) // 20]
print(json.dumps(script.Predictor(weights, data, torch.device("cpu")).carry(rows).tolist()))
`;

describeWithPython('the PyTorch training script', ['torch', 'numpy'], (python) => {
  let folder = '';
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-script-'));
    await startBackend(path.resolve('dist'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string) => path.join(folder, name);

  /** Exports the script of an experiment; its path. */
  async function exported(name: string, parts: object): Promise<string> {
    const [from, out] = [file(`${name}.noprop.json`), file(`${name}.py`)];
    writeFileSync(from, JSON.stringify({ version: 1, name, schedules: [{ id: 'cosine' }], ...parts }));
    const { status, stderr } = await noprop('export', from, '--format', 'torch-training', '--out', out, '--force');
    assert.equal(status, 0, stderr);
    return out;
  }

  const run = (script: string, ...args: string[]) => spawnSync(python, [script, ...args], { encoding: 'utf8' });

  /** Trains by a script into a run; the run's folder. */
  function trained(script: string, name: string, ...args: string[]): string {
    const { status, stderr } = run(script, '--out', file(name), ...args);
    assert.equal(status, 0, stderr);
    return file(name);
  }

  /** Trains by processes that find each other by environment variables alone. */
  async function trainedTogether(script: string, name: string, count: number): Promise<string> {
    const port = await freePort();
    const ends = Array.from({ length: count }, (_, rank) => {
      const env = { ...process.env, RANK: String(rank), WORLD_SIZE: String(count), MASTER_ADDR: '127.0.0.1', MASTER_PORT: String(port), OMP_NUM_THREADS: '1' }; // prettier-ignore
      const child = spawn(python, [script, '--out', file(name)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      let warned = '';
      child.stderr.on('data', (text: Buffer) => (warned += text.toString()));
      return new Promise<void>((resolve, reject) => {
        child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`process ${rank}: ${warned}`))));
      });
    });
    await Promise.all(ends);
    return file(name);
  }

  for (const [name, parts] of Object.entries(EXPERIMENTS))
    it(`${name}: its run opens here, and is predicted and scored alike`, async () => {
      const script = await exported(name, parts);
      const out = trained(script, `run ${name}`);
      const record = await readRecord(out);
      assert.deepEqual([record.state, record.backend, record.model], ['done', 'pytorch', name.split(/[ ,]/)[0]]);
      const metrics = await readRunMetrics(out);
      assert.equal(metrics.step.length, record.step);
      assert.ok(metrics.loss.every(Number.isFinite) && metrics.gradientNorm.every((norm) => norm > 0));
      assert.equal(metrics.evaluatedAt.at(-1), record.step);
      const opened = await openRun(out);
      const test = sampleEvenly(await runExamples(opened, 'test'), 20);
      const ends = simulate(opened.model, kindOf(opened.experiment).sampler(opened.experiment), test);
      opened.model.dispose();
      const answer = spawnSync(python, ['-', script, out], { input: PREDICT, encoding: 'utf8' });
      assert.equal(answer.status, 0, answer.stderr);
      const theirs = (JSON.parse(answer.stdout) as number[][]).flat();
      assert.equal(theirs.length, ends.length);
      theirs.forEach((value, k) => assert.ok(Math.abs(value - ends[k]!) < 1e-4 * Math.max(1, Math.abs(value)), `number ${k}: ${value} there, ${ends[k]} here`)); // prettier-ignore
      const { status, stdout, stderr } = await noprop('evaluate', out, '--json');
      assert.equal(status, 0, stderr);
      const { accuracy, targets } = JSON.parse(stdout) as { accuracy?: number; targets?: { rmse: number }[] };
      if (targets) assert.ok(Math.abs(targets[0]!.rmse - record.testRmse!) < 1e-6);
      else assert.equal(accuracy, record.testAccuracy);
    });

  it('the rows of a table, their split and their scaling are ours: missing cells, categories, decimal commas', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const size = i % 13 ? `${(i * 7) % 11},${i % 10}` : 'n/a';
      return `"${['red', 'blue; dark', 'green'][i % 3]}";${size};${i};${['ü', 'b', 'Ä'][(i >> 1) % 3]}`;
    });
    writeFileSync(file('table.csv'), `sep=;\ncolour;size;count;kind\n${rows.join('\r\n')}\n`);
    for (const [label, task] of [
      ['kind', 'classification'],
      ['count', 'regression'],
    ] as const)
      // prettier-ignore
      for (const missing of ['mean', 'drop']) {
        const data = { id: 'csv', path: 'table.csv', label, task, missing };
        const model = { ...small, id: 'backprop' };
        const script = await exported(`${label} ${missing}`, { data, model, training: { steps: 1 } });
        const { data: theirs } = await readRecord(trained(script, `table ${label} ${missing}`));
        const runs = file(`ours ${label} ${missing}`);
        const { status, stderr } = await noprop('train', file(`${label} ${missing}.noprop.json`), '--out', runs);
        assert.equal(status, 0, stderr);
        const id = readdirSync(runs).find((one) => existsSync(path.join(runs, one, 'run.json')))!;
        assert.deepEqual(theirs, (await readRecord(path.join(runs, id))).data);
      }
  });

  it('a training that was stopped goes on to the same bytes, and a run is not mixed with another', async () => {
    const whole = await exported('whole', EXPERIMENTS['ct, all learned']!);
    const out = trained(whole, 'uninterrupted');
    // the same script, which asks itself to stop after its 13th step
    const stopping = `
import runpy, sys
script = runpy.run_path(sys.argv[1], run_name="script")
next_step = script["Training"].next
def stop_at(self, step):
    if step == 12:
        import os, signal
        os.kill(os.getpid(), signal.SIGINT)
    return next_step(self, step)
script["Training"].next = stop_at
sys.argv[1:] = sys.argv[2:]
script["main"]()
`;
    const again = file('again');
    const stopped = spawnSync(python, ['-', whole, '--out', again], { input: stopping, encoding: 'utf8' });
    assert.equal(stopped.status, 0, stopped.stderr);
    const { state, step } = await readRecord(again);
    assert.deepEqual([state, step], ['stopped', 13]);
    const refused = await noprop('resume', again);
    assert.match(refused.stderr, /was trained in PyTorch: start its script again/);
    cpSync(again, file('other'), { recursive: true });
    trained(whole, 'again');
    for (const name of ['weights.safetensors', 'metrics.csv', 'checkpoints/step-20.safetensors'])
      if (existsSync(path.join(out, name)))
        assert.ok(readFileSync(path.join(out, name)).equals(readFileSync(path.join(again, name))), name);
    const mixed = run(whole, '--out', file('other'), '--steps', '50');
    assert.match(mixed.stderr, /holds a run of another training/);
    assert.equal(mixed.status, 1);
    assert.match(run(whole, '--out', again).stdout, /is done: choose another folder by --out/);
    assert.match(run(whole, '--out', folder).stderr, /has files of something else/);
  });

  it('two processes deal the blocks of DT, and the run is that of one, byte for byte', async () => {
    const script = await exported('dealt', EXPERIMENTS.dt!);
    const [one, two] = [trained(script, 'dealt by one'), await trainedTogether(script, 'dealt by two', 2)];
    assert.ok(readFileSync(path.join(one, 'weights.safetensors')).equals(readFileSync(path.join(two, 'weights.safetensors')))); // prettier-ignore
    assert.equal((await readRecord(two)).state, 'done');
  });

  for (const name of ['ct, all learned', 'dt, all learned', 'fm, learned', 'backprop of numbers'])
    it(`two processes share a batch of ${name}, and the run is that of one but for rounding`, async () => {
      const script = await exported(`shared ${name}`, EXPERIMENTS[name]!);
      const [one, two] = [trained(script, `shared by one ${name}`), await trainedTogether(script, `shared by two ${name}`, 2)]; // prettier-ignore
      const [ours, theirs] = await Promise.all([readRunMetrics(one), readRunMetrics(two)]);
      assert.deepEqual(theirs.step, ours.step);
      for (const key of ['loss', 'gradientNorm'] as const)
        ours[key].forEach((value, i) => assert.ok(Math.abs(theirs[key][i]! - value) < 1e-3 * Math.max(1, Math.abs(value)), `${key} of step ${ours.step[i]}: ${theirs[key][i]} by two, ${value} by one`)); // prettier-ignore
    });

  it('another seed keeps the rows that the lab made, as a table that the lab reads again', async () => {
    const script = await exported('seeds', EXPERIMENTS.ct!);
    const out = trained(script, 'another seed', '--seed', '7', '--steps', '5');
    const record = await readRecord(out);
    assert.deepEqual([record.seed, record.steps, record.step], [7, 5, 5]);
    const { status, stdout, stderr } = await noprop('evaluate', out, '--json');
    assert.equal(status, 0, stderr);
    assert.equal((JSON.parse(stdout) as { accuracy: number }).accuracy, record.testAccuracy);
  });

  it('bad arguments are each named', async () => {
    const script = await exported('arguments', EXPERIMENTS.dt!);
    const cases: readonly (readonly [RegExp, readonly string[], Readonly<Record<string, string>>?])[] = [
      [/--steps: a whole number from 1 to 10000000 is needed, not 0/, ['--steps', '0']],
      [/--seed: a whole number from 0 to 4294967295 is needed, not 1\.5/, ['--seed', '1.5']],
      [/unrecognized arguments: --stepz/, ['--stepz', '3']],
      [/invalid choice: 'tpu'/, ['--device', 'tpu']],
      [/the data file .*arguments\.csv is missing: --data names the folder/, ['--data', path.join(folder, 'nowhere')]],
      [/MASTER_ADDR, MASTER_PORT is missing/, [], { RANK: '0', WORLD_SIZE: '2' }],
      [/RANK must be a whole number from 0 and below WORLD_SIZE: they are 2 and 2/, [], { RANK: '2', WORLD_SIZE: '2', MASTER_ADDR: 'localhost', MASTER_PORT: '29500' }], // prettier-ignore
    ];
    for (const [message, args, variables = {}] of cases) {
      const { status, stderr } = spawnSync(python, [script, ...args], { encoding: 'utf8', env: { ...process.env, ...variables } }); // prettier-ignore
      assert.match(stderr, message);
      assert.notEqual(status, 0);
      assert.doesNotMatch(stderr, /Traceback/);
    }
  });
});

/** A port that nobody listens on. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('the PyTorch training script, without Python', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'noprop-script-'))));
  after(() => rmSync(folder, { recursive: true }));

  const refusals: readonly (readonly [string, object, RegExp])[] = [
    ['a schedule that is learned', { schedules: [{ id: 'learned' }] }, /does not train a schedule with the model: set training\.scheduleLoss to fixed/], // prettier-ignore
    ['a method that chooses its own steps', { integrator: { id: 'dopri5', tolerance: 1e-4 } }, /cannot be written out: dopri5 chooses its own steps/], // prettier-ignore
    ['too many steps', { integrator: { id: 'euler', steps: 2000 } }, /cannot be written out: there are more than 2000 lines/], // prettier-ignore
    ['a softmax of velocities', { model: { id: 'fm', prediction: 'softmax' } }, /model\.prediction must be regression with NoProp-FM/], // prettier-ignore
    ['classes where there are none', { data: { id: 'regression' }, model: { readout: 'linear' } }, /model\.readout must be nearest where numbers are predicted/], // prettier-ignore
  ];
  for (const [what, parts, message] of refusals)
    it(`refuses ${what}, with the reason`, async () => {
      const file = path.join(folder, 'refused.noprop.json');
      writeFileSync(file, JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], ...parts }));
      const { status, stderr } = await noprop('export', file, '--format', 'torch-training', '--out', path.join(folder, 'refused.py')); // prettier-ignore
      assert.match(stderr, message);
      assert.notEqual(status, 0);
    });
});
