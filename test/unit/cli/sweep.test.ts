import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunRecord } from '../../../src/core/runs/record';
import { eventually } from '../../harness/wait';
import { inFolder, noprop, script } from './noprop';

interface Swept {
  readonly score: string;
  readonly best: number | null;
  readonly ended: number;
  readonly trainings: number;
  readonly warnings?: readonly string[];
  readonly cells: readonly {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly steps: number;
    readonly runs: readonly {
      readonly seed: number;
      readonly state: string;
      readonly score: number;
      readonly run: string;
    }[];
    readonly mean: number | null;
    readonly interval: readonly [number, number] | null;
  }[];
}

describe('command line: sweep', function () {
  this.timeout(90_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const idsIn = (out: string) => (existsSync(at(out)) ? readdirSync(at(out)) : []).filter((id) => existsSync(at(out, id, 'run.json'))); // prettier-ignore
  const recordOf = (out: string, id: string) => JSON.parse(readFileSync(at(out, id, 'run.json'), 'utf8')) as RunRecord;
  const OVER = ['--over', 'training.learningRate=.003,.02', '--over', 'model.hidden=[8],[16,16]'];
  const argsOf = (out: string, ...more: string[]) => ['sweep', 'iris.noprop.json', '--out', out, ...more];
  const swept = async (out: string, ...more: string[]): Promise<Swept> => {
    const { status, stdout, stderr } = await noprop(...argsOf(out, '--json', ...more));
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Swept;
  };

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-sweep-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  it('trains each cell with each seed, and answers means, intervals and the runs, which lie directly in DIR', async () => {
    const { cells, best, score, ended, trainings } = await swept('grid', ...OVER, '--seeds', '3', '--set', 'training.steps=60'); // prettier-ignore
    assert.deepEqual([score, ended, trainings], ['test accuracy', 12, 12]);
    assert.deepEqual(
      cells.map(({ settings }) => settings),
      [0.003, 0.02].flatMap((rate) =>
        [[8], [16, 16]].map((hidden) => ({ 'training.learningRate': rate, 'model.hidden': hidden })),
      ),
    );
    assert.equal(idsIn('grid').length, 12);
    for (const { runs, settings, mean, interval } of cells) {
      assert.deepEqual(runs.map(({ seed, state }) => [seed, state]), [[0, 'done'], [1, 'done'], [2, 'done']]); // prettier-ignore
      for (const { run, score: one } of runs) {
        assert.equal(path.dirname(path.resolve(dir, run)), path.resolve(dir, 'grid'));
        const { training, model, sweep } = JSON.parse(readFileSync(path.join(run, 'experiment.json'), 'utf8')) as { training: { learningRate: number }; model: { hidden: number[] }; sweep: { axes: [] } }; // prettier-ignore
        assert.deepEqual([training.learningRate, model.hidden], Object.values(settings));
        assert.deepEqual(sweep.axes, []);
        assert.equal(recordOf('grid', path.basename(run)).testAccuracy, one);
      }
      const scores = runs.map((run) => run.score);
      const average = scores.reduce((sum, one) => sum + one, 0) / 3;
      const variance = scores.reduce((sum, one) => sum + (one - average) ** 2, 0) / 2;
      const half = 4.302653 * Math.sqrt(variance / 3); // t at 0.975 with 2 degrees of freedom
      assert.ok(Math.abs(mean! - average) < 1e-12);
      assert.ok(Math.abs(interval![1] - average - half) < 1e-6);
    }
    assert.equal(cells[best!]!.mean, Math.max(...cells.map(({ mean }) => mean!)));
  });

  it('trains nothing again, and only what is new where the sweep grows', async () => {
    const again = () => swept('again', '--over', 'training.batch=16,32', '--seeds', '2', '--set', 'training.steps=30');
    const first = await again();
    const ids = idsIn('again');
    assert.deepEqual(await again(), first);
    assert.deepEqual(idsIn('again'), ids);
    await swept('again', '--over', 'training.batch=16,32,64', '--seeds', '2', '--set', 'training.steps=30');
    assert.equal(idsIn('again').length, 6);
  });

  it('prints a table with the best cell in words', async () => {
    const { stdout } = await noprop(...argsOf('table', '--over', 'training.batch=16,32', '--seeds', '2', '--set', 'training.steps=30')); // prettier-ignore
    assert.match(stdout, /^training\.batch\s+seeds\s+test accuracy\s+95% interval\s+minus the best\n16 /);
    assert.match(stdout, /\nBest: training\.batch=(16|32), test accuracy [\d.]+ \[[-\d.]+, [-\d.]+\]\n/);
  });

  it('runs the sweep of the document, and draws the same cells whenever it does', async () => {
    const text = readFileSync(at('iris.noprop.json'), 'utf8');
    const sweep = { axes: [{ path: 'training.learningRate', range: { low: 1e-3, high: 0.1, scale: 'log' } }], method: 'latin-hypercube', cells: 3, seeds: 1 }; // prettier-ignore
    writeFileSync(at('swept.noprop.json'), JSON.stringify({ ...(JSON.parse(text) as object), sweep }));
    const run = async () => JSON.parse((await noprop('sweep', 'swept.noprop.json', '--out', 'drawn', '--json', '--set', 'training.steps=20')).stdout) as Swept; // prettier-ignore
    const { cells } = await run();
    assert.equal(cells.length, 3);
    assert.equal(cells[0]!.interval, null);
    assert.deepEqual((await run()).cells, cells);
    assert.equal(idsIn('drawn').length, 3);
  });

  it('successive halving trains all cells shortly, and the best of them at length', async () => {
    const { cells, best } = await swept('halving', '--over', 'training.learningRate=1e-5,1e-4,.02', '--method', 'successive-halving', '--seeds', '1', '--set', 'training.steps=90'); // prettier-ignore
    assert.deepEqual(
      cells.map(({ steps }) => steps).sort((a, b) => a - b),
      [30, 30, 90],
    );
    assert.equal(cells[best!]!.steps, 90);
  });

  const refused: [name: string, args: string[], message: RegExp][] = [
    ['an unknown setting', ['--over', 'training.lr=1'], /^noprop: --over training\.lr: there is no setting "training\.lr": did you mean "training\.learningRate"\?\n$/], // prettier-ignore
    ['a value out of range', ['--over', 'training.batch=8,0'], /^noprop: --over training\.batch: batch must be a whole number from 1 to 65536: got 0\n$/], // prettier-ignore
    ['no values', ['--over', 'training.batch='], /--over training\.batch: values are missing/],
    ['no setting', ['--over', '=3'], /--over takes path\.to\.field=/],
    ['nothing to vary', [], /the sweep varies nothing/],
    ['a range in a grid', ['--over', 'training.batch=1..8'], /a grid needs values/],
    ['an unknown method', [...OVER, '--method', 'best'], /--method must be one of grid, random, latin-hypercube, successive-halving/], // prettier-ignore
    ['no seeds', [...OVER, '--seeds', '0'], /--seeds: seeds must be a whole number from 1 to 100: got 0/],
    ['cells that are no number', [...OVER, '--cells', 'x'], /--cells must be a finite number: got "x"/],
  ];
  for (const [name, args, message] of refused)
    it(`refuses ${name} before anything is trained`, async () => {
      const { status, stdout, stderr } = await noprop(...argsOf('refused', ...args));
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.ok(!existsSync(at('refused')));
    });

  it('refuses what the document sweeps wrongly at its line', async () => {
    writeFileSync(at('wrong.noprop.json'), '{"version":1,"schedules":[{"id":"cosine"}],\n"sweep":{"axes":[\n{"path":"training.batch","values":[0]}]}}'); // prettier-ignore
    const { status, stderr } = await noprop('sweep', 'wrong.noprop.json', '--out', 'refused');
    assert.equal(status, 2);
    assert.match(stderr, /wrong\.noprop\.json:3:36: batch must be/);
  });

  const withSignals = process.platform === 'win32' ? it.skip : it; // Windows knows no signal that can be sent to another
  withSignals('Ctrl-C stops and keeps; the same command goes on where it stopped', async () => {
    const args = argsOf('stopped', '--over', 'training.batch=16,32', '--seeds', '2', '--set', 'training.steps=6000', '--workers', '1'); // prettier-ignore
    const child = spawn(process.execPath, [script, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { stdout: '' };
    child.stdout.on('data', (part) => (written.stdout += String(part)));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await eventually('a training', () => idsIn('stopped').length > 0);
    child.kill('SIGINT');
    assert.equal(await ended, 0);
    assert.match(written.stdout, /\d of 4 trainings are done; the same command goes on with the others/);
    const before = idsIn('stopped');
    const stopped = before.filter((id) => recordOf('stopped', id).state === 'stopped');
    assert.equal(stopped.length, 1);
    const again = await noprop(...args, '--json');
    assert.equal((JSON.parse(again.stdout) as Swept).ended, 4);
    const ids = idsIn('stopped');
    assert.equal(ids.length, 4);
    for (const id of ids) assert.equal(recordOf('stopped', id).state, 'done');
    assert.ok(stopped.every((id) => ids.includes(id)));
  });
});
