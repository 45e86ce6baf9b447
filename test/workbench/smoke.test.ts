import assert from 'node:assert/strict';
import { open, type Workbench } from './workbench';

describe('the workbench', () => {
  const icon = '.activitybar [aria-label="NoProp Lab"]';
  let workbench: Workbench;

  before(async () => {
    workbench = await open({ 'notes.txt': 'An ordinary file.\n' }, { ready: icon });
  });
  after(() => workbench?.close());

  it('shows NoProp Lab in the activity bar', async () => {
    assert.equal(await workbench.page.locator(icon).first().isVisible(), true);
  });

  it('is in restricted mode, where NoProp Lab runs all the same', async () => {
    await workbench.page.locator('.statusbar [aria-label*="Restricted Mode"]').first().waitFor();
  });

  it('changes its theme while it runs', async () => {
    for (const theme of ['Default High Contrast', 'Default Dark Modern', 'Default Light Modern'] as const)
      await workbench.setTheme(theme);
  });
});
