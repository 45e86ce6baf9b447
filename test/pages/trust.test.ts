import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { ORIGIN } from '../harness/vscode/webviews';
import { eventually, LabWindow, themes } from './support';

const SECRET = 'root-x-0-0';

const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 ? -1 - i / 40 : 1 + i / 40},${i % 2 ? 'a' : 'b'}`);
const table = `${SECRET},label\n${rows.join('\n')}\n`;

/** An experiment whose u is made from a data file. */
const experiment = (file: string) =>
  JSON.stringify({
    version: 1,
    name: 'trust',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'csv', path: file, label: 'label' },
    denoiser: { id: 'ideal-data' },
    integrator: { id: 'euler', steps: 8 },
    comparison: { paths: 10 },
  });

const open = async (page: Page, tab: string) => page.getByRole('tab', { name: tab, exact: true }).click();
const unread = (page: Page) => page.getByTestId('unread');
const paths = (page: Page) => page.locator('[data-plot=paths]');

describe('which files an experiment may have read', () => {
  let window: LabWindow;
  afterEach(() => window.close());

  it('in a workspace that is not trusted none is; the page says so, and goes on once it is', async () => {
    window = await LabWindow.open({ 'a.noprop.json': experiment('data.csv'), 'data.csv': table }, { trusted: false });
    const page = await window.lab('a.noprop.json');
    await open(page, 'Training');
    await unread(page).waitFor();
    assert.match(await unread(page).innerText(), /not trusted, so no data file is read: data\.csv/);
    await open(page, 'Dynamics');
    await unread(page).waitFor();
    assert.equal(await page.getByTestId('dynamics-error').count(), 0);
    await page.getByRole('button', { name: 'Manage workspace trust' }).click();
    await eventually('the editor of the trust is open', () => window.trustEditors > 0);
    window.trust();
    await unread(page).waitFor({ state: 'detached' });
    await paths(page).waitFor();
    assert.deepEqual(window.errors, []);
    const origins = new Set(window.requests.map((address) => new URL(address).origin));
    assert.deepEqual([...origins], [ORIGIN], 'pages ask nobody but their own window');
  });

  it('in a workspace that is not trusted all that needs no file is computed', async () => {
    const own = experiment('data.csv').replace('ideal-data', 'mixture');
    window = await LabWindow.open({ 'a.noprop.json': own }, { trusted: false });
    const page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await paths(page).waitFor();
    assert.equal(await unread(page).count(), 0);
  });

  it('a file outside the workspace is asked for once, by its path, and remembered where it is allowed', async () => {
    window = await LabWindow.open({ 'a.noprop.json': experiment('../outside.csv') });
    const outside = path.join(window.dir, '../outside.csv');
    fs.writeFileSync(outside, table);
    let page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await unread(page).waitFor();
    assert.match(await unread(page).innerText(), /outside\.csv is not read: it lies outside the workspace/);
    await window.pick('Not now', 'message');
    assert.ok(window.messages.some((text) => text.includes(`reads ${outside}, which lies outside`)));
    assert.ok(!(await page.locator('body').innerText()).includes(SECRET), 'nothing of the file is shown');
    await page.getByRole('button', { name: 'Allow…' }).click();
    await window.pick('Allow', 'message');
    await paths(page).waitFor();
    assert.equal(await unread(page).count(), 0);
    await window.reload();
    page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await paths(page).waitFor();
    assert.equal(window.messages.length, 0, 'it is not asked again');
  });

  it('a link in the workspace that leads outside is asked for by where it leads', async () => {
    window = await LabWindow.open({ 'a.noprop.json': experiment('link.csv') });
    const outside = path.join(window.dir, '../outside.csv');
    fs.writeFileSync(outside, table);
    fs.symlinkSync(outside, path.join(window.dir, 'link.csv'));
    const page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await unread(page).waitFor();
    await window.pick('Allow', 'message');
    await paths(page).waitFor();
    assert.ok(window.messages.some((text) => text.includes(`reads ${fs.realpathSync(outside)},`)));
  });

  for (const name of ['//host/share/data.csv', '\\\\host\\share\\data.csv', '/dev/stdin'])
    it(`${name} is not touched before it is allowed`, async () => {
      window = await LabWindow.open({ 'a.noprop.json': experiment(name) });
      const page = await window.lab('a.noprop.json');
      await open(page, 'Training');
      await unread(page).waitFor();
      assert.ok((await unread(page).innerText()).includes('lies outside the workspace'));
    });

  it('a file that the person chooses by a dialog may be read', async () => {
    window = await LabWindow.open({ 'a.noprop.json': experiment('missing.csv'), 'sub/data.csv': table });
    fs.writeFileSync(path.join(window.dir, '../outside.csv'), table);
    const page = await window.lab('a.noprop.json');
    await open(page, 'Training');
    await page.getByRole('button', { name: 'Choose the file of a table' }).click();
    await window.openFile('sub/data.csv');
    const field = page.locator('[data-field="data.path"] input');
    await eventually('the path is in the field', async () => (await field.inputValue()) === 'sub/data.csv');
    await page.getByRole('button', { name: 'Choose the file of a table' }).click();
    await window.openFile('../outside.csv');
    await eventually('the path is in the field', async () => (await field.inputValue()).endsWith('outside.csv'));
    await open(page, 'Dynamics');
    await paths(page).waitFor();
    assert.equal(await unread(page).count(), 0);
    assert.deepEqual(window.messages, []);
  });

  it('beside an experiment from outside the workspace a file may be read, and none below or above it', async () => {
    window = await LabWindow.open({ 'a.noprop.json': experiment('data.csv') });
    const home = path.join(window.dir, '../elsewhere');
    fs.mkdirSync(path.join(home, 'sub'), { recursive: true });
    for (const [name, file] of Object.entries({ 'b.noprop.json': 'data.csv', 'c.noprop.json': 'sub/data.csv' })) {
      fs.writeFileSync(path.join(home, name), experiment(file));
      fs.writeFileSync(path.join(home, file), table);
    }
    const page = await window.lab('../elsewhere/b.noprop.json');
    await open(page, 'Dynamics');
    await paths(page).waitFor();
    assert.equal(await unread(page).count(), 0);
    const other = await window.lab('../elsewhere/c.noprop.json');
    await open(other, 'Dynamics');
    await unread(other).waitFor();
  });

  it('looks', async () => {
    window = await LabWindow.open(
      { 'a.noprop.json': experiment('data.csv'), 'b.noprop.json': experiment('/etc/passwd'), 'data.csv': table },
      { trusted: false },
    );
    for (const trusted of [false, true]) {
      if (trusted) window.trust();
      const page = await window.lab(trusted ? 'b.noprop.json' : 'a.noprop.json');
      for (const theme of themes) {
        await window.setTheme(theme);
        for (const tab of ['Training', 'Dynamics']) {
          await open(page, tab);
          await unread(page).waitFor();
          await window.screenshot(`trust-${trusted ? 'outside' : 'untrusted'}-${tab.toLowerCase()}-${theme}`, page);
        }
      }
    }
  });
});
