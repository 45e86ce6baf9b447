import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { newExperiment } from '../../src/core/experiment/experiment';
import { violations } from '../pages/axe';
import { openLab } from './support';
import { open, themes, type Workbench } from './workbench';

describe('looks', () => {
  const five = readFileSync('media/samples/schedules.noprop.json', 'utf8');
  const eight = JSON.stringify({
    ...newExperiment('Eight'),
    schedules: [5, 6, 7, 8, 9, 10, 11, 12].map((gammaMax) => ({ id: 'linear-gamma', params: { gammaMax } })),
  });
  let workbench: Workbench;

  before(async () => {
    workbench = await open(
      { 'schedules.noprop.json': five, 'eight.noprop.json': eight },
      { openFile: 'schedules.noprop.json' },
    );
    await openLab(workbench);
    await workbench.runCommand('View: Close Other Editors in Group');
    await workbench.page.locator('.activitybar [aria-label="NoProp Lab"]').first().click();
    await workbench.frame('body[data-page=side] .chart');
  });
  after(() => workbench?.close());

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      const name = theme.replace('Default ', '').replaceAll(' ', '-').toLowerCase();
      await workbench.setTheme(theme);
      for (const room of ['lab', 'side']) {
        const frame = await workbench.frame(`body[data-page=${room}] .chart`);
        assert.deepEqual(await violations(frame), [], room);
      }
      await workbench.screenshot(`lab-${name}`);
    });

  for (const [width, height] of [
    [1600, 1000],
    [700, 900],
  ] as const)
    it(`${width} pixels wide: every chart keeps a readable size`, async () => {
      await workbench.page.setViewportSize({ width, height });
      await workbench.page.mouse.move(width / 2, height - 5); // away from what shows a tooltip
      const lab = await workbench.frame('body[data-page=lab] .chart');
      await workbench.page.waitForTimeout(500);
      const widths = await lab
        .locator('.chart .plot')
        .evaluateAll((all) => all.map((plot) => plot.getBoundingClientRect().width));
      assert.ok(Math.min(...widths) >= 200, widths.join(' '));
      const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      await workbench.screenshot(`lab-${width}`);
    });

  it('eight schedules stay apart', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    await workbench.runCommand('NoProp: Open Lab');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'eight.noprop.json' }).click();
    const lab = await workbench.frame('body[data-page=lab] [data-schedule="7"]');
    assert.equal(await lab.locator('[data-plot="alphaBar"] [data-reading]').count(), 8);
    await workbench.screenshot('lab-eight');
  });
});
