import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, narrow, themes, wide } from './support';

const FILE = 'blobs.noprop.json';
const blobs = JSON.stringify({
  version: 1,
  name: 'Blobs',
  schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }],
  data: { id: 'blobs', params: { n: 300, noise: 0.4, centers: 3 } },
  model: { hidden: [16] },
  training: { steps: 200, checkpoints: 100 },
  comparison: { steps: [4, 8] },
});

/** What a lab has of a window of 1280 pixels at VS Code's zoom of 200 %. */
const doubled = { width: wide.width / 2, height: wide.height / 2 };

/** Whether every tab is looked at in every theme and size; else each tab, each theme and each size at least once. */
const isWhole = process.env.NOPROP_GRID === 'whole';

/** What of a tab is opened, and how it is closed. */
const openings = [
  ['as it is', () => Promise.resolve()],
  ['a menu open', (lab: Page) => lab.locator('.chart [aria-haspopup=menu]').first().click()],
  [
    'a table open',
    async (lab: Page) => {
      await lab.locator('.chart [aria-haspopup=menu]').first().click();
      await lab.getByRole('menuitem', { name: 'Show table' }).first().click();
      await lab.locator('dialog[open]').waitFor();
    },
  ],
  [
    'an explanation open',
    async (lab: Page) => {
      await lab.locator('.chart [aria-haspopup=menu]').first().click();
      await lab.getByRole('menuitem', { name: 'What is this' }).first().click();
      await lab.locator('dialog[open]').waitFor();
    },
  ],
] as const;

describe('every reader', function () {
  this.timeout(240_000);
  let window: LabWindow;
  let lab: Page;
  let side: Page;
  let titles: string[] = [];
  const tab = (title: string) => lab.getByRole('tab', { name: title, exact: true }).click();

  before(async () => {
    window = await LabWindow.open({ [FILE]: blobs });
    lab = await window.lab(FILE);
    titles = await lab.getByRole('tab').allInnerTexts();
    await tab('Training');
    await lab.getByRole('button', { name: 'Train model', exact: true }).click();
    await eventually('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 60000);
    await lab.locator('[data-plot=trajectories]').waitFor();
    await tab('Integrators');
    await lab.getByRole('button', { name: 'Compare integrators', exact: true }).click();
    await lab.getByTestId('verdict').waitFor();
    side = await window.side();
  });
  after(() => window?.close());

  themes.forEach((theme, row) =>
    it(`${theme}: axe finds nothing on any tab, at 100 and at 200 %, whatever is open`, async () => {
      await window.setTheme(theme);
      for (const [column, title] of titles.entries()) {
        await tab(title);
        for (const [layer, size] of [wide, doubled].entries()) {
          if (!isWhole && (row + column + layer) % 2) continue;
          await lab.setViewportSize(size);
          await lab.mouse.move(2, 2);
          for (const [turn, [what, open]] of openings.entries()) {
            const isDue = turn === 0 || turn === 1 + ((row + column) % 3);
            const hasCharts = (await lab.locator('.chart').count()) > 0;
            if ((!isWhole && !isDue) || (turn > 0 && !hasCharts)) continue;
            await open(lab);
            await calm(lab);
            const found = await violations(lab);
            if (found.length) await window.screenshot(`axe-${title}-${theme}-${size.width}-${turn}`, lab);
            assert.deepEqual(found, [], `${title}, ${size.width} pixels, ${what}`);
            await lab.keyboard.press('Escape');
          }
        }
      }
      await lab.setViewportSize(wide);
      for (const width of isWhole ? [240, 300, 600] : [240 + 60 * (row % 2)]) {
        await side.setViewportSize({ width, height: 900 });
        await calm(side);
        await window.screenshot(`side-${theme}-${width}`, side);
        assert.deepEqual(await violations(side), [], `side panel, ${width} pixels`);
      }
    }),
  );

  it('from the start of a tab, no more than 12 presses lead to its first chart, or equation', async () => {
    for (const title of titles) {
      await tab(title);
      await calm(lab);
      const isThere = () => lab.evaluate(() => document.activeElement?.matches('.plot, .paper summary') ?? false);
      let presses = 0;
      for (; presses < 12 && !(await isThere()); presses++) {
        const isLink = await lab.evaluate(() => document.activeElement?.matches('a.skip') ?? false);
        if (isLink) assert.ok(await lab.getByRole('link', { name: /^Skip to/ }).isVisible());
        await lab.keyboard.press(isLink ? 'Enter' : 'Tab');
      }
      assert.ok(await isThere(), `${title}: ${presses} presses`);
    }
  });

  it('arrow keys on a chart tell a screen reader the place and its values, once they rest', async () => {
    await tab('Schedules');
    const plot = lab.locator('[data-plot="alphaBar"] .plot');
    const said = lab.locator('#panel .spoken[aria-live=polite]');
    await plot.focus();
    await plot.press('Home');
    await eventually('the first place', async () => /^t = 0\. Signal share: .*\d/.test(await said.innerText()));
    await said.evaluate((live) => {
      const counts = { changes: 0 };
      new MutationObserver(() => counts.changes++).observe(live, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      Object.assign(globalThis, { counts });
    });
    const first = await said.innerText();
    for (let i = 0; i < 20; i++) await lab.keyboard.press('ArrowRight');
    const value = lab.locator('[data-plot="alphaBar"] [data-reading]').first();
    await eventually('the place of the rest', async () => (await said.innerText()).startsWith('t = 0.2'));
    assert.notEqual(await said.innerText(), first);
    const words = (await said.innerText()).replace(/\s/g, ' ');
    assert.ok(words.includes(await value.innerText()), `${words} has ${await value.innerText()}`);
    const changes = await lab.evaluate(() => (globalThis as unknown as { counts: { changes: number } }).counts.changes);
    assert.ok(changes < 20, `${changes} for 20 presses`);
  });

  it('at 700 pixels Train is in sight and in reach without unfolding the settings', async () => {
    await lab.setViewportSize(narrow);
    await tab('Training');
    await calm(lab);
    assert.equal(await lab.locator('.rail details').first().getAttribute('open'), null);
    await window.screenshot('training-narrow-start', lab);
    const steps = lab.locator('[data-field="training.steps"] input').first();
    assert.equal(await steps.isVisible(), false);
    const main = lab.locator('.train .primary');
    assert.ok((await main.boundingBox())!.y < 200);
    const before = await lab.getByTestId('run').locator('option').count();
    await main.click();
    await eventually(
      'one more run',
      async () => (await lab.getByTestId('run').locator('option').count()) === before + 1,
    );
    await eventually('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 60000);
  });
});
