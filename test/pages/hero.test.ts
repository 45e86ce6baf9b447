import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { newEntry } from '../../src/core/schedules/entry';
import { cutReadings, eventually, LabWindow } from './support';

const FILE = 'hero.noprop.json';

describe('the picture of the Schedules tab', () => {
  let window: LabWindow;
  let lab: Page;

  before(async () => {
    const schedules = ['cosine', 'linear-gamma', 'linear-beta', 'sigmoid', 'laplace', 'edm', 'points', 'sub-vp'].map(
      newEntry,
    );
    window = await LabWindow.open({ [FILE]: JSON.stringify({ ...newExperiment('Hero'), schedules }) });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  for (const width of [1600, 1280, 1000, 700, 400])
    it(`${width} px: is larger than the others, no cell is empty, and no number is cut`, async () => {
      await lab.setViewportSize({ width, height: 900 });
      const boxes = () =>
        lab.locator('.grid.pictured > .chart').evaluateAll((all) =>
          all.map((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return { left, right, top, bottom, plot: one.querySelector('.plot')!.clientHeight };
          }),
        );
      await eventually('laid out', async () => {
        const [hero, ...rest] = await boxes();
        const grid = (await lab.locator('.grid.pictured').boundingBox())!;
        const right = grid.x + grid.width;
        // Each row of small plots reaches from one side, or from the picture, to the other side.
        const tops = [...new Set(rest.map(({ top }) => Math.round(top)))];
        const full = tops.every((top) => {
          const row = rest.filter((one) => Math.round(one.top) === top);
          const start = Math.min(...row.map(({ left }) => left));
          const beside = hero!.top <= top + 1 && hero!.bottom > top + 5;
          return Math.abs(Math.max(...row.map((one) => one.right)) - right) < 2 && Math.abs(start - (beside ? hero!.right + 18 : grid.x)) < 2; // prettier-ignore
        });
        return full && hero!.plot >= 1.6 * rest[0]!.plot;
      });
      assert.deepEqual(await cutReadings(lab), []);
      await window.screenshot(`hero-${width}`);
    });

  it('shades the lag of the schedule that was touched last', async () => {
    await lab.setViewportSize({ width: 1280, height: 900 });
    const picture = () =>
      lab
        .locator('[data-plot="overshoot"] canvas')
        .first()
        .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    await lab.locator('[data-schedule="0"] .name').focus();
    await eventually('in focus', async () => (await lab.locator('.card.focus').getAttribute('data-schedule')) === '0');
    const before = await picture();
    await lab.locator('[data-schedule="2"] .name').focus();
    await eventually('another picture', async () => (await picture()) !== before);
    assert.equal(await lab.locator('.card.focus').getAttribute('data-schedule'), '2');
  });

  it('follows the schedule in focus when it is moved, and another one is removed', async () => {
    await lab.locator('[data-schedule="2"] .name').focus();
    await lab.keyboard.press('Alt+ArrowUp');
    await eventually('moved', async () => (await lab.locator('.card.focus').getAttribute('data-schedule')) === '1');
    assert.match(await lab.locator('.card.focus .name').innerText(), /Linear beta/);
    await lab.getByRole('button', { name: /^Remove Linear log-SNR/ }).click();
    await eventually('seven are left', async () => (await lab.locator('[data-schedule]').count()) === 7);
    await lab.keyboard.press('Control+z');
    await eventually('eight again', async () => (await lab.locator('[data-schedule]').count()) === 8);
  });

  it('comes first in the side panel, in sight in a window 900 pixels high', async () => {
    const side = await window.side();
    await side.setViewportSize({ width: 260, height: 560 });
    await eventually('in sight', async () => {
      const box = await side.locator('[data-plot="overshoot"] .plot').boundingBox();
      return box !== null && box.y + box.height <= 560;
    });
    assert.equal(await side.locator('[data-plot]').first().getAttribute('data-plot'), 'overshoot');
    await window.screenshot('hero-side', side);
  });
});
