import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

describe('command line: evaluate, compare-models', function () {
  this.timeout(60_000);
  let dir: string;
  let run: string;
  const at = (name: string) => path.join(dir, name);
  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
  });
  inFolder(() => dir);
  before(async () => {
    const { stdout } = await noprop('train', 'iris.noprop.json', '--json', '--set', 'training.steps=300');
    run = (JSON.parse(stdout) as { run: string }).run;
  });
  after(() => rmSync(dir, { recursive: true }));

  it('evaluate tells calibration, a row a class, and accuracy at the step counts asked for', async () => {
    const made = JSON.parse((await noprop('evaluate', run, '--steps', '20,5', '--json')).stdout) as {
      rows: number;
      accuracy: number;
      perClass: { label: string; count: number; recall: number }[];
      assessment: { probabilities: { starts: number; calibration: { error: number; accuracy: number } } };
      curve: { steps: number[]; scores: number[] };
    };
    assert.deepEqual(
      made.perClass.map(({ count }) => count),
      [10, 10, 10],
    );
    const right = made.perClass.reduce((sum, { count, recall }) => sum + count * recall, 0);
    assert.ok(Math.abs(right / made.rows - made.accuracy) < 1e-12);
    assert.equal(made.assessment.probabilities.starts, 16);
    assert.ok(made.assessment.probabilities.calibration.error < 0.5);
    assert.deepEqual(made.curve.steps, [5, 20]);
    const { stdout } = await noprop('evaluate', run);
    assert.match(stdout, /expected calibration error 0\.\d{4} on 30 test rows: sure of/);
    assert.match(stdout, /class +rows +given +precision +recall +F1\n/);
  });

  it('compare-models trains every kind with every seed, and compares them by seed', async () => {
    const args = [
      '--seeds',
      '2',
      '--set',
      'training.steps=60',
      '--set',
      'model.blocks=3',
      '--set',
      'model.hidden=[16]',
    ];
    const { stdout, stderr } = await noprop('compare-models', 'iris.noprop.json', '--out', 'four', '--json', ...args);
    assert.equal(stderr, '');
    const { rows } = JSON.parse(stdout) as {
      rows: { model: string; runs: { seed: number }[]; evaluations: number; difference?: { n: number } }[];
    };
    assert.deepEqual(
      rows.map(({ model, runs }) => [model, runs.length]),
      [['ct', 2], ['dt', 2], ['fm', 2], ['backprop', 2]], // prettier-ignore
    );
    assert.deepEqual(
      rows.map(({ difference }) => difference?.n),
      [2, 2, 2, undefined],
    );
    assert.equal(rows[1]!.evaluations, 3);
    assert.equal(readdirSync(at('four')).length, 8);
  });

  it('numbers predicted have R² at the step counts asked for', async () => {
    const { stdout } = await noprop(
      'train',
      'iris.noprop.json',
      '--json',
      '--set',
      'data={"id":"regression"}',
      '--set',
      'training.steps=200', // prettier-ignore
    );
    const wave = (JSON.parse(stdout) as { run: string }).run;
    const { targets, curve } = JSON.parse((await noprop('evaluate', wave, '--steps', '20', '--json')).stdout) as {
      targets: { r2: number }[];
      curve: { measure: string; scores: number[] };
    };
    assert.equal(curve.measure, 'R²');
    assert.ok(Math.abs(curve.scores[0]! - targets[0]!.r2) < 1e-9);
  });

  it('bad step counts are refused by name, value and what is allowed', async () => {
    const cases: [string, RegExp][] = [
      ['4,x', /--steps must be a finite number: got "x"/],
      ['0', /--steps must be whole numbers from 1 to 100000 between commas: got 0/],
    ];
    for (const [steps, message] of cases) {
      const { status, stderr } = await noprop('evaluate', run, '--steps', steps);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
    }
  });
});
