import assert from 'node:assert/strict';
import { open, type Workbench } from './workbench';

describe('the workbench', () => {
  const icon = '.activitybar [aria-label="NoProp Lab"]';
  let workbench: Workbench;

  before(async () => {
    const data = { id: 'csv', path: 'rows.csv', label: 'class' };
    const experiment = { version: 1, name: 'Rows', schedules: [{ id: 'linear-gamma' }], data };
    const files = { 'rows.noprop.json': JSON.stringify(experiment), 'rows.csv': 'x,class\n1,a\n-1,b\n' };
    workbench = await open(files, { ready: icon });
  });
  after(() => workbench?.close());

  it('shows NoProp Lab in the activity bar', async () => {
    assert.equal(await workbench.page.locator(icon).first().isVisible(), true);
  });

  it('is in restricted mode, where NoProp Lab runs all the same', async () => {
    await workbench.page.locator('.statusbar [aria-label*="Restricted Mode"]').first().waitFor();
  });

  it('reads no data file then, says so on the page, and leads to the workspace trust editor', async () => {
    await workbench.runCommand('NoProp: Open Lab');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'rows.noprop.json' }).first().click();
    const lab = await workbench.frame('body[data-page=lab] .chart');
    await lab.getByRole('tab', { name: 'Training' }).click();
    const unread = lab.getByTestId('unread');
    await unread.waitFor();
    assert.match(await unread.innerText(), /not trusted, so no data file is read: rows\.csv/);
    await workbench.screenshot('untrusted');
    await lab.getByRole('button', { name: 'Manage workspace trust' }).click();
    await workbench.page.locator('.workspace-trust-editor').waitFor();
  });

  it('changes its theme while it runs', async () => {
    for (const theme of ['Default High Contrast', 'Default Dark Modern', 'Default Light Modern'] as const)
      await workbench.setTheme(theme);
  });
});
