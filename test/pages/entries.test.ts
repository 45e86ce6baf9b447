import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { violations } from './axe';
import { eventually, LabWindow, themes } from './support';

const FILE = 'a.noprop.json';
describe('presets, formulas, tables and modifiers', () => {
  let window: LabWindow;
  let lab: Page;
  const saved = async () => {
    await window.runCommand('File: Save');
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
    const text = readFileSync(path.join(window.dir, FILE), 'utf8');
    return (JSON.parse(text) as { schedules: ScheduleEntry[] }).schedules[0]!;
  };
  const name = () => lab.locator('[data-schedule="0"] .name').innerText();
  const formula = () => lab.locator('[data-input="formula"] textarea');
  const undo = async () => {
    await lab.locator('[data-plot="alphaBar"] .plot').focus();
    await lab.keyboard.press('Control+z');
  };

  before(async () => {
    window = await LabWindow.open({
      [FILE]: '{\n  "version": 1,\n  "schedules": [\n    { "id": "cosine" }\n  ]\n}\n',
      'config.json': '{"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}',
    });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('a preset sets all of a schedule, names it and says where it is from', async () => {
    await lab.getByTestId('family').selectOption('preset:ddpm-zero-snr');
    await eventually('its name', async () => (await name()).includes('DDPM, zero terminal SNR'));
    assert.match(await lab.getByTestId('source').innerText(), /Lin et al.*2305\.08891/);
    assert.equal(await lab.getByTestId('family').inputValue(), 'preset:ddpm-zero-snr');
    assert.equal(await lab.locator('[data-modifier="0"] h3').innerText(), 'Zero terminal SNR');
    const entry = await saved();
    assert.deepEqual(
      [entry.id, entry.label, entry.modifiers.map(({ id }) => id)],
      ['discrete', 'DDPM, zero terminal SNR', ['zero-terminal-snr']],
    );
    await window.screenshot('entry-preset');
    await undo();
    await eventually('all of it undone in one step', async () => (await name()).includes('Cosine'));
    assert.equal(await lab.locator('[data-modifier]').count(), 0);
  });

  it('a formula is checked as it is typed, and its names get sliders', async () => {
    await lab.getByTestId('family').selectOption('expression');
    await formula().fill('12*k*(t - 1/2) + foo(t)');
    const error = lab.locator('[data-input="formula"] .error-text');
    await error.waitFor();
    assert.match(await error.innerText(), /formula: unknown function "foo" at column 18: write \* for a product/);
    assert.equal(await error.locator('mark').innerText(), 'foo');
    await window.screenshot('entry-formula-error');
    await formula().fill('12*k*(t - 1/2) + c');
    await formula().press('Enter');
    await lab.locator('[data-param="c"]').waitFor();
    assert.equal(await error.count(), 0);
    const entry = await saved();
    assert.equal(entry.inputs.formula, '12*k*(t - 1/2) + c');
    assert.deepEqual(entry.params, { k: 1, c: 1 });
  });

  it('the slider of a name previews, and is one edit on release', async () => {
    const slider = lab.locator('[data-param="k"] input[type=range]');
    const box = (await slider.boundingBox())!;
    const { mouse } = lab;
    const readout = () => lab.locator('[data-plot="logSnrRate"] [data-reading="0"]').innerText();
    const before = await readout();
    await mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
    await mouse.down();
    for (const share of [0.3, 0.5, 0.7]) await mouse.move(box.x + box.width * share, box.y + box.height / 2);
    await eventually('another rate', async () => (await readout()) !== before);
    assert.equal(await lab.getByTestId('status').innerText(), 'saved');
    await mouse.up();
    const dragged = Number(await slider.inputValue());
    assert.equal((await saved()).params.k, dragged);
    await undo();
    await eventually('undone in one step', async () => (await slider.inputValue()) === '1');
  });

  it('modifiers are added, moved by their sliders, put in another order and removed', async () => {
    await lab.getByTestId('add-modifier').selectOption('shift');
    await lab.locator('[data-modifier="0"] [data-param="offset"] .number').fill('3');
    await lab.locator('[data-modifier="0"] [data-param="offset"] .number').press('Enter');
    await lab.getByTestId('add-modifier').selectOption('clamp');
    await lab.locator('[data-modifier="1"]').waitFor();
    await lab.locator('[data-modifier="1"] [data-param="max"] .number').fill('-40');
    await lab.locator('[data-modifier="1"] [data-param="max"] .number').press('Enter');
    const error = lab.locator('[data-modifier="1"] .error-text:visible');
    assert.match(await error.innerText(), /γmax must be greater than γmin \(-20\): got -40/);
    await lab.locator('[data-modifier="1"] [data-param="max"] .number').press('Escape');
    await window.screenshot('entry-modifiers');
    await lab.getByRole('button', { name: 'Apply Clamp earlier' }).click();
    await eventually(
      'clamped first',
      async () => (await lab.locator('[data-modifier="0"] h3').innerText()) === 'Clamp',
    );
    assert.deepEqual((await saved()).modifiers, [
      { id: 'clamp', params: { min: -20, max: 20 } },
      { id: 'shift', params: { offset: 3 } },
    ]);
    await lab.getByRole('button', { name: 'Remove Clamp' }).click();
    await eventually('one left', async () => (await lab.locator('[data-modifier]').count()) === 1);
    await undo();
    await eventually('two again', async () => (await lab.locator('[data-modifier]').count()) === 2);
  });

  it('a table is pasted, refused by its row, and read from a file', async () => {
    await lab.getByTestId('family').selectOption('betas');
    const table = lab.locator('[data-input="table"] textarea');
    await table.fill('beta\n0.1\n0.2\n1.5\n');
    await table.press('Tab');
    const error = lab.locator('[data-input="table"] .error-text:visible');
    await eventually('a message', async () => (await error.count()) === 1);
    assert.match(await error.innerText(), /row 3 must be a number greater than 0 and at most 1: got 1\.5/);
    await table.fill('[0.1, 0.2, 0.5]');
    await table.press('Tab');
    await eventually('three rows', async () => (await lab.locator('[data-input="table"] label').innerText()).includes('3 rows')); // prettier-ignore
    assert.deepEqual((await saved()).inputs.table, [0.1, 0.2, 0.5]);
    await window.screenshot('entry-table');
    await lab.getByRole('button', { name: 'Load from file…' }).click();
    await window.openFile('config.json');
    await eventually('a table of diffusers', async () => (await lab.getByTestId('family').inputValue()) === 'discrete');
    assert.deepEqual((await saved()).params, { betaStart: 0.00085, betaEnd: 0.012, steps: 1000 });
  });

  it('the side panel has the same controls', async () => {
    const side = await window.side();
    await side.getByTestId('family').selectOption('expression');
    await side.locator('[data-input="formula"] textarea').waitFor();
    await eventually('the lab follows', async () => (await lab.locator('[data-input="formula"]').count()) === 1);
  });

  for (const theme of themes)
    it(`${theme}: a refused formula, a refused table and modifiers are accessible, and pictured`, async () => {
      await window.setTheme(theme);
      const side = await window.side();
      for (const [family, input, text] of [
        ['expression', 'formula', '12*k*(t - 1/2) + foo(t)'],
        ['betas', 'table', '0.1, 0.2, 1.5'],
      ] as const) {
        await lab.getByTestId('family').selectOption(family);
        await lab.locator(`[data-input="${input}"] textarea`).fill(text);
        await lab.locator(`[data-input="${input}"] textarea`).press('Tab');
        await lab.locator(`[data-input="${input}"] .error-text:visible`).waitFor();
        assert.deepEqual(await violations(lab), [], `lab, ${family}`);
        await window.screenshot(`entry-${input}-${theme}`);
        await lab.locator(`[data-input="${input}"] textarea`).press('Escape');
        await eventually('mended', async () => (await lab.locator('.error-text:visible').count()) === 0);
        await eventually(
          'the panel follows',
          async () => (await side.locator(`[data-input="${input}"]`).count()) === 1,
        );
        assert.deepEqual(await violations(side), [], `side, ${family}`);
      }
    });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
