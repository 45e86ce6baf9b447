import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { LabWindow, root, themes } from './support';

const sample = (name: string) => readFileSync(path.join(root, 'media/samples', name), 'utf8');

describe('images that a model gets wrong', () => {
  let window: LabWindow;
  let lab: Page;

  before(async () => {
    const experiment = JSON.parse(sample('digits.noprop.json')) as object;
    // so slowly that it is wrong for as long as the test takes
    const training = { steps: 1_000_000, learningRate: 1e-6 };
    const files = {
      'digits.noprop.json': JSON.stringify({ ...experiment, training }),
      'digits.csv': sample('digits.csv'),
    };
    window = await LabWindow.open(files);
    lab = await window.lab('digits.noprop.json');
    await lab.getByRole('tab', { name: 'Training' }).click();
  });
  after(() => window?.close());

  it('are seen while it trains, each with its true class and the one given', async () => {
    await lab.getByRole('button', { name: 'Train model', exact: true }).first().click();
    const mistakes = lab.getByTestId('mistakes');
    await mistakes.waitFor();
    assert.match(
      await mistakes.locator('.about-line').innerText(),
      /^\d+ of \d+ test rows, the first 24 of them here\./,
    );
    assert.equal(await mistakes.locator('canvas').count(), 24);
    assert.match(
      (await mistakes.locator('canvas').first().getAttribute('aria-label'))!,
      /^Row \d+: true \d, given \d with a probability of \d+ %$/,
    );
    const inked = await mistakes
      .locator('canvas')
      .first()
      .evaluate((one) => {
        const canvas = one as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } }; // prettier-ignore
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const inks = data.filter((_, i) => i % 4 === 3);
        return { size: [canvas.width, canvas.height], blank: Math.min(...inks), full: Math.max(...inks) > 250 };
      });
    assert.deepEqual(inked, { size: [8, 8], blank: 0, full: true });
  }).timeout(60_000);

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      await lab.locator('#part-learned').evaluate((element) => element.scrollIntoView());
      assert.deepEqual(await violations(lab, '#part-learned'), []);
      await window.screenshot(`live-digits-${theme}`);
    }).timeout(60_000);
});
