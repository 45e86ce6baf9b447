import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { eventually, LabWindow } from './support';

const FILE = 'study.noprop.json';
const study = JSON.stringify(newExperiment('Study'), null, 2) + '\n';

type Saved = { name: string; schedules: { params: { offset: number } }[] };

describe('edits that meet', () => {
  let window: LabWindow;
  let lab: Page;
  const onDisk = () => readFileSync(path.join(window.dir, FILE), 'utf8');
  const status = () => lab.getByTestId('status').innerText();
  const statusIs = (want: string) => eventually(`status ${want}`, async () => (await status()) === want);
  const field = () => lab.locator('[data-schedule="1"] [data-param="offset"] .number');
  const slider = () => lab.locator('[data-schedule="1"] [data-param="offset"] input[type=range]');
  const inText = () => JSON.parse(window.document(FILE).getText()) as Saved;
  const offset = () => inText().schedules[1]!.params.offset;
  /** Drags the slider to a share of its width, and lets go of it. */
  const drag = async (share: number) => {
    const box = (await slider().boundingBox())!;
    await lab.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await lab.mouse.down();
    await lab.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    const value = Number(await slider().inputValue());
    await lab.mouse.up();
    return value;
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: study });
    lab = await window.lab(FILE);
    await lab.locator('[data-schedule="1"] .name').click();
  });
  afterEach(() => {
    window.distance = 1;
  });
  after(() => window?.close());

  it('a drag that is released while the text changes elsewhere is in the text, as one undo', async () => {
    window.distance = 15;
    let typed = 0;
    const typing = setInterval(() => {
      window.typeBehind(FILE, '"name": "Study', 'x');
      typed++;
    }, 20);
    const values: number[] = [];
    try {
      for (const share of [0.2, 0.7, 0.3, 0.8, 0.4, 0.9, 0.1, 0.6]) {
        const value = await drag(share);
        await eventually(`${value} is in the text`, () => offset() === value);
        values.push(value);
      }
    } finally {
      clearInterval(typing);
    }
    assert.equal(await lab.locator('.banner').count(), 0);
    assert.equal(inText().name, `Study${'x'.repeat(typed)}`);
    const seen: number[] = [];
    for (; window.document(FILE).getText() !== study; window.document(FILE).undo())
      if (offset() !== seen.at(-1) && offset() !== 0.008) seen.push(offset());
    assert.deepEqual(seen, values.reverse());
  });

  it('says unsaved as soon as an edit is on its way', async () => {
    await statusIs('saved');
    window.distance = 400;
    const before = offset();
    await drag(0.35);
    await statusIs('unsaved');
    assert.equal(offset(), before, 'the edit is still on its way');
    await eventually('it is in', () => offset() !== before);
    await statusIs('unsaved');
  });

  it('does not say saved while a typed value waits for Enter; a save takes it along', async () => {
    await lab.keyboard.press('Control+s');
    await statusIs('saved');
    await field().focus();
    await lab.keyboard.press('Control+a');
    await lab.keyboard.type('0.25');
    await statusIs('unsaved');
    assert.notEqual(offset(), 0.25);
    await lab.keyboard.press('Control+s');
    await eventually('the disk has it', () => (JSON.parse(onDisk()) as Saved).schedules[1]!.params.offset === 0.25);
    await statusIs('saved');
  });

  it('a typed value that is taken back leaves the document saved', async () => {
    await field().focus();
    await lab.keyboard.press('End');
    await lab.keyboard.type('5');
    await statusIs('unsaved');
    await lab.keyboard.press('Backspace');
    await statusIs('saved');
    await lab.keyboard.type('7');
    await statusIs('unsaved');
    await lab.keyboard.press('Escape');
    await statusIs('saved');
    assert.equal(await field().inputValue(), '0.25');
  });

  it('what is typed stays while the text changes elsewhere', async () => {
    await field().focus();
    await lab.keyboard.press('Control+a');
    await lab.keyboard.type('0.6');
    window.typeBehind(FILE, '"name": "Study', 'y');
    await statusIs('unsaved');
    assert.equal(await field().inputValue(), '0.6');
    await lab.keyboard.press('Enter');
    await eventually('both are in the text', () => offset() === 0.6 && inText().name.startsWith('Studyy'));
  });

  it('says why a document takes no edit: that it is read-only only where it is', async () => {
    const document = window.document(FILE);
    const file = path.join(window.dir, FILE);
    const refused = async (why: RegExp) => {
      const before = offset();
      await drag(before > 0.5 ? 0.1 : 0.9);
      await lab.locator('.banner.error').waitFor();
      assert.match(await lab.locator('.banner.error').innerText(), why);
      assert.equal(offset(), before);
      await lab.getByRole('button', { name: 'Dismiss' }).click();
    };
    document.isReadonly = true;
    await refused(/study\.noprop\.json could not be edited: VS Code refused the edit, though the file can be written/);
    chmodSync(file, 0o444);
    await refused(/study\.noprop\.json could not be edited: it is read-only/);
    chmodSync(file, 0o644);
    document.isReadonly = false;
  });

  it('a file that gets another name keeps its tab', async () => {
    await lab.keyboard.press('Control+s');
    await lab.getByRole('tab', { name: 'Derivation' }).click();
    await lab.locator('[data-eq="28"]').waitFor();
    await window.rename(FILE, 'other.noprop.json');
    lab = await window.lab();
    assert.equal(await lab.locator('.file').innerText(), 'other.noprop.json');
    assert.equal(await lab.getByRole('tab', { name: 'Derivation' }).getAttribute('aria-selected'), 'true');
  });
});

describe('an experiment without a file', () => {
  let window: LabWindow;
  let lab: Page;
  const saved = (file: string) => JSON.parse(readFileSync(path.join(window.dir, file), 'utf8')) as { data: object };
  const shows = (file: string) =>
    eventually(`the lab shows ${file}`, async () => {
      lab = await window.lab();
      return (await lab.locator('.file').innerText()) === file;
    });

  before(async () => {
    window = await LabWindow.open({ 'Untitled-1.noprop.json': study, 'rows.csv': 'x,label\n1,a\n', 'sub/keep': '' });
  });
  after(() => window?.close());

  it('has a name that no file of the workspace has', async () => {
    await window.runCommand('NoProp: New Experiment');
    await shows('Untitled-2.noprop.json');
    await window.runCommand('NoProp: New Experiment');
    await shows('Untitled-3.noprop.json');
  });

  it('is saved where a dialog says, which suggests its name in the workspace; its open cards stay open', async () => {
    await lab.locator('[data-schedule="1"] .name').click();
    await lab.keyboard.press('Control+s');
    assert.equal(await window.chooseFile(), path.join(window.dir, 'Untitled experiment.noprop.json'));
    await shows('Untitled experiment.noprop.json');
    assert.deepEqual(saved('Untitled experiment.noprop.json'), newExperiment());
    assert.equal(await lab.getByTestId('status').innerText(), 'saved');
    assert.equal(await lab.locator('[data-schedule="1"] .name').getAttribute('aria-expanded'), 'true');
    assert.ok(!existsSync('/Untitled-3.noprop.json'));
    await window.runCommand('NoProp: New Experiment');
    await shows('Untitled-3.noprop.json');
  });

  for (const how of ['Control+s', 'File: Save'] as const)
    it(`leads to the same data from the folder it is saved in, by ${how}`, async () => {
      await window.runCommand('NoProp: New Experiment');
      await eventually('a new one', async () => {
        lab = await window.lab();
        return (await lab.locator('.file').innerText()).startsWith('Untitled-');
      });
      await lab.getByRole('tab', { name: 'Training' }).click();
      await lab.getByTestId('data').selectOption('csv');
      const file = lab.locator('[data-field="data.path"] input');
      await file.fill('rows.csv');
      await file.press('Enter');
      const name = how === 'File: Save' ? 'sub/two.noprop.json' : 'sub/one.noprop.json';
      if (how === 'File: Save') void window.runCommand(how);
      else await lab.keyboard.press(how);
      await window.chooseFile(name);
      await shows(path.basename(name));
      assert.equal((saved(name).data as { path: string }).path, '../rows.csv');
      assert.equal(await lab.getByTestId('status').innerText(), 'saved');
      assert.equal(await lab.getByRole('tab', { name: 'Training' }).getAttribute('aria-selected'), 'true');
    });
});
