import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { chooseFile, eventually, openLab } from './support';
import { open, type Workbench } from './workbench';

const FILE = 'study.noprop.json';
const experiment = { ...newExperiment('Study'), data: { id: 'csv', path: 'rows.csv', label: 'label' } };
const study = JSON.stringify(experiment, null, 2) + '\n';
/** How many edits each side makes. */
const EDITS = Number(process.env.NOPROP_EDITS ?? 20);

type Watched = { banners: () => number };
type Saved = { name: string; schedules: { params: { offset: number } }[]; data: { path: string } };

describe('edits of one document from two sides', function () {
  this.timeout(300_000);
  let workbench: Workbench;
  let lab: Frame;
  const onDisk = (file = FILE) => JSON.parse(readFileSync(path.join(workbench.dir, file), 'utf8')) as Saved;
  const status = () => lab.getByTestId('status').innerText();
  const statusIs = (want: string) => eventually(`status ${want}`, async () => (await status()) === want);
  const field = () => lab.locator('[data-schedule="1"] [data-param="offset"] .number');
  const isDirty = async () => (await workbench.page.locator('.tabs-container .tab.dirty').count()) > 0;
  const shown = async (file: string) => {
    lab = await workbench.frame(`body[data-page=lab] .file[title="${file}"]`);
    await lab.locator('[data-testid=status]').waitFor();
  };

  before(async () => {
    workbench = await open(
      { [FILE]: study, 'rows.csv': 'x,label\n1,a\n', 'sub/keep': '' },
      {
        openFile: FILE,
        viewport: { width: 1900, height: 900 },
      },
    );
    lab = await openLab(workbench);
    await lab.locator('[data-schedule="1"] .name').click();
  });
  after(() => workbench?.close());

  it(`none of ${EDITS} commits from the page beside ${EDITS} edits from the text is lost, and each is one undo`, async () => {
    const { page } = workbench;
    await lab.evaluate(() => document.body.setAttribute('data-old', '')); // an editor that moves gets a new page
    await workbench.runCommand('View: Move Editor into Right Group');
    lab = await workbench.frame('body[data-page=lab]:not([data-old]) [data-schedule="1"] [data-param=offset]');
    const line = page.locator('.monaco-editor .view-line', { hasText: '"name"' }).first();
    await line.click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const shownValues: string[] = [];
    const values = Array.from({ length: EDITS }, (_, i) => String(Number(((i + 1) / (EDITS + 1)).toFixed(4))));
    await lab.evaluate(() => {
      const seen = new Set<Node>();
      const look = () => document.querySelectorAll('.banner').forEach((one) => seen.add(one));
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
      Object.assign(globalThis, { banners: () => seen.size });
    });
    const commits = lab.evaluate(async (all) => {
      const lies: string[] = [];
      const range = document.querySelector<HTMLInputElement>('[data-schedule="1"] [data-param=offset] .number')!;
      for (const value of all) {
        range.value = value;
        range.dispatchEvent(new Event('input', { bubbles: true }));
        range.dispatchEvent(new Event('change', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 60));
        if (document.querySelector('[data-testid=status]')!.textContent !== 'unsaved') lies.push(value);
      }
      return lies;
    }, values);
    await page.keyboard.type('x'.repeat(EDITS), { delay: 60 });
    assert.deepEqual(await commits, [], 'says that it is not saved');
    assert.equal(await lab.locator('.banner').count(), 0);
    assert.equal(
      await lab.evaluate(() => (globalThis as unknown as Watched).banners()),
      0,
      'the text was valid throughout',
    );
    await eventually('the last value is in', async () => (await field().inputValue()) === values.at(-1));
    await page.keyboard.press('Control+s');
    await statusIs('saved');
    assert.equal(onDisk().name, `Study${'x'.repeat(EDITS)}`);
    assert.equal(onDisk().schedules[1]!.params.offset, Number(values.at(-1)));
    for (let tries = 0; tries < 3 * EDITS && (await field().inputValue()) !== '0.008'; tries++) {
      const value = await field().inputValue();
      if (value !== shownValues.at(-1)) shownValues.push(value);
      const before = await line.innerText();
      await page.keyboard.press('Control+z');
      await eventually(
        'undone',
        async () => (await field().inputValue()) !== value || (await line.innerText()) !== before,
      );
    }
    assert.deepEqual(shownValues, values.reverse());
    console.log(
      `      ${EDITS} commits from the page beside ${EDITS} from the text: 0 lost, ${shownValues.length} undone one by one, ` +
        'valid JSON throughout, never said to be saved before the disk had it',
    );
    await workbench.runCommand('File: Revert File');
    await statusIs('saved');
  });

  it('a save takes along what is typed, and the page says saved only when the disk has it', async () => {
    await field().fill('0.25');
    await statusIs('unsaved');
    assert.equal(await isDirty(), false);
    await workbench.page.keyboard.press('Control+s');
    await eventually('the disk has it', () => onDisk().schedules[1]!.params.offset === 0.25);
    await statusIs('saved');
    assert.equal(await isDirty(), false);
  });

  it('a file that gets another name keeps its tab', async () => {
    const { page } = workbench;
    await workbench.runCommand('View: Close Other Editors in Group');
    await lab.getByRole('tab', { name: 'Derivation' }).click();
    await lab.locator('[data-eq="28"]').waitFor();
    await workbench.runCommand('View: Show Explorer');
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: FILE }).first().click();
    await page.keyboard.press('F2');
    const input = page.locator('.explorer-folders-view input');
    await input.fill('other.noprop.json');
    await input.press('Enter');
    await shown('other.noprop.json');
    assert.equal(await lab.getByRole('tab', { name: 'Derivation' }).getAttribute('aria-selected'), 'true');
  });

  it('a new experiment is saved where a dialog says, and then another one can be made', async () => {
    const { page, dir } = workbench;
    await workbench.runCommand('NoProp: New Experiment');
    await shown('Untitled-1.noprop.json');
    await page.keyboard.press('Control+s');
    await chooseFile(workbench, { suggested: 'Untitled experiment.noprop.json' });
    await shown('Untitled experiment.noprop.json');
    assert.equal(await status(), 'saved');
    assert.ok(existsSync(path.join(dir, 'Untitled experiment.noprop.json')));
    assert.ok(!existsSync('/Untitled-1.noprop.json'));
    await workbench.runCommand('NoProp: New Experiment');
    await shown('Untitled-1.noprop.json');
  });

  it('its data are found from the folder where File: Save puts it', async () => {
    const { page, dir } = workbench;
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByTestId('data').selectOption('csv');
    const file = lab.locator('[data-field="data.path"] input');
    await file.fill('rows.csv');
    await file.press('Enter');
    await workbench.runCommand('File: Save');
    const input = page.locator('.quick-input-widget input[type=text]').first();
    await eventually('the dialog', async () => (await input.inputValue()) === path.join(dir, 'Untitled-1.noprop.json'));
    await input.fill(path.join(dir, 'sub', 'two.noprop.json'));
    await eventually('saved', async () => {
      if (!existsSync(path.join(dir, 'sub', 'two.noprop.json'))) await page.keyboard.press('Enter');
      return onDisk('sub/two.noprop.json').data.path === '../rows.csv';
    });
    await shown('two.noprop.json');
    await statusIs('saved');
    assert.equal(await lab.getByRole('tab', { name: 'Training' }).getAttribute('aria-selected'), 'true');
  });
});

describe('edits beside auto save', function () {
  this.timeout(300_000);
  let workbench: Workbench;
  let lab: Frame;
  const onDisk = () => JSON.parse(readFileSync(path.join(workbench.dir, FILE), 'utf8')) as Saved;
  const field = () => lab.locator('[data-schedule="1"] [data-param="offset"] .number');

  before(async () => {
    const settings = { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 200 };
    workbench = await open({ [FILE]: study }, { openFile: FILE, settings });
    lab = await openLab(workbench);
    await lab.locator('[data-schedule="1"] .name').click();
  });
  after(() => workbench?.close());

  it('the page says saved only where the disk has what it shows', async () => {
    const values = Array.from({ length: EDITS }, (_, i) => Number(((i + 1) / (EDITS + 1)).toFixed(4)));
    let saves = 0;
    for (const value of values) {
      await field().fill(String(value));
      await field().press('Enter');
      // every third is let rest until it is saved; the others are overtaken
      const end = Date.now() + (value === values.at(-1) || values.indexOf(value) % 3 === 0 ? 4000 : 150);
      for (let isSaved = false; !isSaved && Date.now() < end;) {
        const shown = await lab.evaluate(async () => {
          // what is typed is on the page at once, and the page is drawn with it in the next frame
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          const number = document.querySelector<HTMLInputElement>('[data-schedule="1"] [data-param=offset] .number')!;
          return { status: document.querySelector('[data-testid=status]')!.textContent, value: Number(number.value) };
        });
        isSaved = shown.status === 'saved';
        if (!isSaved) continue;
        saves++;
        assert.equal(onDisk().schedules[1]!.params.offset, shown.value, 'the disk has what the page calls saved');
      }
    }
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
    assert.equal(onDisk().schedules[1]!.params.offset, values.at(-1));
    console.log(`      ${saves} times said to be saved beside ${EDITS} commits, each time as the disk had it`);
  });
});
