import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSchedule } from '../../../src/core/schedules';
import { readTensors } from '../../../src/trainer/runs/safetensors';
import { pythonJson, pythonWith } from '../support/python';
import { done, noprop, trainedRun } from './noprop';

const python = pythonWith('numpy');
const guide = readFileSync('media/guide/runs.md', 'utf8');

/** A program of the guide. */
const program = (name: string) => {
  const found = new RegExp(`<!-- program ${name} -->\\s*\`\`\`python\\n([^]*?)\`\`\``).exec(guide);
  assert.ok(found, `the guide has no program "${name}"`);
  return found[1]!;
};

/** Prints what the guide's programs predict of the rows of a table, from exported weights. */
const script = `${program('prediction')}
${program('normals')}
import sys
rows = np.array(json.loads(open(sys.argv[2]).read()), dtype=float)
file = load(sys.argv[1])
print(json.dumps(predict(file, rows, lab_draws(file, len(rows))).tolist()))
`;

const experimentOf = (rest: object) =>
  JSON.stringify({
    version: 1,
    name: 'prediction',
    schedules: [{ id: 'cosine' }],
    data: { id: 'two-moons', params: { n: 200 } },
    training: { steps: 120, batch: 32 },
    ...rest,
  });

/** Experiments whose runs differ in all that a prediction depends on. */
const cases: readonly (readonly [string, object])[] = [
  ['NoProp-CT, one-hot, sinusoidal times, Euler', { model: { hidden: [24, 24], timeFeatures: 7 } }],
  [
    'NoProp-CT, softmax of a learned embedding, a linear read-out, Fourier times, SiLU, residual layers, DPM++ 2M',
    {
      model: { hidden: [24, 24], prediction: 'softmax', embedding: { id: 'learned', dimension: 5 }, readout: 'linear', timeEmbedding: 'fourier', activation: 'silu', residual: true }, // prettier-ignore
      integrator: { id: 'dpmpp-2m', steps: 12 },
      seed: 4294967295,
    },
  ],
  [
    'NoProp-CT with the noise of its dynamics, from zeros, on prototypes',
    {
      model: { hidden: [24], embedding: 'prototype' },
      dynamics: { id: 'noprop-forward', noise: true },
      integrator: { id: 'euler-maruyama', steps: 15 },
      start: 'zero',
    },
  ],
  ['NoProp-CT under another grid, Runge-Kutta 4', { integrator: { id: 'rk4', steps: 8 }, grid: 'uniform-gamma', dynamics: 'probability-flow', model: { hidden: [16], activation: 'tanh' } }], // prettier-ignore
  ['NoProp-CT with a learned schedule', { schedules: [{ id: 'learned' }], model: { hidden: [16] } }],
  ['NoProp-DT', { model: { id: 'dt', hidden: [16], blocks: 6 } }],
  ['NoProp-DT with noise', { model: { id: 'dt', hidden: [16], blocks: 6 }, dynamics: { id: 'noprop-forward', noise: true } }], // prettier-ignore
  ['NoProp-FM, Dormand-Prince with fixed steps', { model: { id: 'fm', hidden: [24] }, integrator: { id: 'dopri5', steps: 6 } }], // prettier-ignore
  ['backpropagation', { model: { id: 'backprop', hidden: [24, 24] } }],
];

describe('exported weights', function () {
  this.timeout(60_000);
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-weights-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const trained = (experiment: string, ...args: string[]) => trainedRun(folder, experiment, ...args);

  /** The last columns of what `noprop predict` writes of a table, and the same by the guide's programs. */
  async function bothPredictions(run: string, table: string, rows: readonly (readonly number[])[]) {
    await done('predict', run, '--data', table, '--out', at('predicted.csv'), '--force');
    await done('weights', 'export', run, '--out', at('weights.safetensors'), '--force');
    writeFileSync(at('rows.json'), JSON.stringify(rows));
    const theirs = pythonJson<number[][]>(python!, script, [at('weights.safetensors'), at('rows.json')]);
    const lines = readFileSync(at('predicted.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const ours = lines.map((line) => line.split(',').slice(-theirs[0]!.length).map(Number));
    return { ours, theirs };
  }

  function assertAgree(ours: readonly number[][], theirs: readonly number[][], scale = 1): void {
    assert.equal(theirs.length, ours.length);
    ours.forEach((row, i) =>
      row.forEach((value, k) => {
        const other = theirs[i]![k]!;
        assert.ok(Math.abs(value - other) <= 1e-5 * scale, `row ${i}, column ${k}: ${value} here, ${other} in Python`);
      }),
    );
  }

  const points = Array.from({ length: 40 }, (_, i) => [Math.cos(i) * 1.5 + 0.5, Math.sin(2 * i)]);

  for (const [name, rest] of cases)
    it(`the guide's NumPy program predicts as noprop predict does: ${name}`, async function () {
      if (!python) this.skip();
      const run = await trained(experimentOf(rest));
      writeFileSync(at('points.csv'), ['x1,x2', ...points.map((row) => row.join())].join('\n'));
      const { ours, theirs } = await bothPredictions(run, at('points.csv'), points);
      assertAgree(ours, theirs);
      assert.ok(new Set(ours.map((row) => row[0])).size > 1, 'all rows have one prediction: nothing is compared');
    });

  it("the guide's NumPy program predicts as noprop predict does: numbers, in their own unit", async function () {
    if (!python) this.skip();
    writeFileSync(at('line.csv'), ['a,b,y', ...points.map(([a, b]) => `${a},${b},${300 + 40 * a! * b!}`)].join('\n'));
    const run = await trained(
      experimentOf({ data: { id: 'csv', path: at('line.csv'), label: 'y', task: 'regression' }, model: { hidden: [16] } }), // prettier-ignore
    );
    const { ours, theirs } = await bothPredictions(run, at('line.csv'), points);
    assertAgree(ours, theirs, 40);
  });

  it("the guide's NumPy program predicts as noprop predict does: the samples iris and digits", async function () {
    if (!python) this.skip();
    for (const name of ['iris', 'digits']) {
      const sample = path.join('media/samples', `${name}.noprop.json`);
      const table = path.join('media/samples', `${name}.csv`);
      const stdout = await done('train', sample, '--json', '--set', 'training.steps=200', '--out', at('runs'));
      const { run } = JSON.parse(stdout) as { run: string };
      const lines = readFileSync(table, 'utf8').trimEnd().split(/\r?\n/).slice(0, 41);
      writeFileSync(at('rows.csv'), lines.join('\n'));
      const rows = lines.slice(1).map((line) => line.split(',').slice(0, -1).map(Number));
      const { ours, theirs } = await bothPredictions(run, at('rows.csv'), rows);
      assertAgree(ours, theirs);
    }
  });

  it('a run exports as NumPy with the schedule that it learned', async function () {
    if (!python) this.skip();
    const run = await trained(experimentOf({ schedules: [{ id: 'learned' }], model: { hidden: [16] } }));
    await done('export', run, '--format', 'numpy', '--out', at('run.py'));
    const { learned } = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as {
      learned: { initial: number[]; weights: number[]; gammaMin: number; gammaMax: number };
    };
    assert.notDeepEqual(learned.weights, learned.initial);
    const inputs = { weights: learned.weights };
    const schedule = createSchedule('learned', { gammaMin: learned.gammaMin, gammaMax: learned.gammaMax }, inputs);
    const source = `${readFileSync(at('run.py'), 'utf8')}\nprint(float(SCHEDULE.log_snr(0.3)))`;
    assert.ok(Math.abs(pythonJson<number>(python, source) - schedule.logSnr(0.3)) < 1e-12);
  });

  it('a folder that is no run is refused', async () => {
    const { status, stderr } = await noprop('export', folder, '--format', 'numpy', '--out', at('none.py'));
    assert.equal(status, 2);
    assert.match(stderr, /is not a run: it has no run\.json/);
  });

  it('the metadata have the times of the blocks, and say why steps are not written out', async () => {
    const recipeOf = async (rest: object) => {
      await done('weights', 'export', await trained(experimentOf(rest)), '--out', at('weights.safetensors'), '--force');
      const { metadata } = readTensors(readFileSync(at('weights.safetensors')));
      return JSON.parse(metadata.prediction!) as { steps: { times: number[]; lines?: { block?: number; t?: number }[]; why?: string } }; // prettier-ignore
    };
    const blocks = await recipeOf({ model: { id: 'dt', hidden: [8], blocks: 4 }, training: { steps: 2 } });
    assert.equal(blocks.steps.times.length, 5);
    const used = blocks.steps.lines!.filter(({ block }) => block !== undefined);
    assert.deepEqual(used.map(({ block, t }) => [block, t]), blocks.steps.times.slice(0, 4).map((t, k) => [k, t])); // prettier-ignore
    const adaptive = await recipeOf({ model: { hidden: [8] }, training: { steps: 2 }, integrator: { id: 'dopri5', tolerance: 0.001 } }); // prettier-ignore
    assert.equal(adaptive.steps.lines, undefined);
    assert.equal(adaptive.steps.why, 'dopri5 chooses its own steps by the tolerance 0.001');
  });
});
