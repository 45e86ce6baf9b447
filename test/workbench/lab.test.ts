import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import taken from '../harness/pages/themes.json';
import { violations } from '../pages/axe';
import { chooseFile, eventually, openLab, reopenLab, writeUntil } from './support';
import { open, themes, type Workbench } from './workbench';

const FILE = 'study.noprop.json';
const experiment = {
  ...newExperiment('Study'),
  data: { id: 'two-moons', params: { n: 200 } },
  model: { hidden: [16] },
  training: { steps: 1_000_000 },
};
const study = JSON.stringify(experiment, null, 2) + '\n';

type Taken = { variables: Record<string, string>; body: Record<string, string>; defaults: string };
type Harness = { themes: Record<keyof (typeof taken)['bodies'], string>; readTheme: () => Taken };

describe('the lab in the workbench', () => {
  let workbench: Workbench;
  let lab: Frame;
  const onDisk = () => readFileSync(path.join(workbench.dir, FILE), 'utf8');
  const offset = () =>
    (JSON.parse(onDisk()) as { schedules: { params: { offset: number } }[] }).schedules[1]?.params.offset;
  const status = (want: string) =>
    eventually(`status ${want}`, async () => (await lab.getByTestId('status').innerText()) === want);
  const field = () => lab.locator('[data-schedule="1"] [data-param="offset"] .number');
  const tab = (name: string) => lab.getByRole('tab', { name }).click();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const state = () => lab.getByTestId('run-state').innerText();
  const treeRow = (text: string) =>
    workbench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text }).first();
  const icon = () => workbench.page.locator('.activitybar [aria-label="NoProp Lab"]').first();

  before(async () => {
    workbench = await open({ [FILE]: study }, { openFile: FILE, ready: '.activitybar [aria-label="NoProp Lab"]' });
    lab = await openLab(workbench);
    await workbench.runCommand('View: Close Other Editors in Group');
  });
  after(() => workbench?.close());

  it('a drag becomes one edit on release; undo, redo and save follow', async () => {
    await lab.locator('[data-schedule="1"] .name').click();
    const slider = lab.locator('[data-schedule="1"] [data-param="offset"] input[type=range]');
    const box = (await slider.boundingBox())!;
    const middle = box.y + box.height / 2;
    const { mouse, keyboard } = workbench.page;
    await mouse.move(box.x + box.width * 0.1, middle);
    await mouse.down();
    for (const share of [0.3, 0.5, 0.7]) await mouse.move(box.x + box.width * share, middle);
    const dragged = await slider.inputValue();
    await status('saved');
    await mouse.up();
    await status('unsaved');
    assert.equal(offset(), 0.008);
    await workbench.runCommand('File: Save');
    await status('saved');
    assert.equal(offset(), Number(dragged));
    await lab.getByRole('tab', { name: 'Schedules' }).focus();
    await keyboard.press('Control+z');
    await eventually('undone in one step', async () => (await field().inputValue()) === '0.008');
    await keyboard.press('Control+Shift+z');
    await eventually('redone', async () => (await field().inputValue()) === dragged);
  });

  it('what was edited is put back by the palette', async () => {
    await field().fill('0.9');
    await field().press('Enter');
    await status('unsaved');
    await workbench.runCommand('Undo');
    await eventually('undone', async () => (await field().inputValue()) !== '0.9');
    await field().fill('0.7');
    await field().press('Enter');
    await status('unsaved');
    await workbench.runCommand('File: Revert File');
    await status('saved');
    assert.equal(await field().inputValue(), String(offset()));
  });

  it('follows its file on the disk, and shows where its text is wrong', async () => {
    const file = path.join(workbench.dir, FILE);
    const problems = lab.getByTestId('problems');
    await writeUntil('problems', file, study.replace('"schedules"', 'schedules'), () => problems.isVisible());
    await lab.getByRole('button', { name: 'Show in text' }).first().click();
    await workbench.page.locator('.monaco-editor .view-lines').first().waitFor();
    await workbench.runCommand('View: Close Editor');
    lab = await workbench.frame('body[data-page=lab] [role=tab]');
    await writeUntil('no problems', file, study, async () => (await lab.getByTestId('problems').count()) === 0);
  });

  it('saves what a plot shows where the dialog says', async () => {
    await lab.getByRole('button', { name: 'Actions for Signal share' }).click();
    await lab.getByRole('menuitem', { name: 'Save as CSV' }).click();
    await chooseFile(workbench);
    const file = path.join(workbench.dir, 'study-alphaBar.csv');
    await eventually('the file', () => /^"?t/.test(readFileSync(file, 'utf8')));
  });

  it('gets of each theme what the tests of pages take for it, and is accessible in it', async () => {
    const file = path.join(process.env.NOPROP_ROOT ?? process.cwd(), 'test/harness/pages/takeThemes.mjs');
    const harness = (await import(pathToFileURL(file).href)) as Harness;
    for (const theme of themes) {
      await workbench.setTheme(theme);
      const name = Object.entries(harness.themes).find(([, title]) => title === theme)![0] as keyof Harness['themes'];
      const expected = Object.entries<Partial<Record<string, string>>>(taken.variables)
        .filter(([, values]) => values[name] !== undefined)
        .map(([variable, values]) => [variable, values[name]]);
      await eventually(`the page is in ${theme}`, async () => {
        const { body, variables } = await lab.evaluate(harness.readTheme);
        assert.deepEqual(body, taken.bodies[name]);
        assert.deepEqual(Object.entries(variables).sort(), expected.sort());
        return true;
      });
      assert.deepEqual(await violations(lab), [], theme);
      await workbench.screenshot(`workbench-${name}`);
    }
  });

  it('reloaded in the middle of a training, the run is found, interrupted, and goes on', async () => {
    await tab('Training');
    await button('Train model').click();
    await eventually('it runs', async () => (await state()) === 'running', 30000);
    await button('Train model').click();
    await icon().click();
    await treeRow('waiting · seed 0').waitFor();
    await lab.getByTestId('queue').getByRole('button', { name: 'Cancel Study, seed 0' }).click();
    await workbench.page.reload();
    lab = await reopenLab(workbench, FILE);
    await status('saved');
    await tab('Training');
    await eventually('it is found', async () => /interrupted|stopped/.test(await state()), 90000);
    await button('Resume').click();
    await eventually('it goes on', async () => (await state()) === 'running', 30000);
    await button('Stop').click();
    await eventually('it stopped', async () => (await state()) === 'stopped', 30000);
  }).timeout(180_000);

  it('the run is in the tree of the side panel', async () => {
    // a click on the icon of a panel that is open, as the reload may have left it, would close it
    if (!(await treeRow('Study').isVisible())) await icon().click();
    await treeRow('Study').waitFor();
  });

  it('shows the same after its webview is loaded again', async () => {
    const before = await lab.getByTestId('run').inputValue();
    await lab.evaluate(() => document.body.setAttribute('data-old', '')); // the page of before goes late
    await workbench.runCommand('Developer: Reload Webviews');
    lab = await workbench.frame('body[data-page=lab]:not([data-old]) [role=tab]');
    await eventually('the tab and the run', async () => (await lab.getByTestId('run').inputValue()) === before);
  });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      workbench.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
