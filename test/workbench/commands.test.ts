import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { chooseFile, eventually, openLab } from './support';
import { RUNS_COMMANDS } from './runsCommands';
import { open, type Workbench } from './workbench';

const FILE = 'moons.noprop.json';
const TEXT = JSON.stringify({
  version: 1,
  name: 'Moons',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 200, noise: 0.1 } },
  model: { hidden: [16], blocks: 2 },
  training: { steps: 100 },
  comparison: { steps: [4, 8] },
});
const SCHEDULER = '{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3}';
const ROWS = 'x1,x2,label\n1,0,0\n0.5,-0.5,1\n';

type Manifest = { contributes: { commands: { command: string }[]; menus: { commandPalette: { command: string }[] } } };

/** Whether a safetensors file has all the numbers that its header lists. */
function isWhole(file: Buffer): boolean {
  const start = 8 + Number(file.readBigUInt64LE(0));
  const rows = Object.values(
    JSON.parse(file.toString('utf8', 8, start)) as Record<string, { data_offsets?: number[] }>,
  );
  return file.length === start + Math.max(...rows.map(({ data_offsets: ends }) => ends?.[1] ?? 0));
}

/** Each command of the palette, and each tab: that it does what it is for, in the extension as it is installed. */
describe('commands and tabs', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let lab: Frame;
  const tried = new Set<string>();
  const run = async (title: string, id: string) => {
    tried.add(id);
    await workbench.runCommand(title);
  };
  /** Runs a command that asks what to take, and takes it. */
  const runAndChoose = async (title: string, id: string, text: string) => {
    await run(title, id);
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  };
  const shown = (tab: string) =>
    eventually(
      `the tab ${tab}`,
      async () => (await lab.locator(`#tab-${tab}`).getAttribute('aria-selected')) === 'true',
    );
  const find = (pattern: RegExp) => readdirSync(workbench.dir).find((name) => pattern.test(name));
  const state = () => lab.getByTestId('run-state').innerText();

  before(async () => {
    const files = { [FILE]: TEXT, 'rows.csv': ROWS, 'scheduler_config.json': SCHEDULER };
    workbench = await open(files, { openFile: FILE });
    await workbench.page.locator('.monaco-editor .view-lines').first().waitFor();
  });
  after(() => workbench?.close());

  it('Open Lab, from the text', async () => {
    tried.add('noprop.openLab');
    lab = await openLab(workbench);
    assert.equal(await lab.locator('.file').innerText(), FILE);
    await workbench.runCommand('View: Close Other Editors in Group');
  });

  it('Train Model', async () => {
    await run('NoProp: Train Model', 'noprop.trainModel');
    await shown('training');
    await eventually('it is done', async () => (await state()) === 'done', 60_000);
    await lab.locator('#panel canvas').first().waitFor();
  });

  it('Compare Dynamics', async () => {
    await run('NoProp: Compare Dynamics', 'noprop.compareDynamics');
    await shown('dynamics');
    await lab.locator('#panel canvas').first().waitFor();
  });

  it('Compare Integrators', async () => {
    await run('NoProp: Compare Integrators', 'noprop.compareIntegrators');
    await shown('integrators');
    await lab.getByTestId('verdict').waitFor();
  });

  it('Check Derivation', async () => {
    await run('NoProp: Check Derivation', 'noprop.checkDerivation');
    await shown('derivation');
    await lab.locator('[data-eq="28"]').waitFor();
  });

  it('Figure for Paper, which puts a picture on the clipboard', async () => {
    await run('NoProp: Compare Dynamics', 'noprop.compareDynamics');
    await shown('dynamics');
    await lab.locator('#panel canvas').first().waitFor();
    await run('NoProp: Figure for Paper', 'noprop.figureForPaper');
    const dialog = lab.getByTestId('figure');
    await dialog.getByRole('img').waitFor();
    // a browser without a window asks nobody, and refuses
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog.getByRole('button', { name: 'Copy picture' }).click();
    await dialog.getByText('The picture is on the clipboard.').waitFor();
    await lab.page().keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('every tab opens, and draws', async () => {
    for (const one of await lab.getByRole('tab').all()) {
      await one.click();
      await lab.locator('#panel :is(canvas, math, table):visible').first().waitFor(); // explanations have hidden math
      assert.equal(await lab.locator('.error-text:visible').count(), 0, await one.innerText());
    }
  });

  it('Export Weights, and Import Weights of them', async () => {
    await lab.locator('#tab-training').click();
    await runAndChoose('NoProp: Export Weights', 'noprop.exportWeights', 'Moons');
    await chooseFile(workbench);
    await eventually('the file is whole', () =>
      isWhole(readFileSync(path.join(workbench.dir, find(/\.safetensors$/)!))),
    );
    const runs = lab.getByTestId('run').locator('option');
    await eventually('the run is listed', async () => (await runs.count()) > 0);
    const before = await runs.count();
    await run('NoProp: Import Weights', 'noprop.importWeights');
    await chooseFile(workbench, find(/\.safetensors$/));
    await eventually('a run more', async () => (await runs.count()) === before + 1);
  });

  it('Import Scheduler File: the file, where to, and a report; the folder need not be trusted', async () => {
    await run('NoProp: Import Scheduler File', 'noprop.importScheduler');
    await chooseFile(workbench, 'scheduler_config.json');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: `Add to ${FILE}` }).click();
    const report = lab.getByTestId('import-report');
    await report.filter({ hasText: 'shift' }).waitFor();
    await shown('schedules');
    assert.match(await report.innerText(), /Imported from scheduler_config\.json/);
    await lab.locator('#panel').getByText('FlowMatchEulerDiscreteScheduler: ').first().waitFor();
    await report.getByRole('button', { name: 'Close the report' }).click();
    await report.waitFor({ state: 'detached' });
  });

  it('Predict on File', async () => {
    await runAndChoose('NoProp: Predict on File', 'noprop.predictOnFile', 'Moons');
    await chooseFile(workbench, 'rows.csv');
    await chooseFile(workbench, { suggested: 'rows.predicted.csv' });
    const file = path.join(workbench.dir, 'rows.predicted.csv');
    await eventually('the file', () => readFileSync(file, 'utf8').trimEnd().split('\n').length === 3);
    await workbench.page.locator('.tab.active', { hasText: 'rows.predicted.csv' }).first().waitFor();
    await workbench.runCommand('View: Close Editors in Other Groups'); // beside it the lab has its settings folded
  });

  it('Compare Models', async () => {
    await run('NoProp: Compare Models', 'noprop.compareModels');
    await shown('training');
    const rows = lab.getByTestId('models').locator('tbody tr');
    await eventually('all four', async () => (await rows.count()) === 4, 120_000);
  }).timeout(180_000);

  it('Run Sweep and Stop Sweep', async () => {
    const part = lab.locator('#part-sweep');
    await part.getByRole('button', { name: 'Vary a setting' }).click();
    const steps = lab.locator('[data-field="training.steps"] input');
    await steps.fill('1000000');
    await steps.press('Enter');
    await run('NoProp: Run Sweep', 'noprop.runSweep');
    await part.getByRole('button', { name: 'Stop sweep' }).waitFor({ timeout: 60_000 });
    await eventually('a run of it', async () => (await state()) === 'running', 60_000);
    await run('NoProp: Stop Sweep', 'noprop.stopSweep');
    await part.getByRole('button', { name: 'Go on with sweep' }).waitFor({ timeout: 60_000 });
  }).timeout(180_000);

  it('Stop Training', async () => {
    const steps = lab.locator('[data-field="training.steps"] input');
    await steps.fill('1000000');
    await steps.press('Enter');
    await workbench.runCommand('NoProp: Train Model');
    await eventually('it runs', async () => (await state()) === 'running', 30_000);
    await run('NoProp: Stop Training', 'noprop.stopTraining');
    await eventually('it stopped', async () => (await state()) === 'stopped', 30_000);
  });

  it('Resume Training', async () => {
    await runAndChoose('NoProp: Resume Training', 'noprop.resumeTraining', 'stopped at step');
    await eventually('it runs', async () => (await state()) === 'running', 30_000);
    await workbench.runCommand('NoProp: Stop Training');
    await eventually('it stopped', async () => (await state()) === 'stopped', 30_000);
  });

  it('Export', async () => {
    await runAndChoose('NoProp: Export…', 'noprop.exportConfig', 'JSON');
    await chooseFile(workbench);
    const file = path.join(workbench.dir, 'moons.export.json');
    await eventually('every default is there', () => readFileSync(file, 'utf8').includes('"weightCap": 5'));
  });

  it('Export Report', async () => {
    await run('NoProp: Export Report', 'noprop.exportReport');
    // rows of the palette may still show: the picker of runs is known by its count
    const picker = workbench.page.locator('.quick-input-widget', { hasText: '3 Selected' });
    await picker.getByRole('button', { name: 'OK', exact: true }).click();
    await chooseFile(workbench);
    const file = path.join(workbench.dir, 'moons.report.html');
    await eventually('the report is whole', () => readFileSync(file, 'utf8').includes('</html>'));
  });

  it('Show Experiment as Text', async () => {
    const text = workbench.page.locator('.monaco-editor .view-lines', { hasText: 'two-moons' }).first();
    await run('NoProp: Show Experiment as Text', 'noprop.showText');
    await text.waitFor();
  });

  it('Open Guide', async () => {
    const preview = workbench.page.locator('.tab', { hasText: 'Preview index.md' }).first();
    await run('NoProp: Open Guide', 'noprop.openGuide');
    await preview.waitFor();
  });

  it('New Experiment', async () => {
    const tab = workbench.page.locator('.tab', { hasText: 'Untitled-1' }).first();
    await run('NoProp: New Experiment', 'noprop.newExperiment');
    await tab.waitFor();
    await lab.page().getByRole('tab', { name: 'Untitled-1', exact: true }).waitFor();
    assert.doesNotMatch(await tab.innerText(), /\.json\s*\.json/);
  });

  it('New Experiment on Data File', async () => {
    await run('NoProp: New Experiment on Data File', 'noprop.newOnFile');
    await chooseFile(workbench, 'rows.csv');
    await workbench.page.locator('.tab', { hasText: 'Untitled-2' }).first().waitFor();
  });

  it('Open Sample', async () => {
    await runAndChoose('NoProp: Open Sample', 'noprop.openSample', 'Why Euler fails');
    const tab = workbench.page.locator('.tab', { hasText: 'Untitled-3' }).first();
    await tab.waitFor();
  });

  it('Show Log', async () => {
    const panel = workbench.page.locator('.part.panel', { hasText: 'NoProp Lab' });
    await run('NoProp: Show Log', 'noprop.showLog');
    await panel.waitFor();
  });

  it('no command of the palette was left out', () => {
    const root = process.env.NOPROP_ROOT ?? process.cwd();
    const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
    const hidden = contributes.menus.commandPalette.map(({ command }) => command);
    const all = contributes.commands.map(({ command }) => command).filter((id) => !hidden.includes(id));
    assert.deepEqual([...tried, ...RUNS_COMMANDS].sort(), all.sort());
  });
});
