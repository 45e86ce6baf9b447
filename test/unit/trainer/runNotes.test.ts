import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import { changeNotes, readNotes } from '../../../src/trainer/runs/notesFile';
import { lockRun } from '../../../src/trainer/runs/runLock';
import { emptyTrash, listTrash, restoreRun, trashRun } from '../../../src/trainer/runs/trash';

const FIXTURES = path.resolve('test/fixtures/0.1.0/runs');
const [SOURCE] = fs.readdirSync(FIXTURES).filter((name) => name.endsWith('old-ct'));

describe('notes and the trash of runs', function () {
  this.timeout(20_000);
  let runs: string;
  const at = (...names: string[]) => path.join(runs, ...names);
  const ids = async () => (await new RunIndex(runs).list()).rows.map(({ id }) => id).sort();
  const files = (run: string) => fs.readdirSync(run, { recursive: true, encoding: 'utf8' }).sort();

  beforeEach(() => {
    runs = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-notes-'));
    for (const id of ['one', 'two']) fs.cpSync(path.join(FIXTURES, SOURCE!), at(id), { recursive: true });
  });
  afterEach(() => fs.rmSync(runs, { recursive: true }));

  it('notes of many who write at once are all kept', async () => {
    const changes = [{ pinned: true }, { title: 'A' }, { note: 'n' }, { tags: ['t'] }];
    await Promise.all(changes.map((change) => changeNotes(at('one'), change)));
    assert.deepEqual(await readNotes(at('one')), { pinned: true, title: 'A', note: 'n', tags: ['t'] });
    assert.deepEqual(files(at('one')).filter((name) => name.startsWith('.')), []); // prettier-ignore
  });

  it('notes can be changed while the run trains, and are in the list, also after the index was read again', async () => {
    const index = new RunIndex(runs);
    const { revision } = await index.list();
    const lock = await lockRun(at('one'), 'training');
    await changeNotes(at('one'), { title: 'Mine' });
    await lock.release();
    const change = await index.list(revision);
    assert.deepEqual(change.rows.map(({ id, notes }) => [id, notes]), [['one', { title: 'Mine' }]]); // prettier-ignore
    for (let k = 0; k < 20; k++) fs.cpSync(at('two'), at(`more-${k}`), { recursive: true });
    const before = await new RunIndex(runs).list();
    const after = await new RunIndex(runs).list();
    assert.deepEqual(after.rows, before.rows);
    assert.equal(after.rows.find(({ id }) => id === 'one')?.notes?.title, 'Mine');
    assert.ok(after.rows.every(({ settings }) => settings?.['training.steps'] === 60));
  });

  it('notes that are damaged are left alone, and named', async () => {
    fs.writeFileSync(at('one', 'notes.json'), '{"title": ');
    await assert.rejects(changeNotes(at('one'), { pinned: true }), /notes\.json is damaged: mend it, or delete it/);
    assert.equal(fs.readFileSync(at('one', 'notes.json'), 'utf8'), '{"title": ');
    assert.deepEqual(await ids(), ['one', 'two']);
  });

  it('a run that is deleted comes back with all its files', async () => {
    const before = files(at('one'));
    const entry = await trashRun(at('one'));
    assert.deepEqual(await ids(), ['two']);
    const [deleted] = await listTrash(runs);
    assert.deepEqual([deleted?.id, deleted?.name, deleted?.entry], ['one', 'Old CT', entry]);
    assert.equal(await restoreRun(runs, entry), 'one');
    assert.deepEqual(files(at('one')), before);
    assert.deepEqual([await ids(), await listTrash(runs)], [['one', 'two'], []]);
  });

  it('a run that is being trained is not deleted, nor what is no run', async () => {
    const lock = await lockRun(at('one'), 'training');
    await assert.rejects(trashRun(at('one')), /stop it first/);
    await lock.release();
    fs.mkdirSync(at('other'));
    fs.writeFileSync(at('other', 'a.txt'), '');
    await assert.rejects(trashRun(at('other')), /other is no run/);
    assert.deepEqual(await ids(), ['one', 'two']);
  });

  it('a deleted run is not brought back over another, nor from elsewhere', async () => {
    const entry = await trashRun(at('one'));
    fs.cpSync(at('two'), at('one'), { recursive: true });
    await assert.rejects(restoreRun(runs, entry), /there is a run one again/);
    await assert.rejects(restoreRun(runs, '../two.1234567890123'), /is no deleted run/);
    assert.equal((await listTrash(runs)).length, 1);
  });

  it('the trash empties itself of what is older than 30 days', async () => {
    const [old, young] = [await trashRun(at('one')), await trashRun(at('two'))];
    const then = `one.${Date.now() - 31 * 24 * 3600_000}`;
    fs.renameSync(at('.trash', old), at('.trash', then));
    fs.mkdirSync(at('.trash', 'not ours'));
    assert.equal(await emptyTrash(runs), 1);
    assert.deepEqual(fs.readdirSync(at('.trash')).sort(), ['not ours', young].sort());
    assert.equal(await emptyTrash(runs, 'all'), 1);
    assert.deepEqual(fs.readdirSync(at('.trash')), ['not ours']);
  });
});
