import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Experiment } from '../../src/core/experiment/experiment';
import { drop } from './drop';
import { eventually, LabWindow } from './support';

const flux = {
  _class_name: 'FlowMatchEulerDiscreteScheduler',
  _diffusers_version: '0.30.0',
  shift: 3,
  use_dynamic_shifting: true,
};
const own = '{"version":1,"name":"mine","schedules":[{"id":"cosine"}]}';

const files = {
  'scheduler_config.json': JSON.stringify(flux),
  'sigmas.txt': '14.6, 6.5, 1.8, 0.03, 0.0',
  'mine.noprop.json': own,
  'notes.json': '{"a": 1}',
};

const COMMAND = 'NoProp: Import Scheduler File';

describe('importing a scheduler file', () => {
  let window: LabWindow;
  afterEach(() => window.close());
  const report = (page: Page) => page.getByTestId('import-report');
  const experiment = () => JSON.parse(window.activeText) as Experiment;

  it('opens an experiment, at the length that is asked for, with a report of its keys until it is closed', async () => {
    window = await LabWindow.open(files);
    await window.runCommand(COMMAND);
    await window.openFile('scheduler_config.json');
    await window.type('1024');
    await eventually('it is open', () => window.activeText.includes('rectified-flow'));
    const page = await window.lab();
    await report(page).waitFor();
    assert.ok(Math.abs(experiment().schedules[0]!.params.shift! - Math.exp(0.63)) < 1e-12);
    const text = await report(page).innerText();
    assert.match(text, /Imported from scheduler_config\.json/);
    for (const part of [/Used/, /use_dynamic_shifting/, /Not used/, /mu rules/, /Assumed/, /even in t/])
      assert.match(text, part);
    await window.screenshot('import', page);
    await page.reload();
    await report(page).waitFor();
    await page.getByRole('button', { name: 'Close the report' }).click();
    await report(page).waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('.chart').first().waitFor();
    assert.equal(await report(page).count(), 0);
    assert.deepEqual(window.errors, []);
  });

  it('asks what the numbers of a list are, and adds them to the lab that is open', async () => {
    window = await LabWindow.open(files);
    const page = await window.lab('mine.noprop.json');
    await window.runCommand(COMMAND);
    await window.openFile('sigmas.txt');
    await window.pick('List of sigmas');
    await window.pick('Add to mine.noprop.json');
    await report(page).waitFor();
    await eventually('it is added', () => experiment().schedules.length === 2);
    assert.deepEqual(
      experiment().schedules.map(({ id }) => id),
      ['cosine', 'log-snr-table'],
    );
    assert.deepEqual(window.errors, []);
  });

  const kind = (page: Page) => page.getByTestId('import-kind');

  it('takes the numbers of a list for something else where its report says so, and says where they cannot be', async () => {
    window = await LabWindow.open({ ...files, 'shares.txt': '0.9, 0.5, 0.1' });
    await window.runCommand(COMMAND);
    await window.openFile('shares.txt');
    await window.pick('List of alphas_cumprod');
    await eventually('it is open', () => window.activeText.includes('log-snr-table'));
    const page = await window.lab();
    const levels = () => experiment().schedules[0]!.inputs.table as number[];
    assert.equal(await kind(page).inputValue(), 'alphas-cumprod');
    assert.ok(Math.abs(levels()[1]!) < 1e-12); // alphaBar 1/2
    await kind(page).selectOption({ label: 'List of sigmas' });
    await eventually('sigma 1/2 is at log-SNR ln 4', () => levels().some((one) => Math.abs(one - Math.log(4)) < 1e-12));
    await report(page).getByText('noise over signal').first().waitFor();
    assert.equal(experiment().schedules.length, 1);
    await window.screenshot('import-kind', page);

    await kind(page).selectOption({ label: 'List of betas' });
    await eventually('it is a table of betas', () => experiment().schedules[0]!.id === 'betas');
    await kind(page).selectOption({ label: 'List of timesteps' });
    await eventually('the grid is a list', () => experiment().grid.id === 'list');
    await kind(page).selectOption({ label: 'List of log-SNRs' });
    await eventually('log-SNRs are as they stand', () => levels()[0] === 0.9);
    assert.deepEqual(window.errors, []);
  });

  it('changes the schedule that a list added to a lab, and leaves it where its numbers cannot be that', async () => {
    window = await LabWindow.open(files);
    const page = await window.lab('mine.noprop.json');
    await window.runCommand(COMMAND);
    await window.openFile('sigmas.txt');
    await window.pick('List of sigmas');
    await window.pick('Add to mine.noprop.json');
    await kind(page).selectOption({ label: 'List of alphas_cumprod' });
    await report(page).getByText('value 1 of alphas-cumprod must be from 0 to 1: got 14.6').waitFor();
    assert.equal(await kind(page).inputValue(), 'sigmas');
    await kind(page).selectOption({ label: 'List of log-SNRs' });
    await eventually('the levels are as they stand', () => window.activeText.includes('14.6'));
    assert.deepEqual(
      experiment().schedules.map(({ id }) => id),
      ['cosine', 'log-snr-table'],
    );
    assert.equal(await report(page).getByText('must be from').count(), 0);
    assert.deepEqual(window.errors, []);
  });

  it('imports a scheduler file that is dropped on any tab, and asks of a file that may be data too', async () => {
    const table = 'step,sigma\n0,14.6\n1,6.5\n2,0.03\n3,0\n';
    window = await LabWindow.open({ ...files, 'table.csv': table });
    const page = await window.lab('mine.noprop.json');
    const address = (name: string) => ({ 'text/uri-list': `file://${path.join(window.dir, name)}` });
    await page.getByRole('tab', { name: 'Training' }).click();
    await drop(page, address('table.csv'));
    await window.pick('Schedule');
    await window.pick('List of sigmas');
    await window.pick('Add to mine.noprop.json');
    await report(page).getByText('table.csv').waitFor();
    await eventually('it is added', () => experiment().schedules.length === 2);

    await drop(page, address('table.csv'));
    await window.pick('Data');
    await eventually('it is the data', () => experiment().data.id === 'csv');

    await drop(page, address('scheduler_config.json'));
    await window.type('1024');
    await window.pick('Add to mine.noprop.json');
    await report(page).getByText('scheduler_config.json').waitFor();
    await eventually('it is added', () => experiment().schedules.length === 3);

    await drop(page, address('notes.json'));
    await eventually('it says so', () => window.messages.some((text) => text.includes('its keys are a')));
    assert.deepEqual(window.errors, []);
  });

  it('is begun in the rail of the schedules', async () => {
    window = await LabWindow.open(files);
    const page = await window.lab('mine.noprop.json');
    await page.getByRole('button', { name: 'Import a scheduler file' }).click();
    await window.openFile('scheduler_config.json');
    await window.type('1024');
    await window.pick('Add to mine.noprop.json');
    await report(page).waitFor();
  });

  it('says what is wrong with a file: the field, its value and what is allowed', async () => {
    const wrong = {
      'notes.json': ['{"a": 1}', 'its keys are a'],
      'conflict.json': [`<<<<<<< HEAD\n${JSON.stringify(flux)}\n=======\n{}\n>>>>>>> x`, 'Line 1 is the mark of a merge conflict'], // prettier-ignore
      'long.json': ['{"_class_name": "DDPMScheduler", "num_train_timesteps": 1e12}', 'num_train_timesteps must be a whole number from 2 to 100000: got 1000000000000'], // prettier-ignore
      'type.json': ['{"_class_name": "DDPMScheduler", "beta_start": "small"}', 'beta_start must be a number greater than 0 and less than 1: got "small"'], // prettier-ignore
      'two.json': ['{"_class_name": "DDPMScheduler", "_class_name": "PNDMScheduler"}', 'stands twice, as "DDPMScheduler" and as "PNDMScheduler"'], // prettier-ignore
    } as const;
    window = await LabWindow.open(Object.fromEntries(Object.entries(wrong).map(([name, [text]]) => [name, text])));
    for (const [name, [, message]] of Object.entries(wrong)) {
      await window.runCommand(COMMAND);
      await window.openFile(name);
      await eventually(`it says what is wrong with ${name}`, () =>
        window.messages.some((text) => text.includes(message)),
      );
    }
  });

  it('suggests the largest length of the file for a dynamic shift', async () => {
    window = await LabWindow.open(files);
    await window.runCommand(COMMAND);
    await window.openFile('scheduler_config.json');
    await window.accept();
    await eventually('it is open', () => window.activeText.includes('rectified-flow'));
    assert.ok(Math.abs(experiment().schedules[0]!.params.shift! - 3.1581929) < 5e-8);
  });

  it('reads the file that was chosen also in a workspace that is not trusted, through a link that leads out of it', async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'noprop-elsewhere-'));
    try {
      writeFileSync(path.join(elsewhere, 'blob'), JSON.stringify(flux));
      window = await LabWindow.open({ 'mine.noprop.json': own }, { trusted: false });
      // downloads of models are kept so: every name is a link; on Windows a link needs rights
      const place = process.platform === 'win32' ? copyFileSync : symlinkSync;
      place(path.join(elsewhere, 'blob'), path.join(window.dir, 'scheduler_config.json'));
      await window.runCommand(COMMAND);
      await window.openFile('scheduler_config.json');
      await window.type('1024');
      await report(await window.lab()).waitFor();
      assert.ok(window.activeText.includes('rectified-flow'));
      assert.deepEqual(window.errors, []);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
