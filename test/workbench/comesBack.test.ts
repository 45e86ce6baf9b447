import assert from 'node:assert/strict';
import { newExperiment } from '../../src/core/experiment/experiment';
import { eventually } from './support';
import { open, type Workbench } from './workbench';

const [ONE, TWO] = ['one.noprop.json', 'two.noprop.json'];

describe('a lab that was hidden, or whose window was loaded again', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const lab = (file: string) => workbench.frame(`body[data-page=lab]:has(.file[title="${file}"]) #panel`);
  const row = (file: string) =>
    workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).first();
  const tab = (file: string) => workbench.page.locator('.tabs-container .tab', { hasText: file }).first();

  before(async () => {
    const text = (name: string) => JSON.stringify(newExperiment(name), null, 2);
    workbench = await open(
      { [ONE]: text('One'), [TWO]: text('Two'), 'notes.txt': 'notes' },
      { ready: '.activitybar [aria-label="NoProp Lab"]', trust: true },
    );
    await workbench.runCommand('View: Show Explorer');
  });
  after(() => workbench?.close());

  it('shows what a command asks for, though another editor was in front', async () => {
    await row(ONE).dblclick();
    await (await lab(ONE)).locator('.chart').first().waitFor();
    await row('notes.txt').dblclick();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: 'notes' }).first().waitFor();
    await workbench.runCommand('NoProp: Check Derivation');
    const shown = await lab(ONE);
    await shown.locator('#tab-derivation[aria-selected=true]').waitFor();
    await shown.locator('[data-eq="28"]').waitFor();
  });

  it('is there again after Reload Window, whether it was in front or behind', async () => {
    await row(TWO).dblclick();
    await (await lab(TWO)).locator('.chart').first().waitFor();
    await workbench.page.evaluate(() => document.body.setAttribute('data-old', ''));
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.locator('body:not([data-old]) .tabs-container .tab.active', { hasText: TWO }).waitFor();
    await (await lab(TWO)).locator('.chart').first().waitFor();
    await tab(ONE).click();
    const first = await lab(ONE);
    await first.locator('[data-eq="28"]').waitFor();
    await eventually('saved', async () => (await first.getByTestId('status').innerText()) === 'saved');
    assert.equal(await first.getByRole('tab', { name: 'Derivation' }).getAttribute('aria-selected'), 'true');
  });
});
