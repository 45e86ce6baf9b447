import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { newEntry } from '../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { violations } from './axe';
import { eventually, LabWindow, themes } from './support';

const FILE = 'points.noprop.json';
const POINTS = [0, -8, 0.25, -3, 0.5, 0, 0.75, 3, 1, 8];

describe('control points on the plots of a schedule', () => {
  let window: LabWindow;
  let lab: Page;
  const stored = (): ScheduleEntry[] =>
    (JSON.parse(readFileSync(path.join(window.dir, FILE), 'utf8')) as { schedules: ScheduleEntry[] }).schedules;
  const saved = async (index = 0) => {
    // The page draws what it sent in its next frame; from then on it is not "saved" before that is in the document.
    await lab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await eventually('saved', async () => {
      await window.runCommand('File: Save');
      return (await lab.getByTestId('status').innerText()) === 'saved';
    });
    return stored()[index]!.inputs.points as number[];
  };
  const undo = async () => {
    await lab.locator('[data-plot="logSnrRate"] .plot').focus();
    await lab.keyboard.press('Control+z');
  };
  const handle = (plot: string, k: number) => lab.locator(`[data-plot="${plot}"] [data-handle="${k}"]`);
  const words = (of: Locator) => of.getAttribute('aria-valuetext');
  const note = (plot: string) => lab.locator(`[data-plot="${plot}"] .handle-note`).innerText();
  const middle = async (of: Locator) => {
    await of.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await of.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  /** Takes hold of a handle and moves it by pixels; the button stays down. */
  const drag = async (of: Locator, dx: number, dy: number) => {
    const { x, y } = await middle(of);
    await lab.mouse.move(x, y);
    await lab.mouse.down();
    for (const share of [0.3, 0.6, 1]) await lab.mouse.move(x + dx * share, y + dy * share);
  };
  /** Goes back to the points as they were at first. */
  const reset = async () => {
    const field = lab.locator('[data-input="points"] textarea');
    await field.fill(POINTS.join(' '));
    await field.press('Control+Enter');
    await field.blur();
    await eventually('as at first', async () => (await words(handle('logSnr', 2))) === 't = 0.5, γ = 0');
    assert.deepEqual(await saved(), POINTS);
  };

  before(async () => {
    const schedules = [{ ...newEntry('points'), inputs: { points: POINTS } }, newEntry('cosine')];
    window = await LabWindow.open({ [FILE]: JSON.stringify({ ...newExperiment('Points'), schedules }) });
    lab = await window.lab(FILE);
    await handle('logSnr', 4).waitFor();
  });
  after(() => window?.close());

  it('a drag previews in the page, is one edit on release, and is undone in one step', async () => {
    await drag(handle('logSnr', 2), 20, -12);
    await eventually('it follows the pointer', async () => /γ = [1-2]/.test((await words(handle('logSnr', 2)))!));
    assert.match((await words(handle('alphaBar', 2)))!, /ᾱ = 0.[789]/, 'the other plot follows');
    assert.equal(await lab.getByTestId('status').innerText(), 'saved', 'nothing left the page yet');
    await lab.mouse.up();
    const points = await saved();
    assert.ok(points[4]! > 0.51 && points[5]! > 0.5, points.join());
    assert.deepEqual([...points.slice(0, 4), ...points.slice(6)], [...POINTS.slice(0, 4), ...POINTS.slice(6)]);
    await undo();
    await eventually('undone', async () => (await words(handle('logSnr', 2))) === 't = 0.5, γ = 0');
    assert.deepEqual(await saved(), POINTS);
  });

  it('a point stops where γ or t would not increase, and says why', async () => {
    await drag(handle('logSnr', 1), 0, -150);
    await eventually('why', async () => (await note('logSnr')) === 'Point 2 stays below point 3: γ must increase.');
    assert.equal(await words(handle('logSnr', 1)), 't = 0.25, γ = −0.01');
    await lab.mouse.up();
    assert.equal((await saved())[3], -0.01);
    await reset();
    await drag(handle('alphaBar', 3), -300, 0);
    await eventually('why', async () =>
      /^Point 4 stays after point 3: t must increase\.$/.test(await note('alphaBar')),
    );
    await lab.keyboard.press('Escape');
    await eventually('dropped', async () => (await words(handle('logSnr', 3))) === 't = 0.75, γ = 3');
    await lab.mouse.up();
    assert.deepEqual(await saved(), POINTS);
  });

  it('a point dragged to the bottom of ᾱ stays within the window', async () => {
    await drag(handle('alphaBar', 4), 0, -60);
    await eventually('why', async () => (await note('alphaBar')) === 'Point 5 stays within the window, |γ| ≤ 15.');
    await lab.mouse.up();
    assert.deepEqual((await saved()).slice(-2), [1, 15]);
    await reset();
  });

  it('arrow keys move the handle in focus, with Shift by larger steps; Tab goes to the next', async () => {
    await handle('logSnr', 1).focus();
    await lab.keyboard.press('ArrowRight');
    await eventually('a step', async () => (await words(handle('logSnr', 1))) === 't = 0.26, γ = −3');
    await lab.keyboard.press('Shift+ArrowRight');
    await eventually('a large step', async () => (await words(handle('logSnr', 1))) === 't = 0.31, γ = −3');
    await lab.keyboard.press('Tab');
    assert.equal(await lab.locator(':focus').getAttribute('aria-label'), 'Point 3 of 5');
    await lab.keyboard.press('ArrowUp');
    const points = await saved();
    assert.equal(points[2], 0.31);
    assert.ok(points[5]! > 0.05 && points[5]! < 0.5, String(points[5]));
    for (let i = 0; i < 30; i++) await lab.keyboard.press('Shift+ArrowUp');
    await eventually('why', async () => (await note('logSnr')) === 'Point 3 stays below point 4: γ must increase.');
    await reset();
  });

  it('a double click adds a point on the curve, Enter adds one beside the handle, Delete removes it', async () => {
    const plot = lab.locator('[data-plot="logSnr"] .plot');
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width } = (await plot.boundingBox())!;
    await lab.mouse.dblclick(x + 0.3 * width, y + 20);
    await eventually('six points', async () => (await lab.locator('[data-plot="logSnr"] .handle').count()) === 6);
    assert.equal((await saved()).length, 12);
    await lab.keyboard.press('Delete');
    await eventually('five points', async () => (await lab.locator('[data-plot="logSnr"] .handle').count()) === 5);
    assert.deepEqual(await saved(), POINTS);
    await handle('alphaBar', 3).focus();
    await lab.keyboard.press('Enter');
    await eventually('its handle has the focus', async () => (await lab.locator(':focus').getAttribute('aria-label')) === 'Point 5 of 6'); // prettier-ignore
    assert.equal((await saved())[8], 0.875);
    await undo();
    await handle('logSnr', 0).focus();
    await lab.keyboard.press('Delete');
    await eventually('why', async () => (await note('logSnr')).startsWith('The first and the last point stay'));
    assert.deepEqual(await saved(), POINTS);
  });

  it('numbers that do not increase are refused at their field, with the two points', async () => {
    const field = lab.locator('[data-input="points"] textarea');
    assert.equal(await field.inputValue(), '0, -8\n0.25, -3\n0.5, 0\n0.75, 3\n1, 8');
    await field.fill('0 -8\n0.5 2\n0.6 1\n1 8');
    await field.blur();
    const error = lab.locator('[data-input="points"] .error-text');
    await eventually('why', async () => (await error.innerText()).includes('from point 2 (t = 0.5, γ = 2) to point 3 (t = 0.6, γ = 1)')); // prettier-ignore
    await field.press('Escape');
    assert.equal(await field.inputValue(), '0, -8\n0.25, -3\n0.5, 0\n0.75, 3\n1, 8');
  });

  it('any schedule turns into points that follow it, with the largest error shown', async () => {
    await lab.locator('[data-schedule="1"] .name').click();
    const card = lab.locator('[data-schedule="1"]');
    await card.getByRole('button', { name: 'Edit as points' }).click();
    await card.getByTestId('fit').waitFor();
    assert.match(await card.getByTestId('fit').innerText(), /^12 points follow Cosine to 0\.\d+ nat in γ within \|γ\| ≤ 15; the largest error is at t = [\d.]+\.$/); // prettier-ignore
    assert.equal(await handle('logSnr', 11).count(), 1, 'they can be taken hold of at once');
    const entry = (await saved(1), stored()[1]!);
    assert.deepEqual([entry.id, entry.label, entry.inputs.points!.length], ['points', 'Cosine, as points', 24]);
    await undo();
    await eventually('undone in one step', async () => (await card.locator('.name').innerText()).trim() === 'Cosine');
  });

  it('there are no handles over γ and SNR, where a point has no time to be moved in', async () => {
    await lab.locator('[data-schedule="0"] .name').focus();
    await handle('logSnr', 0).waitFor();
    await lab.locator('.axis input[value="logSnr"]').check({ force: true });
    await eventually('none', async () => (await lab.locator('.handle').count()) === 0);
    await lab.locator('.axis input[value="t"]').check({ force: true });
    await handle('logSnr', 0).waitFor();
  });

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      await lab.evaluate(() => scrollTo(0, 0));
      await window.screenshot(`points-${theme}`);
    });
});
