import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { formatNumber } from '../../src/core/text/format';
import { evaluate } from '../../src/core/schedules/quantities';
import { createSchedule } from '../../src/core/schedules';
import { eventually, LabWindow } from './support';

const FILE = 'study.noprop.json';
const study = JSON.stringify(newExperiment('Study'), null, 2) + '\n';
const CHARTS = ['alphaBar', 'logSnr', 'overshoot', 'cumulativeNoise', 'noiseRate', 'logSnrRate', 'snrRate'];

describe('the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const onDisk = () => readFileSync(path.join(window.dir, FILE), 'utf8');
  const offset = () =>
    (JSON.parse(onDisk()) as { schedules: { params: { offset: number } }[] }).schedules[1]?.params.offset;
  const status = (want: string) =>
    eventually(`status ${want}`, async () => (await lab.getByTestId('status').innerText()) === want);
  const field = () => lab.locator('[data-schedule="1"] [data-param="offset"] .number');

  before(async () => {
    window = await LabWindow.open({ [FILE]: study });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('shows every chart of the experiment', async () => {
    const ids = await lab
      .locator('.chart')
      .evaluateAll((all) => all.map((chart) => (chart as HTMLElement).dataset.plot));
    assert.deepEqual([...ids].sort(), [...CHARTS].sort());
    assert.deepEqual(await lab.getByRole('tab').allInnerTexts(), [
      'Schedules',
      'Dynamics',
      'Training',
      'Integrators',
      'Derivation',
    ]);
    await status('saved');
  });

  it('reads every chart at the cursor at once', async () => {
    const plot = await lab.locator('[data-plot="logSnr"] .plot').boundingBox();
    const value = (chart: string) => lab.locator(`[data-plot="${chart}"] [data-reading="0"]`).innerText();
    const before = await value('alphaBar');
    await lab.mouse.move(plot!.x + plot!.width * 0.8, plot!.y + plot!.height / 2);
    await eventually('another value', async () => (await value('alphaBar')) !== before);
    // one cursor: the values of all charts belong to the same time of the same schedule
    const gamma = Number((await value('logSnr')).replace('−', '-'));
    const curves = evaluate(createSchedule('linear-gamma'), Float64Array.of((gamma + 5) / 10));
    for (const chart of ['alphaBar', 'cumulativeNoise', 'snrRate'] as const) {
      const [shown, expected] = [await value(chart), curves[chart][0]!];
      const [mantissa, exponent = '⁰'] = shown.split('·10');
      const power = Number(
        [...exponent]
          .map((c) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))
          .map((i) => (i ? i - 1 : '-'))
          .join(''),
      );
      const number = Number(mantissa) * 10 ** power;
      assert.ok(
        Math.abs(number - expected) <= 5e-3 * expected,
        `${chart}: ${shown}, expected ${formatNumber(expected)}`,
      );
    }
  });

  it('a drag previews in the page and becomes one edit on release; undo, redo and save follow', async () => {
    await lab.locator('[data-schedule="1"] .name').click();
    const slider = lab.locator('[data-schedule="1"] [data-param="offset"] input[type=range]');
    const box = (await slider.boundingBox())!;
    const middle = box.y + box.height / 2;
    const { mouse, keyboard } = lab;
    await mouse.move(box.x + box.width * 0.1, middle);
    await mouse.down();
    for (const share of [0.3, 0.5, 0.7]) await mouse.move(box.x + box.width * share, middle);
    const dragged = await slider.inputValue();
    assert.ok(Number(dragged) > 0.1, dragged);
    await status('saved');
    await mouse.up();
    await status('unsaved');
    assert.equal(offset(), 0.008);
    await window.runCommand('File: Save');
    await status('saved');
    assert.equal(offset(), Number(dragged));
    await lab.locator('[data-plot="alphaBar"] .plot').focus();
    await keyboard.press('Control+z');
    await eventually('undone in one step', async () => (await field().inputValue()) === '0.008');
    await keyboard.press('Control+Shift+z');
    await eventually('redone', async () => (await field().inputValue()) === dragged);
  });

  it('a typed value is taken past the slider, and refused past what is allowed', async () => {
    await field().fill('0.9');
    await field().press('Enter');
    await status('unsaved');
    await field().fill('7');
    await field().press('Enter');
    const error = lab.locator('[data-schedule="1"] .error-text:visible');
    await eventually('a message', async () => (await error.count()) === 1);
    assert.match(await error.innerText(), /must be a number from 0 to 1: got 7/);
    await field().press('Escape');
    await eventually('the last valid value', async () => (await field().inputValue()) === '0.9');
    await window.runCommand('File: Save');
    await eventually('saved', () => offset() === 0.9);
    await status('saved');
  });

  it('schedules are added, re-ordered and removed, keeping keys of others', async () => {
    window.write(FILE, study.replace('"version": 1', '"mine": { "kept": true },\n  "version": 1'));
    await eventually('the page follows the file', async () => (await field().inputValue()) === '0.008');
    await lab.getByRole('button', { name: 'Add schedule' }).click();
    await eventually('three schedules', async () => (await lab.locator('[data-schedule]').count()) === 3);
    await lab.locator('[data-schedule="2"]').getByTestId('family').selectOption('sigmoid');
    const first = lab.locator('[data-schedule="0"] .name');
    await lab.locator('[data-schedule="2"] .name').focus();
    await lab.keyboard.press('Alt+ArrowUp');
    await lab.keyboard.press('Alt+ArrowUp');
    await eventually('sigmoid is first', async () => (await first.innerText()).includes('Sigmoid'));
    await lab.getByRole('button', { name: /^Remove Linear log-SNR/ }).click();
    await eventually('two schedules', async () => (await lab.locator('[data-schedule]').count()) === 2);
    await window.runCommand('File: Save');
    await status('saved');
    const saved = JSON.parse(onDisk()) as { mine: unknown; schedules: { id: string }[] };
    assert.deepEqual(saved.mine, { kept: true });
    assert.deepEqual(
      saved.schedules.map(({ id }) => id),
      ['sigmoid', 'cosine'],
    );
  });

  it('an invalid text keeps the last picture and says where; mending it brings the page back', async () => {
    const valid = onDisk();
    const problems = lab.getByTestId('problems');
    window.write(FILE, valid.replace('"schedules"', 'schedules'));
    await problems.waitFor();
    assert.match(
      await problems.innerText(),
      /Line 5, column 3: this word is not JSON: names and text stand in double quotes/,
    );
    assert.equal(await lab.locator('.chart').count(), CHARTS.length);
    await window.screenshot('lab-invalid');
    await lab.getByRole('button', { name: 'Show in text' }).first().click();
    await eventually('the text is shown', () => window.textEditor === FILE);
    await window.runCommand('View: Close Editor');
    lab = await window.lab();
    window.write(FILE, valid);
    await eventually('no problems', async () => (await lab.getByTestId('problems').count()) === 0);
  });

  it('a chart shows its table, explains itself and saves its data', async () => {
    const menu = async (item: string) => {
      await lab.getByRole('button', { name: 'Actions for Signal share' }).click();
      await lab.getByRole('menuitem', { name: item }).click();
    };
    await menu('Show table');
    const cells = await lab
      .locator('dialog tbody tr', { has: lab.locator('th', { hasText: /^0\.5$/ }) })
      .allInnerTexts();
    assert.match(cells[0]!, /^0\.5\s+0\.5\s+0\.4938/);
    await lab.keyboard.press('Escape');
    await menu('What is this');
    await lab.locator('dialog math').first().waitFor();
    await lab.keyboard.press('Escape');
    for (const [item, name, start] of [
      ['Save as CSV', 'study-alphaBar.csv', /^"?t/],
      ['Save as SVG', 'study-alphaBar.svg', /^<svg[^]*<path/],
      ['Save as PNG', 'study-alphaBar.png', /^.PNG/],
    ] as const) {
      await menu(item);
      await window.chooseFile();
      const file = path.join(window.dir, name);
      await eventually(name, () => start.test(readFileSync(file, 'latin1')));
    }
  });

  it('the lab comes back after the window is loaded again', async () => {
    await window.reload();
    lab = await window.lab();
    await status('saved');
    assert.match(await lab.locator('[data-schedule="0"] .name').innerText(), /Sigmoid/);
  });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
