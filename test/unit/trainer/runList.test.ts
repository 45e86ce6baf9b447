import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import type { RunRecord } from '../../../src/core/runs/record';
import type { RunList } from '../../../src/core/runs/runList';
import { changedRows } from '../../../src/core/runs/runList';
import { checkRemovable, deleteRun } from '../../../src/trainer/runs/deleteRun';
import { mendRun } from '../../../src/trainer/runs/mendRun';
import { readRecord, readWeights } from '../../../src/trainer/runs/runFolder';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { lockRun } from '../../../src/trainer/runs/runLock';

const FIXTURES = path.resolve('test/fixtures/0.1.0/runs');
const [SOURCE] = fs.readdirSync(FIXTURES).filter((name) => name.endsWith('old-ct'));

describe('the list of runs', function () {
  this.timeout(20_000);
  let runs: string;
  const at = (...names: string[]) => path.join(runs, ...names);
  const put = (id: string) => {
    fs.cpSync(path.join(FIXTURES, SOURCE!), at(id), { recursive: true });
    return at(id);
  };
  const list = (since?: string): Promise<RunList> => new RunIndex(runs).list(since);
  const record = (id: string) => JSON.parse(fs.readFileSync(at(id, 'run.json'), 'utf8')) as Record<string, unknown>;
  const change = (id: string, fields: object) =>
    fs.writeFileSync(at(id, 'run.json'), JSON.stringify({ ...record(id), ...fields }));
  const cut = (file: string) => fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));

  beforeEach(() => {
    runs = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-list-'));
    put('whole');
  });
  afterEach(() => fs.rmSync(runs, { recursive: true }));

  const lack = (key: string) => (run: string) => {
    const { [key]: _, ...rest } = JSON.parse(fs.readFileSync(path.join(run, 'run.json'), 'utf8')) as Record<string, unknown>; // prettier-ignore
    void _;
    fs.writeFileSync(path.join(run, 'run.json'), JSON.stringify(rest));
  };
  const write = (name: string, text: string) => (run: string) => fs.writeFileSync(path.join(run, name), text);
  const set = (fields: object) => (run: string) => change(path.basename(run), fields);

  /** What is done to a run, what the list then says of it, and whether its record is in the list. */
  const damages: readonly (readonly [string, (run: string) => void, RegExp, boolean])[] = [
    ['a record that is cut', (run) => cut(path.join(run, 'run.json')), /run\.json is no JSON: it was cut short/, false],
    ['an empty record', write('run.json', ''), /run\.json is empty/, false],
    ['a record that is a list', write('run.json', '[1]'), /run\.json holds no object/, false],
    ['no record', (run) => fs.rmSync(path.join(run, 'run.json')), /run\.json cannot be read: there is no such/, false],
    ['a folder for a record', (run) => (fs.rmSync(path.join(run, 'run.json')), fs.mkdirSync(path.join(run, 'run.json'))), /run\.json is a folder/, false], // prettier-ignore
    ...['started', 'name', 'state', 'data', 'seed', 'versions'].map((key) => [`a record without ${key}`, lack(key), new RegExp(`run\\.json: "${key}" is missing`), false] as const), // prettier-ignore
    ['a seed that is text', set({ seed: 'one' }), /run\.json: "seed" must be of type/, false],
    ['a state that there is not', set({ state: 'lost' }), /run\.json: "state" must be running or done/, false],
    ['a start that is no date', set({ started: 'today' }), /run\.json: "started": it is no date/, false],
    ['a newer version', set({ version: 2 }), /was written by NoProp Lab with run format 2; this version reads up to 1: update the extension/, false], // prettier-ignore
    ['an experiment that is no JSON', write('experiment.json', '{"version": 1,'), /experiment\.json, line 1/, true],
    ['a newer experiment', write('experiment.json', '{"version": 9, "schedules": []}'), /experiment\.json, line 1: .*newer/, true], // prettier-ignore
    ['no experiment', (run) => fs.rmSync(path.join(run, 'experiment.json')), /experiment\.json cannot be read/, true],
    ['weights that are cut', (run) => cut(path.join(run, 'weights.safetensors')), /weights\.safetensors is cut short/, true], // prettier-ignore
    ['weights that are gone', (run) => fs.rmSync(path.join(run, 'weights.safetensors')), /weights\.safetensors is missing/, true], // prettier-ignore
  ];

  for (const [title, damage, problem, readable] of damages)
    it(`${title}: the run is listed with what is wrong, and the others load`, async () => {
      const before = await list();
      damage(put('bad'));
      const { rows, damaged } = await list(before.revision);
      assert.deepEqual(rows.map(({ id }) => id).sort(), readable ? ['bad', 'whole'] : ['whole']);
      assert.deepEqual(damaged.map(({ id }) => id), ['bad']); // prettier-ignore
      assert.match(damaged[0]!.problem, problem);
      assert.ok(['Old CT', 'bad'].includes(damaged[0]!.name), damaged[0]!.name);
    });

  it('a folder that is no run, a file, and comparisons are not listed', async () => {
    fs.mkdirSync(at('notes'));
    fs.writeFileSync(at('notes', 'a.txt'), '');
    fs.writeFileSync(at('read.me'), '');
    fs.mkdirSync(at('comparisons', 'x'), { recursive: true });
    const { rows, damaged } = await list();
    assert.deepEqual([rows.map(({ id }) => id), damaged], [['whole'], []]);
  });

  it('a training that died before its first save is not listed; one whose weights of a step are there is', async () => {
    for (const id of ['unsaved', 'kept']) {
      fs.mkdirSync(at(id));
      fs.copyFileSync(at('whole', 'experiment.json'), at(id, 'experiment.json'));
    }
    fs.mkdirSync(at('kept', 'checkpoints'));
    fs.writeFileSync(at('kept', 'checkpoints', 'step-10.safetensors'), '');
    const { rows, damaged } = await list();
    assert.deepEqual([rows.map(({ id }) => id), damaged.map(({ id }) => id)], [['whole'], ['kept']]);
  });

  it('numbers that JSON lacks do not make a record a damaged one', async () => {
    change('whole', { loss: null, testAccuracy: null, state: 'diverged' });
    const { rows, damaged } = await list();
    assert.deepEqual([rows[0]!.state, rows[0]!.loss, damaged], ['diverged', undefined, []]);
  });

  it('after the first list only what has changed is told', async () => {
    put('other');
    const index = new RunIndex(runs);
    const first = await index.list();
    assert.deepEqual([first.whole, first.rows.length], [true, 2]);
    const none = await index.list(first.revision);
    assert.deepEqual([none.whole, none.rows, none.gone], [false, [], []]);
    change('whole', { message: 'changed' });
    put('third');
    fs.rmSync(at('other'), { recursive: true });
    const next = await index.list(none.revision);
    assert.deepEqual(new Set(next.rows.map(({ id }) => id)), new Set(['whole', 'third']));
    assert.deepEqual(next.gone, ['other']);
    const rows = changedRows(changedRows([], first), next);
    assert.deepEqual(rows, [...(await list()).rows], 'the changes add up to the list');
    assert.equal((await index.list('another revision')).whole, true);
  });

  it('what the index file says is not trusted more than the files; a broken one is made again', async () => {
    for (let k = 0; k < 20; k++) put(`run-${k}`);
    await list();
    const file = at('.index.json');
    assert.ok(fs.existsSync(file));
    cut(at('run-3', 'weights.safetensors'));
    change('run-4', { name: 'Another' });
    fs.rmSync(at('run-5'), { recursive: true });
    const changed = await list();
    assert.deepEqual(changed.damaged.map(({ id }) => id), ['run-3']); // prettier-ignore
    assert.equal(changed.rows.find(({ id }) => id === 'run-4')?.name, 'Another');
    assert.equal(changed.rows.length, 20);
    for (const text of ['', '{', '{"format": "1", "rows": []}', '{"rows": 7}']) {
      fs.writeFileSync(file, text);
      assert.deepEqual((await list()).rows, changed.rows);
    }
  });

  it('a record that was cut is made again of what is left of it and the other files', async () => {
    const before = await readRecord(at('whole'));
    cut(at('whole', 'run.json'));
    assert.equal((await list()).damaged[0]!.canMend, true);
    const mended = await mendRun(at('whole'));
    for (const key of [
      'name',
      'model',
      'step',
      'steps',
      'seed',
      'testAccuracy',
      'checkpoints',
      'parameters',
      'started',
    ] as const)
      // prettier-ignore
      assert.deepEqual(mended[key], before[key], key);
    assert.deepEqual(mended.data.mean, before.data.mean);
    assert.deepEqual((await list()).damaged, []);
    assert.ok(Object.keys(await readWeights(at('whole'))).length);
  });

  it('of a run of this version, files that are damaged are made again of its state, byte for byte', async () => {
    const { experiment } = parseExperiment(
      '{"version": 1, "name": "New", "schedules": [{"id": "cosine"}], "data": {"id": "two-moons", "params": {"n": 60}}, ' +
        '"model": {"hidden": [4]}, "training": {"steps": 20, "batch": 8}}',
    );
    const trainer = new TrainerService(path.resolve('dist'), { workers: 1 });
    const { id } = await trainer.call('train', [{ experiment: experiment!, folder: '.', runs }]);
    const [weights, text] = ['weights.safetensors', 'run.json'].map((name) => at(id, name)) as [string, string];
    const [bytes, before] = [fs.readFileSync(weights), fs.readFileSync(text, 'utf8')];
    cut(weights);
    assert.deepEqual((await list()).damaged.map((one) => [one.id, one.canMend]), [[id, true]]); // prettier-ignore
    await mendRun(at(id));
    assert.deepEqual(fs.readFileSync(weights), bytes);
    cut(text);
    // nothing is lost, so nobody is asked
    assert.deepEqual((await list()).damaged, []);
    const [one, other] = [before, fs.readFileSync(text, 'utf8')].map((json) => JSON.parse(json) as RunRecord);
    for (const key of ['name', 'state', 'step', 'testAccuracy', 'started', 'parameters'] as const)
      assert.deepEqual(other![key], one![key], key);
  });

  it('what a newer version wrote is not mended', async () => {
    change('whole', { version: 2 });
    const text = fs.readFileSync(at('whole', 'run.json'), 'utf8');
    await assert.rejects(mendRun(at('whole')), /run format 2; this version reads up to 1: update the extension/);
    assert.equal(fs.readFileSync(at('whole', 'run.json'), 'utf8'), text);
  });

  it('a run that is being trained is not deleted, by name and with what to do', async () => {
    const lock = await lockRun(at('whole'));
    await assert.rejects(checkRemovable(at('whole')), /the run whole is being trained by process .*: stop it first/);
    await assert.rejects(deleteRun(at('whole')), /stop it first/);
    assert.equal((await list()).rows.length, 1);
    await lock.release();
    await deleteRun(at('whole'));
    assert.deepEqual(fs.readdirSync(runs), []);
  });

  it('of a link to a folder elsewhere only the link is deleted', async () => {
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-outside-'));
    fs.cpSync(at('whole'), path.join(outside, 'run'), { recursive: true });
    fs.symlinkSync(path.join(outside, 'run'), at('linked'), 'junction');
    await deleteRun(at('linked'));
    assert.deepEqual(
      [fs.existsSync(at('linked')), fs.existsSync(path.join(outside, 'run', 'run.json'))],
      [false, true],
    );
    fs.rmSync(outside, { recursive: true });
  });

  it('a damaged run is deleted; a folder that is no run is not; what was half deleted goes too', async () => {
    fs.writeFileSync(path.join(put('bad'), 'run.json'), '');
    fs.cpSync(at('whole'), at('.removed-earlier'), { recursive: true });
    await deleteRun(at('bad'));
    assert.deepEqual(fs.readdirSync(runs), ['whole']);
    fs.mkdirSync(at('notes'));
    fs.writeFileSync(at('notes', 'a.txt'), '');
    await assert.rejects(deleteRun(at('notes')), /notes is no run/);
    assert.ok(fs.existsSync(at('notes', 'a.txt')));
  });
});
