import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { calm, eventually, LabWindow, root } from './support';

const FILE = 'moons.noprop.json';
const moons = (more: object = {}) =>
  JSON.stringify({
    version: 1,
    name: 'Moons',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 100, noise: 0.1 } },
    model: { hidden: [8] },
    training: { steps: 60, seeds: 2 },
    ...more,
  });

/** The tree of runs, what its rows do, and where runs live, in one window after another. */
describe('the runs of the side panel', function () {
  this.timeout(120_000);
  let window: LabWindow;
  let lab: Page;
  const runs = async () => window.api.runs();
  const labels = async (...under: string[]) => (await window.tree(...under)).map(({ label }) => label);
  const train = async (count: number) => {
    await window.runCommand('NoProp: Train Model');
    await eventually(`${count} runs are done`, async () => (await runs()).filter(({ state }) => state === 'done').length === count); // prettier-ignore
  };
  const seeds = async (seed: number) => (await runs()).filter((run) => run.seed === seed);

  before(async () => {
    window = await LabWindow.open({ [FILE]: moons() });
    lab = await window.lab(FILE);
    await train(2);
  });
  after(() => window?.close());

  it('has the experiment, and under it the seeds with score and age', async () => {
    assert.deepEqual(await labels(), ['Moons']);
    const rows = await window.tree('Moons');
    assert.deepEqual(rows.map(({ label }) => label).sort(), ['seed 0', 'seed 1']);
    for (const { description } of rows) assert.match(description!, /^(0\.\d+|1) · now$/);
  });

  it('a click opens the experiment where it still has the settings, and the run is in view', async () => {
    const [run] = await seeds(0);
    await window.runById('noprop.openRun', { kind: 'run', id: run!.id });
    lab = await window.lab();
    assert.equal(await lab.locator('.file').innerText(), FILE);
    await eventually('the run', async () => (await lab.getByTestId('run').inputValue()) === run!.id);
    assert.equal(await lab.getByTestId('read-only').count(), 0);
  });

  it('a run whose experiment has changed opens as it was trained, read-only; a copy can be changed', async () => {
    const [run] = await seeds(1);
    window.write(FILE, moons({ training: { steps: 60, learningRate: 0.01 } }));
    await eventually('the lab follows', async () => (await lab.locator('[data-field="training.learningRate"] input').inputValue()) === '0.01'); // prettier-ignore
    await window.runById('noprop.openRun', { kind: 'run', id: run!.id });
    lab = await window.lab();
    assert.equal(await lab.getByTestId('status').innerText(), 'read-only');
    assert.equal(await lab.locator('.file').innerText(), FILE.replace('moons', 'Moons'));
    const rate = lab.locator('[data-field="training.learningRate"] input');
    assert.deepEqual([await rate.inputValue(), await rate.isDisabled()], ['0.002', true]);
    assert.equal(await lab.getByTestId('run').inputValue(), run!.id);
    await calm(lab);
    await window.screenshot('run-read-only');
    await lab.getByRole('button', { name: 'Edit a copy' }).click();
    await eventually('a new experiment', async () => {
      lab = await window.lab();
      return (await lab.getByTestId('status').innerText()) === 'untitled';
    });
    await lab.getByRole('tab', { name: 'Training' }).click(); // a new experiment begins on its schedules
    assert.equal(await lab.locator('[data-field="training.learningRate"] input').isDisabled(), false);
  });

  it('runs that are checked are laid over the one in view, by what tells them apart', async () => {
    lab = await window.lab(FILE);
    await train(3);
    await lab.getByRole('tab', { name: 'Training' }).click();
    for (const { id } of await seeds(1)) window.checkRun(id);
    for (const { id } of (await seeds(0)).slice(1)) window.checkRun(id);
    const legend = () => lab.locator('[data-plot=accuracy]').innerText();
    await eventually(
      'both curves',
      async () => (await legend()).includes('seed 1') && (await legend()).includes('seed 0'),
    );
    await calm(lab);
    await window.screenshot('runs-overlaid');
    await window.runCommand('NoProp: Clear Overlay of Runs');
    await eventually('they are gone', async () => !(await legend()).includes('seed 1'));
  });

  it('names settings that differ, and finds runs by them', async () => {
    assert.ok((await labels('Moons')).some((label) => label.startsWith('learning rate 0.01')), String(await labels('Moons'))); // prettier-ignore
    await window.runCommand('NoProp: Filter Runs…');
    await window.type('"learning rate 0.01" today');
    await eventually('one run', async () => (await labels()).length === 1 && (await window.tree())[0]!.id !== undefined && !(await window.tree())[0]!.id!.startsWith('group')); // prettier-ignore
    await window.runCommand('NoProp: Show All Runs');
    assert.equal((await labels('Moons')).length, 2);
  });

  it('a run is renamed, tagged, noted and pinned, also in the pickers and after a reload', async () => {
    const [run] = await seeds(1);
    const row = { kind: 'run', id: run!.id };
    const said = async (id: string, text?: string) => {
      const done = window.runById(id, row);
      if (text !== undefined) await window.type(text);
      await done;
    };
    await said('noprop.renameRun', 'The good one');
    await said('noprop.tagRun', 'paper, best');
    await said('noprop.noteRun', 'with the old data');
    await said('noprop.pinRun');
    const [first] = await window.tree();
    assert.deepEqual([first!.label, first!.description!.replace(/^\S+ · \S+( min)?/, '')], ['The good one', ' · #paper · #best']); // prettier-ignore
    await window.reload();
    await eventually('it is first again', async () => (await labels())[0] === 'The good one');
    const notes = (await runs()).find(({ id }) => id === run!.id)?.notes;
    assert.deepEqual(notes, {
      title: 'The good one',
      tags: ['paper', 'best'],
      note: 'with the old data',
      pinned: true,
    });
  });

  it('a run is deleted without a question, and comes back by Undo or the command', async () => {
    const before = (await runs()).map(({ id }) => id);
    const [run] = await seeds(1);
    await window.runById('noprop.deleteRun', { kind: 'run', id: run!.id });
    assert.deepEqual((await runs()).map(({ id }) => id), before.filter((id) => id !== run!.id)); // prettier-ignore
    await window.pick('Undo', 'message');
    await eventually('it is back', async () => (await runs()).some(({ id }) => id === run!.id));
    await window.runById('noprop.deleteRun', { kind: 'run', id: run!.id });
    await window.runCommand('NoProp: Restore Deleted Run…');
    await window.pick('Moons');
    await eventually('it is back again', async () => (await runs()).length === before.length);
    assert.equal((await runs()).find(({ id }) => id === run!.id)?.notes?.title, 'The good one');
  });

  it("the terminal's runs are there too, and new ones go where the setting says", async () => {
    const own = path.join(window.dir, 'noprop-runs');
    const fixtures = path.join(root, 'test/fixtures/0.1.0/runs');
    const [source] = readdirSync(fixtures).filter((name) => name.endsWith('old-ct'));
    mkdirSync(own);
    cpSync(path.join(fixtures, source!), path.join(own, 'from-the-terminal'), { recursive: true });
    await eventually('it is listed', async () => (await runs()).some(({ id }) => id === 'from-the-terminal'));
    await window.runById('noprop.deleteRun', { kind: 'run', id: 'from-the-terminal' });
    assert.ok(existsSync(path.join(own, '.trash')));
    await window.set('noprop.runs.location', 'ask');
    lab = await window.lab(FILE);
    const before = (await runs()).length;
    await window.runCommand('NoProp: Train Model');
    await window.pick('In this Folder', 'message');
    await eventually('it is done', async () => (await runs()).filter(({ state }) => state === 'done').length === before + 1); // prettier-ignore
    await train(before + 2);
    const here = readdirSync(own).filter((name) => !name.startsWith('.'));
    assert.deepEqual(here, [(await runs())[0]!.id]);
    assert.equal((JSON.parse(readFileSync(path.join(own, here[0]!, 'run.json'), 'utf8')) as { name: string }).name, 'Moons'); // prettier-ignore
    rmSync(own, { recursive: true });
    await eventually('they are gone', async () => (await runs()).length === before + 1);
  });

  it('nothing broke the content policy, and no error was logged', () => {
    assert.deepEqual(window.errors, []);
  });
});
