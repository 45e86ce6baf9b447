import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { calm, eventually, LabWindow } from './support';

/** That the stand-in for VS Code does to a page what VS Code does. */
describe('the stand-in for VS Code', () => {
  const text = (name: string) => JSON.stringify(newExperiment(name), null, 2);
  let window: LabWindow;
  let lab: Page;
  const file = () => lab.locator('.file').innerText();
  const status = () => lab.getByTestId('status').innerText();

  before(async () => {
    window = await LabWindow.open({ 'a.noprop.json': text('A'), 'b.noprop.json': text('B') });
    lab = await window.lab('a.noprop.json');
  });
  after(() => window?.close());

  it('a page may run no script and load no style but its own, and reach nobody', async () => {
    const found = await lab.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      const style = document.createElement('style');
      style.textContent = 'body { margin: 77px !important }';
      document.head.append(script, style);
      const isReached = await fetch('http://localhost/').then(
        () => true,
        () => false,
      );
      const { ran } = globalThis as { ran?: boolean };
      return { ran, margin: getComputedStyle(document.body).marginTop, isReached };
    });
    assert.equal(found.ran, undefined);
    assert.notEqual(found.margin, '77px');
    assert.equal(found.isReached, false);
    const refused = window.errors.filter((error) => /Content Security Policy/i.test(error));
    for (const what of ['inline script', 'inline style', 'localhost'])
      assert.ok(refused.some((error) => error.includes(what)), `${what}: ${refused.join('\n')}`); // prettier-ignore
  });

  it('a hidden page is gone, and comes back with the state it kept', async () => {
    await lab.getByRole('tab', { name: 'Derivation' }).click();
    await lab.locator('[data-eq="28"]').waitFor();
    const first = lab;
    lab = await window.lab('b.noprop.json');
    assert.equal(await file(), 'b.noprop.json');
    await eventually('the first page is closed', () => first.isClosed());
    await window.runCommand('View: Close Editor');
    lab = await window.lab();
    assert.equal(await file(), 'a.noprop.json');
    assert.equal(await lab.getByRole('tab', { name: 'Derivation' }).getAttribute('aria-selected'), 'true');
  });

  it('a theme changes what is on the screen, and what comes after', async () => {
    const background = () => lab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await window.setTheme('dark');
    assert.notEqual(await background(), light);
    const side = await window.side();
    assert.match(await side.evaluate(() => document.body.className), /vscode-dark/);
    await window.setTheme('light');
    assert.equal(await background(), light);
  });

  it('a document that is changed is not lost to a change on the disk, and can be reverted to it', async () => {
    await lab.getByRole('tab', { name: 'Schedules' }).click();
    await calm(lab);
    const low = lab.locator('[data-schedule="0"] [data-param="gammaMin"] .number');
    await low.fill('-7');
    await low.press('Enter');
    await eventually('unsaved', async () => (await status()) === 'unsaved');
    const schedules = [{ id: 'linear-gamma', params: { gammaMin: -9 } }];
    window.write('a.noprop.json', JSON.stringify({ ...newExperiment('A'), schedules }));
    assert.equal(await low.inputValue(), '-7');
    await window.runCommand('File: Revert');
    await eventually('what is on the disk', async () => (await low.inputValue()) === '-9');
    await eventually('saved', async () => (await status()) === 'saved');
  });
});
