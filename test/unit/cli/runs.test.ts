import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../../harness/wait';
import { makeRun, read, refusal, type Listed } from './madeRuns';
import { noprop, script } from './noprop';

describe('command line: runs', function () {
  this.timeout(60_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const has = (id: string) => fs.existsSync(at(id, 'run.json'));

  const list = async (...args: string[]) => (await read<{ runs: Listed[] }>('list', dir, ...args)).runs;

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-runs-'));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true }));

  it('list: runs by what tells them apart, with scores and notes, and a damaged one with its problem', async () => {
    makeRun(dir, 'a', { seed: 0, testAccuracy: 0.5 });
    makeRun(dir, 'b', { seed: 0, rate: 0.02, testAccuracy: 0.75 });
    fs.writeFileSync(at('b', 'notes.json'), JSON.stringify({ tags: ['good'] }));
    makeRun(dir, 'bad');
    fs.writeFileSync(at('bad', 'run.json'), '{"name": ');
    const runs = await list();
    assert.deepEqual(runs.map(({ id }) => id).sort(), ['a', 'b', 'bad']);
    const [a, b, bad] = ['a', 'b', 'bad'].map((id) => runs.find((run) => run.id === id)!) as [Listed, Listed, Listed];
    assert.deepEqual([a.score, a.state, b.score, b.notes?.tags], [0.5, 'done', 0.75, ['good']]);
    assert.match(a.label!, /learning rate 0\.002$/);
    assert.match(b.label!, /learning rate 0\.02$/);
    assert.match(bad.problem!, /run\.json is no JSON/);
    assert.equal(bad.canMend, true);
    const { stdout } = await noprop('runs', 'list', dir);
    assert.match(stdout, /learning rate 0\.02 #good +done +60 of 60 +test accuracy 0\.7500 .* b\n/);
    assert.match(stdout, /Damaged:\nbad: run\.json is no JSON.*; noprop mend makes it whole\n/);
    assert.match((await noprop('list', dir)).stdout, /^run +name +state/);
  });

  it('list: a search and an order by score', async () => {
    for (const [id, testAccuracy] of Object.entries({ low: 0.2, high: 0.9, middle: 0.6 })) makeRun(dir, id, { testAccuracy, seed: id.length }); // prettier-ignore
    assert.deepEqual((await list('--sort', 'score')).map(({ id }) => id), ['high', 'middle', 'low']); // prettier-ignore
    assert.deepEqual((await list('--search', 'score>.5', '--sort', 'score')).map(({ id }) => id), ['high', 'middle']); // prettier-ignore
    assert.match((await noprop('runs', 'list', dir, '--search', 'nothing-like-it')).stdout, /^no run is found\n$/);
  });

  it('list: names of runs of several experiments say nothing in which only the others differ', async () => {
    makeRun(dir, 'a', { name: 'One', seed: 0 });
    makeRun(dir, 'b', { name: 'Two', seed: 0, rate: 0.02 });
    assert.deepEqual((await list()).map(({ label }) => label).sort(), ['One', 'Two']); // prettier-ignore
  });

  it('show: the record with chosen settings and files', async () => {
    makeRun(dir, 'a', { seed: 3, rate: 0.02 });
    const shown = await read<{ id: string; seed: number; data: object; settings: { path: string; value: string }[]; files: { name: string; bytes: number }[] }>('show', at('a')); // prettier-ignore
    assert.deepEqual([shown.id, shown.seed], ['a', 3]);
    assert.ok('mean' in shown.data);
    assert.equal(shown.settings.find(({ path: place }) => place === 'training.learningRate')!.value, '0.02');
    const weights = shown.files.find(({ name }) => name === 'weights.safetensors')!;
    assert.equal(weights.bytes, fs.statSync(at('a', 'weights.safetensors')).size);
    assert.ok(shown.files.some(({ name }) => name.startsWith('checkpoints/step-')));
    const { stdout } = await noprop('runs', 'show', at('a'));
    assert.ok(stdout.startsWith('a\n'));
    assert.match(stdout, /\nseed +3\n/);
    assert.match(stdout, /\nLearning rate.* 0\.02 +training\.learningRate\n/);
  });

  it('compare: settings that differ, means with intervals over seeds, and differences paired by seed', async () => {
    const scores = { slow: [0.5, 0.6, 0.7], fast: [0.6, 0.8, 0.85] };
    for (const [seed, testAccuracy] of scores.slow.entries()) makeRun(dir, `slow-${seed}`, { seed, testAccuracy });
    for (const [seed, testAccuracy] of scores.fast.entries()) makeRun(dir, `fast-${seed}`, { seed, testAccuracy, rate: 0.02 }); // prettier-ignore
    interface Compared {
      readonly settings: { readonly path: string }[];
      readonly runs: { readonly id: string; readonly run: string; readonly settings: object }[];
      readonly groups: { settings: object; seeds: number[]; mean: number; interval: [number, number]; difference?: { mean: number; interval: [number, number] } }[]; // prettier-ignore
      readonly best: number;
    }
    const ids = ['slow-0', 'slow-1', 'slow-2', 'fast-0', 'fast-1', 'fast-2'];
    const { settings, runs, groups, best } = await read<Compared>('compare', ...ids.map((id) => at(id)));
    assert.deepEqual(settings.map((one) => one.path), ['training.learningRate']); // prettier-ignore
    assert.deepEqual([runs[5]!.id, runs[5]!.run, runs[5]!.settings], ['fast-2', at('fast-2'), { 'training.learningRate': 0.02 }]); // prettier-ignore
    assert.deepEqual([groups.length, best], [2, 1]);
    const [slow, fast] = groups as [Compared['groups'][0], Compared['groups'][0]];
    assert.deepEqual([slow.seeds, fast.settings], [[0, 1, 2], { 'training.learningRate': 0.02 }]);
    const half = (4.302653 * 0.1) / Math.sqrt(3); // t at 0.975 with 2 degrees of freedom; the deviation of .5 .6 .7 is 0.1
    assert.ok(Math.abs(slow.mean - 0.6) < 1e-12 && Math.abs(slow.interval[1] - 0.6 - half) < 1e-6);
    // of -0.1, -0.2 and -0.15
    const paired = (4.302653 * 0.05) / Math.sqrt(3);
    assert.ok(Math.abs(slow.difference!.mean + 0.15) < 1e-12);
    assert.ok(Math.abs(slow.difference!.interval[0] + 0.15 + paired) < 1e-6);
    assert.equal(fast.difference, undefined);

    const chosen = await read<Compared>('compare', dir, '--runs', 'slow-0,fast-0');
    assert.deepEqual(chosen.runs.map(({ id }) => id), ['slow-0', 'fast-0']); // prettier-ignore
    const { stdout } = await noprop('runs', 'compare', dir);
    assert.match(stdout, /0\.02 +3 +test accuracy +0\.7500 +\[.*\] +the best\n/);
    assert.match(stdout, /0\.002 +3 .* -0\.1500 \[-0\.2742, -0\.0258\] worse than the best\n/);
  });

  it('compare: tables of runs and over seeds in each format', async () => {
    for (const seed of [0, 1]) makeRun(dir, `r${seed}`, { seed, testAccuracy: 0.5 + seed / 4 });
    makeRun(dir, 'other', { rate: 0.02, testAccuracy: 0.25 });
    const table = async (...args: string[]) => (await noprop('runs', 'compare', dir, '--table', ...args)).stdout;
    const csv = (await table('csv')).trim().split(/\r?\n/);
    assert.match(csv[0]!, /^run,Learning rate.*,seed,test accuracy,state,steps,seconds,id$/);
    assert.equal(csv.length, 4);
    assert.match(
      csv.find((line) => line.endsWith(',r1'))!,
      /,0\.002,1,0\.75,done,60,/,
    );
    assert.match(await table('markdown', '--over-seeds'), /\| 0\.002 \| test accuracy \| 2 \| 0\.625 \|/);
    assert.match(await table('latex'), /\$0\.002\$ & /);
  });

  it('says what is wrong with what was typed', async () => {
    makeRun(dir, 'a');
    makeRun(dir, 'bad');
    fs.writeFileSync(at('bad', 'run.json'), '');
    const wrong: [RegExp, ...string[]][] = [
      [/runs takes list, show, compare, remove, prune: got nothing\nUsage: noprop runs list/],
      [/runs takes .*: got "ls"/, 'ls', dir],
      [/an argument is missing/, 'list'],
      [/none is no folder of runs/, 'list', at('none')],
      [/--sort takes newest or score: got "age"/, 'list', dir, '--sort', 'age'],
      [/none is not a run: there is no such folder/, 'show', at('none')],
      [/is not a run: it has no run\.json/, 'show', dir],
      [/bad is damaged: run\.json is empty; noprop mend makes it whole/, 'show', at('bad')],
      [/name runs, or a folder of them/, 'compare'],
      [/a is one run: name another/, 'compare', at('a')],
      [/a run is named twice/, 'compare', at('a'), at('a')],
      [/holds 1 run, and 2 to 50 can be compared/, 'compare', dir],
      [/there is no run none in/, 'compare', dir, '--runs', 'a,none'],
      [/bad is damaged: run\.json is empty/, 'compare', dir, '--runs', 'a,bad'],
      [/2 to 50 runs can be compared: got 1/, 'compare', dir, '--runs', 'a'],
      [/--runs needs one folder of runs/, 'compare', at('a'), at('bad'), '--runs', 'a'],
      [/--json and --table exclude each other/, 'compare', dir, '--json', '--table', 'csv'],
      [/--over-seeds needs --table/, 'compare', dir, '--over-seeds'],
      [/table format "html"/, 'compare', dir, '--table', 'html'],
      [/DIR is missing/, 'remove'],
      [/name the runs\nUsage/, 'remove', dir],
      [/the trash is empty/, 'remove', dir, '--restore'],
      [/give a rule: --older-than, --keep or --state/, 'prune', dir, '--yes'],
      [/--older-than must be a number with m, h, d or w .*: got "30"/, 'prune', dir, '--older-than', '30'],
      [/--keep must be a whole number from 0: got 1\.5/, 'prune', dir, '--keep', '1.5'],
      [/--state takes done, .*: got "running": a run in training always stays/, 'prune', dir, '--state', 'running'],
    ];
    for (const [message, ...args] of wrong) assert.match(await refusal(...args), message, args.join(' '));
    assert.ok(has('a'));
  });

  it('compare: more than 50 runs of a folder are to be chosen from', async () => {
    for (let seed = 0; seed < 51; seed++) makeRun(dir, `r${seed}`, { seed });
    assert.match(await refusal('compare', dir), /holds 51 runs, and 2 to 50 can be compared: choose some with --runs/);
  });

  it('two processes train into a folder at once while a third lists it: nothing is lost, and no list has half a run', async () => {
    const train = (seed: number): ChildProcess => {
      const args = ['train', 'media/samples/iris.noprop.json', '--set', 'training.steps=30', '--seed', String(seed), '--seeds', '5', '--out', dir]; // prettier-ignore
      return spawn(process.execPath, [script, ...args], { stdio: 'ignore' });
    };
    const writers = [train(100), train(200)];
    const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
    const seen: string[][] = [];
    await eventually(
      'both are through',
      async () => {
        const done = writers.every(ended);
        const runs = await list();
        assert.deepEqual(runs.filter(({ problem }) => problem !== undefined), []); // prettier-ignore
        seen.push(runs.map(({ id }) => id));
        return done;
      },
      50_000,
    );
    assert.deepEqual(writers.map(({ exitCode }) => exitCode), [0, 0]); // prettier-ignore
    const last = await read<{ runs: { id: string; seed: number; state: string }[] }>('list', dir);
    assert.deepEqual(last.runs.map(({ seed }) => seed).sort(), [100, 101, 102, 103, 104, 200, 201, 202, 203, 204]); // prettier-ignore
    assert.ok(last.runs.every(({ state }) => state === 'done'));
    const ids = new Set(last.runs.map(({ id }) => id));
    assert.deepEqual(seen.flat().filter((id) => !ids.has(id)), []); // prettier-ignore
  });
});
