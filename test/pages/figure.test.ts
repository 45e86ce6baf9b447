import assert from 'node:assert/strict';
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { eventually, LabWindow, narrow, themes, wide } from './support';

const FILE = 'overshoot.noprop.json';
const overshoot = JSON.stringify({
  version: 1,
  name: 'Overshoot',
  schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }],
});

/** The number of four bytes of a PNG. */
const numberAt = (png: Buffer, at: number) => png.readUInt32BE(at);

describe('a figure for a paper', () => {
  let window: LabWindow;
  let lab: Page;
  const dialog = () => lab.getByTestId('figure');
  const menuButton = (title: string) => lab.getByRole('button', { name: `Actions for ${title}`, exact: true });
  const openFrom = async (title: string) => {
    await menuButton(title).click();
    await lab.getByRole('menuitem', { name: 'Figure for paper…' }).click();
    await dialog().getByRole('img').waitFor();
  };
  /** What a save dialog's file holds once it is written. */
  const written = async () => {
    const file = await window.chooseFile();
    await eventually('the file', () => existsSync(file) && readFileSync(file).length > 0);
    const content = readFileSync(file);
    unlinkSync(file);
    return { file, content };
  };
  const size = () => dialog().getByTestId('preview').locator('p').innerText();
  /** The texts of an SVG opened alone that reach beyond its edges. */
  const beyond = async (svg: string) => {
    const page = await lab.context().newPage();
    try {
      await page.setContent(svg);
      return await page.evaluate(() => {
        const root = document.querySelector('svg')!.getBoundingClientRect();
        return [...document.querySelectorAll('text')]
          .filter((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            return left < root.left - 1 || right > root.right + 1 || top < root.top - 1 || bottom > root.bottom + 1;
          })
          .map((text) => text.textContent);
      });
    } finally {
      await page.close();
    }
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: overshoot });
    lab = await window.lab(FILE);
    await lab.locator('[data-plot=overshoot]').waitFor();
  });
  after(() => window?.close());
  beforeEach(() => lab.setViewportSize(wide));

  it('is saved in a column’s width by three clicks, or keys, and the answer to the save dialog', async () => {
    await menuButton('Overshoot and attractor gain').focus();
    await lab.keyboard.press('Enter');
    await lab.keyboard.press('Enter'); // the first entry of the menu
    await dialog().getByRole('img').waitFor();
    await lab.keyboard.press('Enter'); // what has the focus saves
    const { file, content } = await written();
    assert.match(file, /overshoot-overshoot\.svg$/);
    const svg = content.toString();
    assert.match(svg, /^<svg [^>]*width="85mm" height="[\d.]+mm" viewBox="0 0 240\.94 [\d.]+" role="img"><title>Overshoot and attractor gain<\/title><desc>/); // prettier-ignore
    assert.match(svg, /fill="#ffffff"/);
    assert.doesNotMatch(svg, /style=|NaN/);
    assert.deepEqual(await beyond(svg), []);
    await dialog().getByText('Saved as SVG.').waitFor();
    await lab.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const named = await lab.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.equal(named, 'Actions for Overshoot and attractor gain');
  });

  it('has several charts in rows, with letters, at another width', async () => {
    await openFrom('Signal share');
    for (const title of ['Log-SNR', 'Noise rate']) await dialog().getByRole('checkbox', { name: title }).check();
    await dialog().getByRole('radio', { name: 'Double column' }).check();
    await dialog().getByRole('checkbox', { name: '(c) Noise rate' }).waitFor();
    await eventually('its width', async () => /^178 × \d+ mm$/.test(await size()));
    await window.screenshot('figure-several');
    await dialog().getByRole('button', { name: 'Save as SVG' }).click();
    const svg = (await written()).content.toString();
    assert.match(svg, /<title>\(a\) Signal share: ᾱ; \(b\) Log-SNR: γ \(nat\); \(c\) Noise rate: δ/);
    assert.deepEqual(await beyond(svg), []);
    await dialog().getByRole('button', { name: 'Save as PNG' }).click();
    const { file, content: png } = await written();
    assert.match(file, /overshoot-figure\.png$/);
    assert.equal(numberAt(png, 16), 2102); // 178 mm of 300 dots an inch
    assert.equal(png.subarray(37, 41).toString(), 'pHYs');
    assert.equal(numberAt(png, 41), 11811);
    await lab.keyboard.press('Escape');
  });

  it('takes a size of one’s own, and says what is allowed where it is not', async () => {
    await openFrom('Log-SNR');
    const width = dialog().getByLabel('Width');
    await width.fill('5');
    await width.press('Enter');
    await dialog().getByText('From 30 to 600 mm.').waitFor();
    const height = dialog().getByLabel('Height');
    await height.fill('10');
    await height.press('Enter');
    await dialog().getByText(/^From \d+ to 600 mm\.$/).nth(1).waitFor(); // prettier-ignore
    await width.fill('120');
    await width.press('Enter');
    await height.fill('90');
    await height.press('Enter');
    await eventually('its size', async () => (await size()) === '120 × 90 mm');
    assert.equal(await dialog().getByText(/^From/).count(), 0);
    await dialog().getByRole('checkbox', { name: 'Log-SNR' }).uncheck();
    await dialog().getByText('Choose at least one chart.').waitFor();
    assert.ok(await dialog().getByRole('button', { name: 'Save as SVG' }).isDisabled());
    await dialog().getByRole('radio', { name: 'Single column' }).check();
    await lab.keyboard.press('Escape');
  });

  it('is the same in every theme, and its dialog is accessible', async function () {
    this.timeout(60_000);
    const saved: string[] = [];
    for (const theme of themes) {
      await window.setTheme(theme);
      await openFrom('Overshoot and attractor gain');
      assert.deepEqual(await violations(lab), [], theme);
      await window.screenshot(`figure-${theme}`);
      await dialog().getByRole('button', { name: 'Save as SVG' }).click();
      saved.push((await written()).content.toString());
      await lab.keyboard.press('Escape');
    }
    for (const svg of saved) assert.equal(svg, saved[0]);
    await lab.setViewportSize(narrow);
    await openFrom('Overshoot and attractor gain');
    await window.screenshot('figure-narrow');
    const box = (await dialog().getByRole('button', { name: 'Copy SVG text' }).boundingBox())!;
    assert.ok(box.x + box.width <= narrow.width && box.y + box.height <= narrow.height, JSON.stringify(box));
    await lab.keyboard.press('Escape');
  });

  it('leaves out what is hidden, and has the part that is shown', async () => {
    await lab.locator('[data-plot=logSnr] .plot').focus();
    await lab.keyboard.press('+');
    await lab.keyboard.press('+');
    await lab.getByRole('group', { name: 'Schedules shown' }).getByRole('button', { name: 'Cosine' }).click();
    await openFrom('Log-SNR');
    await dialog().getByRole('button', { name: 'Copy SVG text' }).click();
    await dialog().getByText('The text of the SVG is on the clipboard.').waitFor();
    assert.doesNotMatch(window.clipboard, /Cosine/);
    const ticks = [...window.clipboard.matchAll(/>(0|1|0\.[\d]+)<\/text>/g)].map(([, text]) => Number(text));
    assert.ok(ticks.length > 1 && Math.max(...ticks) - Math.min(...ticks) < 1, ticks.join());
    await lab.keyboard.press('Escape');
    await lab.getByRole('group', { name: 'Schedules shown' }).getByRole('button', { name: 'Cosine' }).click();
    await lab.locator('[data-plot=logSnr] .plot').dblclick();
  });

  it('a picture of one chart is copied from its menu, and a refusal says what to do', async () => {
    const copy = async () => {
      await menuButton('Signal share').click();
      await lab.getByRole('menuitem', { name: 'Copy picture' }).click();
    };
    // the pages of these tests come over plain http, and have no clipboard
    await copy();
    await lab
      .getByText('The picture was not copied: This browser keeps pages from the clipboard. Save it as PNG instead.')
      .waitFor();
    await lab.getByRole('button', { name: 'Dismiss' }).click();
    await lab.evaluate(() => {
      class ClipboardItem {
        constructor(readonly data: Record<string, Promise<Blob>>) {}
      }
      const write = async ([item]: ClipboardItem[]) => {
        const bytes = new Uint8Array(await (await item!.data['image/png']!).arrayBuffer());
        document.body.dataset.copied = [...bytes.subarray(0, 48)].join();
      };
      Object.assign(globalThis, { ClipboardItem });
      Object.defineProperty(navigator, 'clipboard', { value: { write } });
    });
    await copy();
    await eventually('a picture', () => lab.evaluate(() => document.body.dataset.copied !== undefined));
    const png = Buffer.from((await lab.evaluate(() => document.body.dataset.copied!)).split(',').map(Number));
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.equal(numberAt(png, 16), 1004); // 85 mm
    assert.equal(png.subarray(37, 41).toString(), 'pHYs');
  });

  it('is asked for by the command of the palette, with the first chart', async () => {
    await window.runCommand('NoProp: Figure for Paper');
    await dialog().getByRole('img', { name: 'Preview: Overshoot and attractor gain' }).waitFor();
    await lab.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('is asked for before the first chart is there, and opens with it', async () => {
    await lab.getByRole('tab', { name: 'Integrators' }).click();
    await lab.getByRole('button', { name: 'Compare integrators', exact: true }).waitFor();
    assert.equal(await lab.locator('#panel canvas').count(), 0);
    await window.runCommand('NoProp: Figure for Paper');
    await window.runCommand('NoProp: Compare Integrators');
    await dialog().getByRole('img', { name: 'Preview: Error against evaluations' }).waitFor();
    await lab.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
