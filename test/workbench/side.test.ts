import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { chooseFile, eventually } from './support';
import { open, type Workbench } from './workbench';

describe('the side panel', () => {
  let workbench: Workbench;
  let side: Frame;
  const icon = '.activitybar [aria-label="NoProp Lab"]';
  const file = () => side.locator('.file').innerText();
  const shown = async () => {
    side = await workbench.frame('body[data-page=side] .chart');
  };

  /** The drafts that VS Code keeps in its own folder, beside the workspace. */
  const drafts = () => {
    const folder = path.dirname(workbench.dir);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('draft.noprop.json')).map((name) => readFileSync(path.join(folder, name), 'utf8')); // prettier-ignore
  };
  const firstOf = (text: string) => (JSON.parse(text) as { schedules: { id: string }[] }).schedules[0]?.id;

  before(async () => {
    workbench = await open({ 'one.noprop.json': '{"version":1,"schedules":[{"id":"sigmoid"}]}' }, { ready: icon });
    await workbench.page.locator(icon).first().click();
    await shown();
  });
  after(() => workbench?.close());

  it('shows a draft with three charts while no lab is open', async () => {
    assert.equal(await side.getByTestId('status').innerText(), 'untitled');
    const ids = await side
      .locator('.chart')
      .evaluateAll((all) => all.map((chart) => (chart as HTMLElement).dataset.plot));
    assert.deepEqual(ids, ['overshoot', 'alphaBar', 'logSnr']);
    await workbench.screenshot('side-draft');
  });

  it('what is changed in the draft survives a reload of the window', async () => {
    await side.getByTestId('family').selectOption('cosine');
    await eventually('the picker says so', async () => (await side.getByTestId('family').inputValue()) === 'cosine');
    // nobody reloads within the moment in which VS Code writes the draft
    await eventually('the draft is on the disk', () => drafts().some((text) => firstOf(text) === 'cosine'));
    await workbench.page.reload();
    await shown();
    assert.equal(await side.getByTestId('family').inputValue(), 'cosine');
  });

  it('the draft can be saved, and is then open in the lab', async () => {
    await side.getByRole('button', { name: 'Save', exact: true }).click();
    await chooseFile(workbench);
    const lab = await workbench.frame('body[data-page=lab] .chart');
    assert.equal(await lab.locator('.file').innerText(), 'Untitled experiment.noprop.json');
    const saved = readFileSync(path.join(workbench.dir, 'Untitled experiment.noprop.json'), 'utf8');
    assert.equal(firstOf(saved), 'cosine');
    await eventually('the side panel follows', async () => (await file()) === 'Untitled experiment.noprop.json');
  });

  it('follows the last active lab, and both edit one document', async () => {
    await workbench.runCommand('NoProp: Open Lab');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'one.noprop.json' }).click();
    await eventually('the other file', async () => (await file()) === 'one.noprop.json');
    await side.getByTestId('family').selectOption('linear-beta');
    let lab!: Frame;
    await eventually('the lab shows it', async () => {
      lab = await workbench.frame('body[data-page=lab] [data-schedule="0"] .name', 1000);
      return (await lab.locator('[data-schedule="0"] .name').innerText()).includes('Linear beta');
    });
    assert.equal(await lab.getByTestId('status').innerText(), 'unsaved');
  });

  it('commands work from the palette: new experiment, export', async () => {
    await workbench.runCommand('NoProp: New Experiment');
    await eventually('an untitled one', async () => (await file()).startsWith('Untitled-1'));
    await eventually('its lab', async () => {
      const lab = await workbench.frame('body[data-page=lab] .file', 1000);
      return (await lab.locator('.file').innerText()).startsWith('Untitled-1');
    });
    await workbench.runCommand('NoProp: Export…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'CSV table' }).click();
    await chooseFile(workbench);
    await eventually('the table', () =>
      readFileSync(path.join(workbench.dir, 'Untitled-1.export.csv'), 'utf8').startsWith('schedule,t,alphaBar'),
    );
    await workbench.runCommand('NoProp: Show Log');
    await workbench.page.locator('.part.panel', { hasText: 'NoProp Lab' }).waitFor();
  });
});
