import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, columnsOf, eventually, LabWindow, themes } from './support';

const FILE = 'blobs.noprop.json';
const blobs = JSON.stringify({
  version: 1,
  name: 'Blobs',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'blobs', params: { n: 800, centers: 4, noise: 0.45 } },
  model: { hidden: [32, 32] },
  training: { steps: 800, learningRate: 0.01 },
});

describe('evaluation in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const cells = (id: string, column: number) =>
    lab.getByTestId(id).locator(`tbody tr td:nth-child(${column})`).allInnerTexts();

  before(async () => {
    window = await LabWindow.open({ [FILE]: blobs });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
    await button('Train model').click();
    await eventually('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 60000);
  });
  after(() => window?.close());

  it('the tab reads from the run to its evaluation', async () => {
    assert.deepEqual((await lab.locator('.part > header h2').allInnerTexts()).slice(0, 4), [
      'Data',
      'What it learned',
      'Learning',
      'Evaluation',
    ]);
    for (const picture of ['calibration', 'steps', 'confusion']) await lab.locator(`[data-plot=${picture}]`).waitFor();
  });

  it('a row a class adds up to the test rows, and sorts by any column', async () => {
    assert.deepEqual(await cells('classes', 1), ['0', '1', '2', '3']);
    const rows = async () => (await cells('classes', 2)).map(Number).reduce((sum, count) => sum + count, 0);
    await eventually('all test rows', async () => (await rows()) === 160);
    const recall = lab.getByTestId('classes').getByRole('button', { name: 'recall' });
    await recall.click();
    const shown = async () => (await cells('classes', 5)).map(Number);
    const up = (await shown()).sort((a, b) => a - b);
    await eventually('sorted', async () => String(await shown()) === String(up));
    await recall.click();
    await eventually('the other way', async () => String(await shown()) === String(up.toReversed()));
    assert.equal(await lab.getByTestId('classes').locator('[aria-sort=descending]').count(), 1);
  });

  it('accuracy by steps is told in a sentence and in numbers', async () => {
    const card = lab.locator('[data-plot=steps]');
    assert.match(
      await card.locator('.about-line').innerText(),
      /^Within 0\.005 of the best from \d+ steps? on; the run takes \d+\. 160 test rows\./,
    );
    await lab.getByRole('button', { name: 'Actions for Accuracy by steps' }).click();
    await lab.getByRole('menuitem', { name: 'Show table' }).click();
    const rows = await lab.locator('dialog.numbers tbody tr').allInnerTexts();
    assert.equal(rows.length, 12);
    assert.match(rows[11]!, /^64\s+(0\.\d+|1)$/);
    await lab.keyboard.press('Escape');
  });

  it('calibration says how sure the run is, and what its probabilities are', async () => {
    const text = await lab.locator('[data-plot=calibration] .about-line').innerText();
    assert.match(text, /^Expected calibration error 0\.\d{3}: [01]\.\d{3} sure, [01]\.\d{3} right\. 160 test rows; probabilities: share of votes over 16 starts\.$/); // prettier-ignore
    await lab.getByRole('button', { name: 'Actions for Calibration' }).click();
    await lab.getByRole('menuitem', { name: 'What is this' }).click();
    assert.match(await lab.locator('dialog.numbers').innerText(), /Probabilities as votes/);
    await lab.keyboard.press('Escape');
  });

  it('metrics by step turn by pages, and are saved whole as CSV', async () => {
    await lab.getByText('Metrics by step, ').click();
    const table = lab.getByTestId('metrics');
    await table.getByText(/Rows 1 to 20 of \d+/).waitFor();
    const first = (await cells('metrics', 1))[0];
    await table.getByRole('button', { name: 'Next rows' }).click();
    await table.getByText(/Rows 21 to 40 of \d+/).waitFor();
    assert.notEqual((await cells('metrics', 1))[0], first);
    await lab.getByRole('button', { name: 'Actions for Metrics by step' }).click();
    await lab.getByRole('menuitem', { name: 'Save as CSV' }).click();
    await window.chooseFile();
    const file = path.join(window.dir, 'blobs-metrics.csv');
    await eventually('the file', () => readFileSync(file, 'utf8').length > 0);
    const columns = columnsOf(readFileSync(file, 'utf8'));
    assert.equal(columns.get('step')!.at(-1), 800);
    assert.ok(columns.get('test accuracy (share)')!.at(-1)! > 0.5);
  });

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      for (const part of ['learning', 'learned', 'evaluation']) {
        await lab.locator(`#part-${part}`).evaluate((element) => element.scrollIntoView());
        await calm(lab);
        await window.screenshot(`training-${part}-${theme}`);
      }
    });
});
