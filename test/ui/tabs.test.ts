import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { violations } from '../pages/axe';
import { eventually, openLab } from './support';
import { open, themes, type Workbench } from './workbench';

const FILE = 'blobs.noprop.json';

/** Five classes of two features: a boundary can be drawn, and the confusion has names to show. */
const blobs = JSON.stringify({
  version: 1,
  name: 'Blobs',
  schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }],
  data: { id: 'blobs', params: { n: 500, noise: 0.4, centers: 5 } },
  model: { hidden: [32, 32] },
  training: { steps: 600 },
  comparison: { steps: [8, 16, 32] },
});

describe('the tabs', () => {
  let workbench: Workbench;
  let lab: Frame;
  let titles: string[] = [];
  const tab = (title: string) => lab.getByRole('tab', { name: title, exact: true }).click();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  /** Away from what shows a tooltip. */
  const rest = () => workbench.page.mouse.move(2, 2);

  before(async () => {
    workbench = await open({ [FILE]: blobs }, { openFile: FILE, ready: '.activitybar [aria-label="NoProp Lab"]' });
    lab = await openLab(workbench);
    await workbench.runCommand('View: Close Other Editors in Group');
    await workbench.runCommand('View: Close Primary Side Bar');
    titles = await lab.getByRole('tab').allInnerTexts();
  });
  after(() => workbench?.close());

  it('show what they are for', async () => {
    await tab('Training');
    await button('Train model').click();
    await eventually('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 60000);
    await lab.locator('[data-plot=trajectories]').waitFor();
    await tab('Integrators');
    await button('Compare integrators').click();
    await lab.getByTestId('verdict').waitFor({ timeout: 60000 });
    assert.ok(titles.length >= 4, titles.join());
  });

  for (const theme of themes)
    it(`${theme}: every tab is accessible, and pictured`, async function () {
      this.timeout(120_000);
      const name = theme.replace('Default ', '').replaceAll(' ', '-').toLowerCase();
      await workbench.setTheme(theme);
      for (const title of titles) {
        await tab(title);
        await rest();
        await workbench.page.waitForTimeout(600);
        await workbench.screenshot(`tab-${title.toLowerCase()}-${name}`);
        assert.deepEqual(await violations(lab), [], title);
      }
    });

  it('explain each of their pictures, with an equation', async () => {
    for (const [title, own, least] of [
      ['Training', 'trajectories', 6],
      ['Integrators', 'precision', 1],
    ] as const) {
      await tab(title);
      await lab.locator(`[data-plot=${own}]`).waitFor(); // the pictures of the tab before are gone by then
      const pictures = lab.locator('[data-plot]');
      assert.ok((await pictures.count()) >= least, title);
      for (const picture of await pictures.all()) {
        await picture.getByRole('button', { name: /^Actions for/ }).click();
        await picture.getByRole('menuitem', { name: 'What is this' }).click();
        await lab.locator('dialog[open] math').first().waitFor();
        assert.ok((await lab.locator('dialog[open] dd p').first().innerText()).length > 40);
        await workbench.page.keyboard.press('Escape');
      }
    }
  });

  it('show a long page whole', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 1700 });
    for (const title of titles) {
      await tab(title);
      await rest();
      await workbench.page.waitForTimeout(600);
      await workbench.screenshot(`tab-${title.toLowerCase()}-whole`);
      assert.equal(await lab.locator('.error-text:visible').count(), 0, title);
    }
  });

  it('fit a window of 700 pixels', async () => {
    await workbench.page.setViewportSize({ width: 700, height: 1000 });
    for (const title of titles) {
      await tab(title);
      await rest();
      await workbench.page.waitForTimeout(600);
      const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await workbench.screenshot(`tab-${title.toLowerCase()}-700`);
      assert.ok(overflow <= 0, `${title}: ${overflow} pixels too wide`);
    }
  });
});
