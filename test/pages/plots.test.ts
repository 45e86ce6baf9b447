import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { cutReadings, eventually, LabWindow, wide } from './support';

const FILE = 'blobs.noprop.json';
const blobs = JSON.stringify({
  version: 1,
  name: 'Blobs',
  schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }],
  data: { id: 'blobs', params: { n: 300, noise: 0.4, centers: 3 } },
  model: { hidden: [16] },
  training: { steps: 200 },
  comparison: { steps: [8, 16, 32] },
});

describe('plots', () => {
  let window: LabWindow;
  let lab: Page;
  const plot = (id: string) => lab.locator(`[data-plot="${id}"]`);
  const readings = async (of: Locator) =>
    (await of.locator('[data-reading]').allInnerTexts()).map((text) => text.trim());
  const pointAt = async (of: Locator, x: number, y = 0.5) => {
    await of.locator('.plot').scrollIntoViewIfNeeded();
    const box = (await of.locator('.plot').boundingBox())!;
    await lab.mouse.move(box.x + x * box.width, box.y + y * box.height);
    await lab.mouse.move(box.x + x * box.width + 1, box.y + y * box.height);
  };
  const base = (id: string) =>
    plot(id)
      .locator('canvas')
      .first()
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  const press = async (id: string, ...keys: string[]) => {
    await plot(id).locator('.plot').focus();
    for (const key of keys) await lab.keyboard.press(key);
  };
  const menu = async (title: string, item: string) => {
    await lab.getByRole('button', { name: `Actions for ${title}`, exact: true }).click();
    await lab.getByRole('menuitem', { name: item }).click();
  };

  /** What a save dialog's file holds once it is written. */
  const written = async () => {
    const file = await window.chooseFile();
    await eventually('the file', () => existsSync(file) && readFileSync(file).length > 0);
    return readFileSync(file);
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: blobs });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByRole('button', { name: 'Train model', exact: true }).click();
    await lab.getByTestId('run-state').filter({ hasText: 'done' }).waitFor();
    for (const id of ['confusion', 'boundary', 'steps', 'calibration']) await plot(id).waitFor();
    await lab.getByRole('tab', { name: 'Integrators' }).click();
    await lab.getByRole('button', { name: 'Compare integrators', exact: true }).click();
    await plot('precision').waitFor();
  });
  after(() => window?.close());

  it('a cursor that moves draws overlays and read-outs, and nothing else', async () => {
    await lab.getByRole('tab', { name: 'Schedules' }).click();
    await pointAt(plot('alphaBar'), 0.3);
    const before = await base('logSnr');
    await lab.evaluate(() => {
      const others: string[] = [];
      (globalThis as unknown as { others: string[] }).others = others;
      const observer = new MutationObserver((records) => {
        for (const { target, type } of records) {
          const element = target instanceof Element ? target : target.parentElement!;
          const isText = type === 'characterData' && element.closest('.readout, .cursor');
          if (!isText) others.push(`${type} ${element.outerHTML.slice(0, 100)}`);
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const value = (await readings(plot('logSnr')))[0];
    await pointAt(plot('alphaBar'), 0.7);
    await eventually('another value', async () => (await readings(plot('logSnr')))[0] !== value);
    assert.equal(await base('logSnr'), before);
    assert.deepEqual(await lab.evaluate(() => (globalThis as unknown as { others: string[] }).others), []);
  });

  it('no number of a read-out is cut, however narrow the page', async () => {
    try {
      for (const [tab, ids] of [
        ['Schedules', ['overshoot', 'noiseRate', 'snrRate']],
        ['Training', ['loss', 'boundary', 'calibration']],
        ['Integrators', ['precision']],
      ] as const) {
        await lab.getByRole('tab', { name: tab }).click();
        for (const width of [330, 500, 700]) {
          await lab.setViewportSize({ width, height: 900 });
          for (const id of ids)
            for (const share of [0.21, 0.5, 0.97]) {
              await pointAt(plot(id), share);
              await eventually(
                `${id} at ${width} px: all digits in sight`,
                async () => !(await cutReadings(lab)).length,
              );
            }
        }
      }
    } finally {
      await lab.setViewportSize(wide);
    }
  });

  it('lines are read under the pointer on every tab', async () => {
    await lab.getByRole('tab', { name: 'Training' }).click();
    await eventually('the last loss, before the pointer comes', async () =>
      /^\d/.test((await readings(plot('loss')))[0]!),
    );
    await pointAt(plot('loss'), 0.6);
    await eventually('its step', async () => /^step (9|1\d)\d/.test(await plot('loss').locator('.place').innerText()));
    await lab.getByRole('tab', { name: 'Integrators' }).click();
    await pointAt(plot('precision'), 0.5);
    await eventually(
      'errors',
      async () => (await readings(plot('precision'))).filter((text) => /\d/.test(text)).length > 1,
    );
  });

  it('cells and points are read under the pointer, and by arrow keys', async () => {
    await lab.getByRole('tab', { name: 'Training' }).click();
    await press('confusion', 'Home', 'ArrowUp', 'ArrowUp', 'ArrowUp');
    await eventually('the corner', async () =>
      /^true 0, given 0: \d+ rows$/.test((await readings(plot('confusion')))[0]!),
    );
    await press('confusion', 'ArrowRight');
    await eventually('the next', async () =>
      /^true 0, given 1: \d+ rows$/.test((await readings(plot('confusion')))[0]!),
    );
    await pointAt(plot('boundary'), 0.5);
    await eventually('a class', async () => /^class: [012], \d+ %$/.test((await readings(plot('boundary')))[0]!));
    await window.screenshot('plots-cells');
  });

  it('errors by log-SNR are read between the ends of the schedule, with a bar of their colours', async () => {
    await lab.getByRole('tab', { name: 'Training' }).click();
    const read = async (id: string, ...keys: string[]) => {
      await press(id, ...keys);
      return (await plot(id).locator('.readout').innerText()).trim();
    };
    const steps = (key: string) => Array.from({ length: 60 }, () => key);
    await eventually('noise, at the bottom', async () =>
      (await read('bins', 'End', ...steps('ArrowDown'))).includes('γ −5 to −4.17: '),
    );
    await eventually('data, at the top', async () =>
      (await read('bins', 'End', ...steps('ArrowUp'))).includes('γ 4.17 to 5: '),
    );
    await eventually('data, on the right', async () => (await read('sources', 'End')).includes('4.17 to 5'));
    await menu('Error by log-SNR', 'Show table');
    assert.match(await lab.getByTestId('dialog').innerText(), /γ −5 to −4\.17/);
    await lab.keyboard.press('Escape');
  });

  it('every plot zooms by keys, and a double click shows all again', async () => {
    for (const id of ['loss', 'boundary', 'confusion', 'calibration']) {
      const whole = await base(id);
      await press(id, '+', '+');
      await eventually(`${id} is nearer`, async () => (await base(id)) !== whole);
      await plot(id).locator('.plot').dblclick();
      await eventually(`${id} is whole`, async () => (await base(id)) === whole);
    }
  });

  it('a legend hides and isolates, by mouse and by keyboard', async () => {
    const pressed = () =>
      plot('loss')
        .locator('.legend button')
        .evaluateAll((all) => all.map((one) => one.ariaPressed));
    const whole = await base('loss');
    await plot('loss').locator('.legend button').first().click();
    await eventually('hidden', async () => (await pressed()).join() === 'false,true');
    assert.notEqual(await base('loss'), whole);
    assert.equal((await readings(plot('loss'))).length, 1);
    await plot('loss').locator('.legend button').first().focus();
    await lab.keyboard.press('Alt+Enter');
    await eventually('alone', async () => (await pressed()).join() === 'true,false');
    await lab.keyboard.press('Alt+Enter');
    await eventually('all', async () => (await pressed()).join() === 'true,true');
    assert.equal(await base('loss'), whole);
  });

  it('each says in words what it shows, and after a rest where the cursor is', async () => {
    const label = await plot('loss').locator('.plot').getAttribute('aria-label');
    assert.match(label!, /^Loss\. E\[.*\. loss from [\d.]+ to [\d.]+\. .*Arrow keys move the cursor\.$/);
    await press('loss', 'End', 'ArrowLeft');
    await eventually('told', async () => /^step 198\. Loss: loss [\d.]+/.test((await lab.locator('.spoken[aria-live]').allInnerTexts()).join(' '))); // prettier-ignore
  });

  it('is saved as SVG with a title, a description and its own size, and without styles', async () => {
    await menu('Confusion', 'Save as SVG');
    const svg = (await written()).toString();
    assert.match(
      svg,
      /^<svg [^>]*viewBox="0 0 [\d.]+ [\d.]+"[^>]*><title>Confusion<\/title><desc>True class by label given/,
    );
    assert.match(svg, /Blobs: NoProp-CT, seed 0, 200 steps/);
    assert.doesNotMatch(svg, /style=|NaN/);
    await menu('Loss', 'Save as PNG');
    const png = await written();
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
  });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
