import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { RUNS_COMMANDS } from './runsCommands';
import { eventually, openLab } from './support';
import { open, type Workbench } from './workbench';

const FILE = 'moons.noprop.json';
const TEXT = JSON.stringify({
  version: 1,
  name: 'Moons',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 100, noise: 0.1 } },
  model: { hidden: [16], blocks: 2 },
  training: { steps: 50 },
});

/** The tree of runs in the workbench, and each command of the palette that is for it. */
describe('the tree of runs', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let lab: Frame;
  const tried = new Set<string>();
  const run = async (title: string, id: (typeof RUNS_COMMANDS)[number]) => {
    tried.add(id);
    await workbench.runCommand(title);
  };
  /** Runs a command that asks what to take, and takes it. */
  const runAndChoose = async (title: string, id: (typeof RUNS_COMMANDS)[number], text: string) => {
    await run(title, id);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  };
  const state = () => lab.getByTestId('run-state').innerText();

  before(async () => {
    workbench = await open({ [FILE]: TEXT }, { openFile: FILE });
    lab = await openLab(workbench);
    await workbench.runCommand('View: Close Other Editors in Group');
    await workbench.runCommand('NoProp: Compare Models');
    const rows = lab.getByTestId('models').locator('tbody tr');
    await eventually('all four', async () => (await rows.count()) === 4, 60_000);
    const steps = lab.locator('[data-field="training.steps"] input');
    await steps.fill('1000000');
    await steps.press('Enter');
  });
  after(() => workbench?.close());

  const tree = () => workbench.page.locator('.pane', { has: workbench.page.locator('[aria-label*="Runs"]') });
  const row = (text: string) => tree().locator('.monaco-list-row', { hasText: text });
  /** Runs a command that asks for a text, and types it. */
  const type = async (text: string) => {
    const input = workbench.page.locator('.quick-input-widget .quick-input-box input').first();
    await eventually('it asks for a text', async () => !(await workbench.page.locator('.quick-input-list .monaco-list-row').first().isVisible()) && (await input.isVisible())); // prettier-ignore
    await input.fill(text);
    await workbench.page.keyboard.press('Enter');
  };

  it('Rename, Tag and Edit Note', async () => {
    await workbench.page.locator('.activitybar [aria-label="NoProp Lab"]').first().click();
    await row('Moons').first().waitFor();
    await runAndChoose('NoProp: Rename Run…', 'noprop.renameRun', 'Moons');
    await type('The good one');
    await row('The good one').first().waitFor();
    await runAndChoose('NoProp: Tag Run…', 'noprop.tagRun', 'The good one');
    await type('paper');
    await row('#paper').first().waitFor();
    await runAndChoose('NoProp: Edit Note of Run…', 'noprop.noteRun', 'The good one');
    await type('on the old data');
  });

  it('Pin and Unpin', async () => {
    await runAndChoose('NoProp: Pin Run', 'noprop.pinRun', 'The good one');
    const first = () => tree().locator('.monaco-list-row').first();
    await eventually('it is first', async () => (await first().innerText()).includes('The good one'));
    await workbench.screenshot('runs-tree');
    await workbench.setTheme('Default Dark Modern');
    await workbench.screenshot('runs-tree-dark');
    await workbench.setTheme('Default Light Modern');
    await runAndChoose('NoProp: Unpin Run', 'noprop.unpinRun', 'The good one');
    await eventually('it is not first', async () => !(await first().innerText()).includes('The good one'));
  });

  it('Filter, Show All, Sort and Group', async () => {
    await run('NoProp: Filter Runs…', 'noprop.filterRuns');
    await type('#paper');
    await eventually('one run', async () => (await tree().locator('.monaco-list-row').count()) === 1);
    await run('NoProp: Show All Runs', 'noprop.showAllRuns');
    await eventually('all', async () => (await tree().locator('.monaco-list-row').count()) > 1);
    await runAndChoose('NoProp: Group Runs…', 'noprop.groupRuns', 'By day');
    await row('Today').first().waitFor();
    await runAndChoose('NoProp: Sort Runs…', 'noprop.sortRuns', 'Best test score first');
    await runAndChoose('NoProp: Group Runs…', 'noprop.groupRuns', 'By experiment');
    await row('Moons').first().waitFor();
  });

  it('Open Run in Lab, Clear Overlay', async () => {
    await row('The good one').first().locator('.custom-view-tree-node-item-checkbox').click();
    await run('NoProp: Clear Overlay of Runs', 'noprop.clearOverlay');
    const checked = tree().locator('.custom-view-tree-node-item-checkbox.codicon-check');
    await eventually('no box is checked', async () => (await checked.count()) === 0);
    await runAndChoose('NoProp: Open Run in Lab', 'noprop.openRun', 'NoProp-FM');
    await workbench.page.locator('.tab.active', { hasText: '(run)' }).first().waitFor();
    const page = await workbench.frame('body[data-page=lab] [data-testid=read-only]');
    await page.getByTestId('run-state').waitFor();
    await workbench.screenshot('run-opened');
    await workbench.runCommand('View: Close Editor');
  });

  it('Delete Run, and Restore Deleted Run', async () => {
    await runAndChoose('NoProp: Delete Run', 'noprop.deleteRun', 'The good one');
    await eventually('it is gone', async () => (await row('The good one').count()) === 0);
    await run('NoProp: Restore Deleted Run…', 'noprop.restoreRun');
    await workbench.page.locator('.quick-input-list .monaco-list-row').first().click();
    await row('The good one').first().waitFor();
  });

  it('Stop All Trainings', async () => {
    await workbench.runCommand('NoProp: Train Model');
    lab = await workbench.frame('body[data-page=lab] [data-testid=run-state]'); // made anew, for it was hidden
    await eventually('it runs', async () => (await state()) === 'running', 30_000);
    await run('NoProp: Stop All Trainings', 'noprop.stopAllTrainings');
    await eventually('it stopped', async () => (await state()) === 'stopped', 30_000);
  });

  it('no command of the tree was left out', () => {
    assert.deepEqual([...tried].sort(), [...RUNS_COMMANDS].sort());
  });
});
