import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

describe('command line: train, compare, predict', function () {
  this.timeout(60_000);
  let dir: string;
  const at = (name: string) => path.join(dir, name);
  const train = async (...args: string[]) => {
    const { stdout, stderr } = await noprop(
      'train',
      at('iris.noprop.json'),
      '--json',
      '--set',
      'training.steps=300',
      ...args,
    );
    assert.equal(stderr, '');
    return JSON.parse(stdout) as {
      trainAccuracy: number;
      testAccuracy: number;
      loss: number;
      steps: number;
      run: string;
    };
  };
  let run: string;

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  it('train answers what it reached and where the run is; data are found beside the experiment', async () => {
    const one = await train('--seed', '5');
    assert.equal(one.steps, 300);
    assert.ok(one.testAccuracy > 0.8, String(one.testAccuracy));
    run = path.resolve(dir, one.run);
    const record = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as { state: string; seed: number };
    assert.deepEqual([record.state, record.seed], ['done', 5]);
    const two = await train('--seed', '5');
    assert.deepEqual([two.loss, two.testAccuracy], [one.loss, one.testAccuracy]);
    assert.notEqual((await train('--seed', '6')).loss, one.loss);
  });

  it('train uses relaxed SIMD where it is asked to, and the record tells', async () => {
    const kernelsOf = (folder: string) =>
      (JSON.parse(readFileSync(path.join(path.resolve(dir, folder), 'run.json'), 'utf8')) as { kernels: string })
        .kernels;
    assert.equal(kernelsOf(run), 'simd');
    assert.equal(kernelsOf((await train('--relaxed-simd')).run), 'simd-relaxed');
  });

  it('train with several seeds answers each and their mean with its standard error, whatever the threads', async () => {
    const seeds = (...args: string[]) =>
      noprop('train', 'iris.noprop.json', '--seed', '5', '--seeds', '3', '--set', 'training.steps=100', ...args);
    type Value = { n: number; mean: number; standardError: number; values: number[] };
    const { stdout, stderr } = await seeds('--json', '--workers', '2');
    assert.equal(stderr, '');
    const { testAccuracy, runs } = JSON.parse(stdout) as {
      testAccuracy: Value;
      runs: { seed: number; testAccuracy: number; run: string }[];
    };
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [5, 6, 7],
    );
    assert.deepEqual(
      testAccuracy.values,
      runs.map((one) => one.testAccuracy),
    );
    const [a, b, c] = testAccuracy.values as [number, number, number];
    const mean = (a + b + c) / 3;
    assert.ok(Math.abs(testAccuracy.mean - mean) < 1e-12);
    const squares = (a - mean) ** 2 + (b - mean) ** 2 + (c - mean) ** 2;
    assert.ok(Math.abs(testAccuracy.standardError - Math.sqrt(squares / 6)) < 1e-12);
    const groups = runs.map(
      ({ run }) => (JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as { group: string }).group,
    );
    assert.ok(groups[0] && groups.every((group) => group === groups[0]));
    const table = (await seeds('--workers', '1')).stdout;
    assert.match(table, new RegExp(`^ *6 .* ${runs[1]!.testAccuracy.toFixed(4)} `, 'm'));
    assert.ok(table.includes(`test accuracy ${mean.toFixed(4)} ± ${testAccuracy.standardError.toFixed(4)}`), table);
  });

  it('compare gives a row for each method and step count, in closed form and on a run', async () => {
    type Picture = {
      rows: { integrator: string; steps: number; evaluations: number; error: number; accuracy?: number }[];
      verdict: string;
    };
    const compare = async (...args: string[]) =>
      JSON.parse(
        (await noprop('compare', at('iris.noprop.json'), '--json', '--set', 'comparison.steps=[8,16]', ...args)).stdout,
      ) as Picture;
    const closed = await compare();
    assert.equal(closed.rows.length, 8);
    assert.ok(closed.rows.every(({ error }) => error > 0));
    assert.match(closed.verdict, /evaluations a path|comes closest/);
    assert.ok((await compare('--run', run)).rows.every(({ accuracy }) => accuracy! > 0.7));
    const seeds = (await compare('--run', run, '--seeds', '3', '--methods', 'euler')).rows as unknown as { accuracies: number[]; accuracy: number }[]; // prettier-ignore
    for (const { accuracies, accuracy } of seeds) {
      assert.equal(accuracies.length, 3);
      assert.ok(Math.abs(accuracies.reduce((sum, one) => sum + one, 0) / 3 - accuracy) < 1e-12);
    }
  });

  it('compare pools several runs: every accuracy is kept, errors are root mean squares, costs means', async () => {
    const other = (await train('--seed', '7')).run;
    type Row = { error: number; evaluations: number; accuracies: number[] };
    const compare = async (...args: string[]) => {
      const { stdout } = await noprop('compare', at('iris.noprop.json'), '--json', '--steps', '8,16', ...args);
      return JSON.parse(stdout) as { rows: Row[]; problem: string; verdict: string };
    };
    const [one, two] = [await compare('--run', run), await compare('--run', other)];
    const both = await compare('--run', run, '--run', other);
    assert.match(both.problem, /^2 runs of one experiment/);
    assert.match(both.problem, /kinks of ReLU, on which no order above 2/, 'the model is of ReLU');
    both.rows.forEach(({ error, evaluations, accuracies }, i) => {
      const [a, b] = [one.rows[i]!, two.rows[i]!];
      assert.deepEqual(accuracies, [...a.accuracies, ...b.accuracies]);
      assert.ok(Math.abs(error - Math.hypot(a.error, b.error) / Math.SQRT2) < 1e-12);
      assert.equal(evaluations, a.evaluations);
    });
  });

  it('compare takes a built-in problem, grids with parameters and kinds of methods, and keeps what it found', async () => {
    const file = at('kept.json');
    const args = ['--problem', 'mixture', '--methods', 'exponential,rk4', '--grid', 'karras:rho=3', '--grid', 'list:0,0.25,0.5', '--steps', '8,16', '--norm', 'max', '--aim', '0.05']; // prettier-ignore
    const made = (await noprop('compare', at('iris.noprop.json'), ...args, '--out', file)).stdout;
    assert.match(made, /^Fixed mixture: .* 64 paths from normal quantiles/);
    assert.match(made, /karras \(ρ 3\)/);
    assert.match(made, /list \(3 times\)/);
    assert.match(made, /max error .* step × rate/);
    assert.match(made, /a largest error of 0\.05/);
    // Eight methods, on one grid with two step counts and on one with its own times.
    assert.equal(
      made.split('\n').filter((line) => / (karras|list) /.test(line) && !line.includes(': order')).length,
      8 * 3,
    );
    assert.equal((await noprop('compare', '--open', file)).stdout, made);
    const refused = async (...wrong: string[]) => (await noprop('compare', at('iris.noprop.json'), ...wrong)).stderr;
    assert.match(await refused('--methods', 'rk5'), /--methods: unknown method "rk5": choose from euler, .* or a kind/);
    assert.match(await refused('--grid', 'karras:rho'), /--grid takes id:name=value/);
    assert.match(await refused('--problem', 'x'), /unknown problem "x": choose one of experiment, mixture/);
    assert.match(await refused('--steps', '8,a'), /--steps must be a finite number: got "a"/);
    assert.match((await noprop('compare', '--open', at('iris.noprop.json'))).stderr, /is no comparison/);
  });

  it("conclude tests the note's conclusion on a run, tells it in a sentence, and keeps it with the run", async () => {
    const args = ['conclude', run, '--steps', '4,16', '--schedule', 'sigmoid', '--schedule', 'cosine'];
    type Point = { schedule: number; dynamics: string; method: string; steps: number; accuracy: number };
    type Made = { schedules: { label: string }[]; points: Point[]; findings: unknown[]; sentence: string };
    const made = JSON.parse((await noprop(...args, '--json')).stdout) as Made;
    assert.deepEqual(
      made.schedules.slice(1).map(({ label }) => label),
      ['Sigmoid', 'Cosine'],
    );
    assert.equal(made.points.length, 3 * 4 * 2 * 2);
    assert.equal(made.findings.length, 3 * 3);
    const kept = JSON.parse(readFileSync(path.join(run, 'conclusion.json'), 'utf8')) as Made;
    assert.deepEqual(kept.points, made.points);
    const { stdout } = await noprop(...args);
    assert.ok(stdout.includes(made.sentence), stdout);
    const one = made.points.find(
      ({ schedule, dynamics, steps }) => schedule === 2 && dynamics === 'near-end' && steps === 16,
    )!;
    assert.match(stdout, new RegExp(`Cosine\n[^]*eq\\. 28 +Euler .* ${one.accuracy.toFixed(4)}\n`));
    assert.match((await noprop('conclude', run, '--steps', '4,x')).stderr, /--steps must be a finite number: got "x"/);
    assert.match(
      (await noprop('conclude', run, '--steps', '0')).stderr,
      /--steps must be whole numbers from 1 to 100000/,
    );
  });

  it('a diverging training says at which step, with exit code 1', async () => {
    const { status, stderr } = await noprop(
      'train',
      at('iris.noprop.json'),
      '--set',
      'training.learningRate=1',
      '--set',
      'training.weightCap=1e300',
      '--set',
      'schedules=[{"id":"linear-gamma","params":{"gammaMin":-15,"gammaMax":300}}]',
      '--set',
      'window.logSnr=300',
      '--set',
      'training.steps=200',
    );
    assert.equal(status, 1);
    assert.match(stderr, /step \d+/);
  });

  const rows = (text: string) => `a,b,species\n${text}`;
  const bad: [name: string, csv: string | undefined, message: RegExp][] = [
    ['a missing file', undefined, /bad\.csv cannot be read/],
    ['an empty file', '', /the data file is empty/],
    ['a missing label column', 'a,b,kind\n1,2,x\n', /no column "species": its columns are a, b, kind/],
    ['a ragged row', rows('1,2,x\n1,x\n'), /row 3 has 2 cells where the header has 3/],
    ['text in a numeric column', rows('1,2,x\n1,no,y\n'), /row 3, column "b": "no" is not a number/],
    ['one class only', rows('1,2,x\n2,3,x\n'), /holds one class only, "x"/],
    ['fewer rows than classes need', rows('1,2,x\n2,3,y\n'), /a label of its own in each of the 2 rows/],
    ['a label with one row', rows('1,2,x\n2,3,x\n3,4,y\n'), /the label "y" has one row only \(row 4\)/],
  ];
  for (const [name, csv, message] of bad)
    it(`bad data: ${name}`, async () => {
      rmSync(at('bad.csv'), { force: true });
      if (csv !== undefined) writeFileSync(at('bad.csv'), csv);
      const { status, stderr } = await noprop('train', at('iris.noprop.json'), '--set', 'data.path=bad.csv');
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });

  it('bad settings are refused by field, value and what is allowed', async () => {
    const cases: [string[], RegExp][] = [
      [
        ['train', 'iris.noprop.json', '--set', 'training.steps=0'],
        /steps must be a whole number from 1 to 10000000: got 0/,
      ],
      [['train', 'iris.noprop.json', '--set', 'training'], /--set takes path\.to\.field=value: got "training"/],
      [['train', 'iris.noprop.json', '--seeds', '0'], /seeds must be a whole number from 1 to 1000: got 0/],
      [
        ['train', 'iris.noprop.json', '--workers', '1.5'],
        /--workers must be a whole number from 0 \(one less than the cores\) to 64: got 1\.5/,
      ],
      [['train', 'iris.noprop.json', '--seed', 'x'], /--seed must be a finite number: got "x"/],
      [
        ['compare', 'iris.noprop.json', '--set', 'dynamics=nope'],
        /unknown dynamics "nope": choose one of noprop-forward/,
      ],
      [
        ['compare', 'iris.noprop.json', '--run', run, '--set', 'seed=3', '--set', 'grid=uniform-gamma', '--set', 'window.logSnr=9'], // prettier-ignore
        /--set seed=3 does nothing with --run\n--set window\.logSnr=9 does nothing with --run: a run is compared on its own test rows, with the schedules, window, model, start, seed it/, // prettier-ignore
      ],
      [['predict', '.', '--data', 'iris.csv', '--out', 'x'], /is not a run: it has no run\.json/],
      [['predict', run, '--data', 'none.csv', '--out', 'x'], /none\.csv cannot be read: there is no such file/],
    ];
    for (const [args, message] of cases) {
      const { status, stderr } = await noprop(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
    }
  });
});
