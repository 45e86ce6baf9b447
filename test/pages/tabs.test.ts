import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, narrow, themes, wide } from './support';

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
  let window: LabWindow;
  let lab: Page;
  let titles: string[] = [];
  const tab = (title: string) => lab.getByRole('tab', { name: title, exact: true }).click();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  /** Away from what shows a tooltip. */
  const rest = () => lab.mouse.move(2, 2);

  before(async () => {
    window = await LabWindow.open({ [FILE]: blobs });
    lab = await window.lab(FILE);
    titles = await lab.getByRole('tab').allInnerTexts();
  });
  after(() => window?.close());

  it('show what they are for', async () => {
    await tab('Training');
    await button('Train model').click();
    await eventually('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 60000);
    await lab.locator('[data-plot=trajectories]').waitFor();
    await tab('Integrators');
    await button('Compare integrators').click();
    await lab.getByTestId('verdict').waitFor();
    assert.ok(titles.length >= 4, titles.join());
  });

  for (const theme of themes)
    it(`${theme}: every tab is accessible, and pictured`, async function () {
      this.timeout(120_000);
      await window.setTheme(theme);
      for (const title of titles) {
        await tab(title);
        await rest();
        await calm(lab);
        await window.screenshot(`tab-${title.toLowerCase()}-${theme}`);
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
        await lab.keyboard.press('Escape');
      }
    }
  });

  it('show a long page whole', async () => {
    await lab.setViewportSize({ ...wide, height: 1620 });
    for (const title of titles) {
      await tab(title);
      await rest();
      await calm(lab);
      await window.screenshot(`tab-${title.toLowerCase()}-whole`);
      assert.equal(await lab.locator('.error-text:visible').count(), 0, title);
    }
  });

  it('fit a window of 700 pixels', async () => {
    await lab.setViewportSize(narrow);
    for (const title of titles) {
      await tab(title);
      await rest();
      await calm(lab);
      const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await window.screenshot(`tab-${title.toLowerCase()}-700`);
      assert.ok(overflow <= 0, `${title}: ${overflow} pixels too wide`);
    }
  });
});
