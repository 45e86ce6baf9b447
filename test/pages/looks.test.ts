import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { violations } from './axe';
import { calm, LabWindow, themes } from './support';

describe('looks', () => {
  const five = readFileSync('media/samples/schedules.noprop.json', 'utf8');
  const eight = JSON.stringify({
    ...newExperiment('Eight'),
    schedules: [5, 6, 7, 8, 9, 10, 11, 12].map((gammaMax) => ({ id: 'linear-gamma', params: { gammaMax } })),
  });
  let window: LabWindow;
  let lab: Page;
  let side: Page;

  before(async () => {
    window = await LabWindow.open({ 'schedules.noprop.json': five, 'eight.noprop.json': eight });
    lab = await window.lab('schedules.noprop.json');
    side = await window.side();
    await side.setViewportSize({ width: 300, height: 720 });
  });
  after(() => window?.close());

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      for (const page of [lab, side]) assert.deepEqual(await violations(page), [], page === lab ? 'lab' : 'side');
      await window.screenshot(`lab-${theme}`, lab);
      await window.screenshot(`side-${theme}`, side);
    });

  // what an editor has of a window of 1600 and of 700 pixels, with the side bar open
  for (const [width, height] of [
    [1252, 920],
    [352, 820],
  ] as const)
    it(`${width} pixels wide: every chart keeps a readable size`, async () => {
      await lab.setViewportSize({ width, height });
      await lab.mouse.move(width / 2, height - 5); // away from what shows a tooltip
      await calm(lab);
      const widths = await lab
        .locator('.chart .plot')
        .evaluateAll((all) => all.map((plot) => plot.getBoundingClientRect().width));
      assert.ok(Math.min(...widths) >= 200, widths.join(' '));
      const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      await window.screenshot(`lab-${width}`, lab);
    });

  it('eight schedules stay apart', async () => {
    await window.runCommand('NoProp: Open Lab');
    await window.pick('eight.noprop.json');
    const other = await window.lab();
    await other.locator('[data-schedule="7"]').waitFor();
    assert.equal(await other.locator('[data-plot="alphaBar"] [data-reading]').count(), 8);
    await window.screenshot('lab-eight', other);
  });
});
