import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunRecord } from '../../../src/core/runs/record';
import { lockRun } from '../../../src/trainer/runs/runLock';
import { makeRun, read, refusal, type Listed } from './madeRuns';
import { noprop, nopropAnswering } from './noprop';

describe('command line: runs remove and prune', function () {
  this.timeout(60_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const trash = () => (fs.existsSync(at('.trash')) ? fs.readdirSync(at('.trash')) : []);
  const has = (id: string) => fs.existsSync(at(id, 'run.json'));

  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-runs-'));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true }));

  it('remove: asks on a terminal, else needs --yes; goes to the trash and comes back', async () => {
    for (const id of ['a', 'b', 'c']) makeRun(dir, id);
    const before = fs.readFileSync(at('a', 'weights.safetensors'));
    assert.match(await refusal('remove', dir, 'a'), /nothing was removed: --yes is needed where nobody can be asked/);
    const asked: string[] = [];
    const no = await nopropAnswering((question) => Promise.resolve(asked.push(question) === 0), 'runs', 'remove', dir, 'a', 'b'); // prettier-ignore
    assert.deepEqual([no.status, asked], [2, ['Move 2 runs to the trash?']]);
    assert.match(no.stderr, /you did not agree/);
    assert.ok(has('a') && has('b'));
    const yes = await nopropAnswering(() => Promise.resolve(true), 'runs', 'remove', dir, 'a');
    assert.match(yes.stdout, /moved 1 run to the trash, for 30 days/);
    assert.deepEqual(await read('remove', dir, at('b'), '--yes'), { removed: ['b'] });
    assert.deepEqual((await read<{ runs: Listed[] }>('list', dir)).runs.map(({ id }) => id), ['c']); // prettier-ignore
    assert.match(await refusal('remove', dir, '--restore'), /the trash has\n {2}[ab], deleted 20/);
    assert.deepEqual(await read('remove', dir, 'a', 'b', '--restore'), { restored: ['a', 'b'] });
    assert.deepEqual(fs.readFileSync(at('a', 'weights.safetensors')), before);
    assert.equal((await read<{ runs: Listed[] }>('list', dir)).runs.length, 3);
  });

  it('remove: nothing goes where one is in training, is missing, or lies elsewhere', async () => {
    for (const id of ['a', 'b']) makeRun(dir, id);
    const lock = await lockRun(at('b'), 'training');
    assert.match(await refusal('remove', dir, 'a', 'b', '--yes'), /is being trained.*then delete it/);
    await lock.release();
    assert.match(await refusal('remove', dir, 'a', 'none', '--yes'), /there is no run none in/);
    assert.match(await refusal('remove', dir, 'a', '../x', '--yes'), /"\.\.\/x" is not the id of a run/);
    fs.mkdirSync(at('pictures'));
    fs.writeFileSync(at('pictures', 'cat.png'), '');
    assert.match(await refusal('remove', dir, 'a', 'pictures', '--yes'), /pictures is no run: it has none of/);
    assert.ok(has('a') && has('b'));
    assert.deepEqual(trash(), []);
    assert.match(await refusal('remove', dir, 'a', '--restore'), /the run a is not in the trash/);
  });

  it('prune: shows what all rules take in, and moves it with --yes alone; pinned runs and those in training stay', async () => {
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const old = (days: number, more: Partial<RunRecord> = {}) => ({ started: ago(days), updated: ago(days), ...more });
    makeRun(dir, 'new', old(1, { state: 'failed' }));
    makeRun(dir, 'old', old(40, { state: 'failed' }));
    makeRun(dir, 'done', old(50));
    makeRun(dir, 'pinned', old(60, { state: 'failed' }));
    fs.writeFileSync(at('pinned', 'notes.json'), '{"pinned": true}');
    makeRun(dir, 'busy', old(70, { state: 'running' }));
    const lock = await lockRun(at('busy'), 'training');
    const would = async (...args: string[]) => {
      const { removed, runs, of } = await read<{ removed: boolean; runs: Listed[]; of: number }>('prune', dir, ...args);
      assert.deepEqual([removed, of], [false, 5]);
      return runs.map(({ id }) => id);
    };
    assert.deepEqual(await would('--older-than', '30d'), ['old', 'done']);
    assert.deepEqual(await would('--older-than', '45d'), ['done']);
    assert.deepEqual(await would('--state', 'failed,interrupted'), ['new', 'old']);
    assert.deepEqual(await would('--keep', '1'), ['old', 'done']);
    assert.deepEqual(await would('--keep', '1', '--state', 'failed'), ['old']);
    assert.match((await noprop('runs', 'prune', dir, '--keep', '1')).stdout, /2 of 5 runs would go to the trash; --yes moves them/); // prettier-ignore
    assert.deepEqual(trash(), []);
    const { runs } = await read<{ runs: Listed[] }>('prune', dir, '--older-than', '30d', '--yes');
    await lock.release();
    assert.deepEqual(runs.map(({ id }) => id), ['old', 'done']); // prettier-ignore
    assert.deepEqual(fs.readdirSync(dir).filter(has).sort(), ['busy', 'new', 'pinned']);
    assert.equal(trash().length, 2);
  });
});
