import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'learned.noprop.json';
const text = (steps: number) =>
  JSON.stringify({
    version: 1,
    name: 'Learned',
    schedules: [{ id: 'learned', params: { gammaMin: -5, gammaMax: 5 } }, { id: 'cosine' }],
    model: { hidden: [32, 32] },
    training: { steps, learningRate: 0.01 },
    integrator: { id: 'euler', steps: 20 },
  });

type Saved = { schedules: { inputs?: { weights: number[] } }[] };

describe('the learned schedule and the conclusion in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const tab = (name: string) => lab.getByRole('tab', { name }).click();
  const state = () => lab.getByTestId('run-state').innerText();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  /** What a chart shows. It is brought into sight first: nothing is drawn elsewhere, and what comes above moves it. */
  const pixels = (chart: string) =>
    lab
      .locator(`${chart} canvas`)
      .first()
      .evaluate((element) => {
        const canvas = element as unknown as { scrollIntoView(): void; toDataURL(): string };
        canvas.scrollIntoView();
        return canvas.toDataURL();
      });
  const saved = () => (JSON.parse(readFileSync(path.join(window.dir, FILE), 'utf8')) as Saved).schedules[0]!;

  before(async () => {
    window = await LabWindow.open({ [FILE]: text(1_000_000) });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('while it trains, its curve moves on both tabs beside what it was', async () => {
    await tab('Training');
    await lab.getByText('No weight is capped while it is trained').waitFor();
    assert.equal(await lab.locator('[data-field="training.weightCap"]').count(), 0);
    await button('Train model').click();
    await eventually('it runs', async () => (await state()) === 'running', 30000);
    const curve = '[data-plot=learned-schedule]';
    await lab.locator(curve).waitFor();
    assert.equal(await button('Use learned schedule').count(), 0);
    await calm(lab);
    const before = await pixels(curve);
    await eventually('the curve moves', async () => (await pixels(curve)) !== before);
    await tab('Schedules');
    await lab.locator('[data-plot=logSnr] .plot').waitFor();
    const first = await pixels('[data-plot=logSnr]');
    await eventually('the chart moves', async () => (await pixels('[data-plot=logSnr]')) !== first);
    await calm(lab);
    await window.screenshot('learned-schedules');
    await tab('Training');
    await window.screenshot('learned-running');
    await button('Stop').click();
    await eventually('it stopped', async () => (await state()) === 'stopped');
  });

  it('trained to the end, it is done', async () => {
    const steps = lab.locator('[data-field="training.steps"] input');
    window.write(FILE, text(5000));
    await eventually('the new step count', async () => (await steps.inputValue()) === '5000');
    await button('Train model').click();
    await eventually('it is done', async () => (await state()) === 'done', 60_000);
  }).timeout(120_000);

  it('the bins show the error, what they add to the loss, and the loss of a row', async () => {
    const bins = lab.locator('[data-plot=bins]');
    for (const title of ['Part of the loss', 'Loss of a row', 'Error']) {
      await lab.getByTestId('bin-measure').selectOption({ label: title });
      await bins.getByRole('heading', { name: `${title} by log-SNR` }).waitFor();
    }
    await lab.locator('[data-plot=sources]').waitFor();
  });

  it('what was learned is taken into the document in one edit', async () => {
    await button('Use learned schedule').click();
    await eventually('unsaved', async () => (await lab.getByTestId('status').innerText()) === 'unsaved');
    await window.runCommand('File: Save');
    await eventually('the weights are in the file', () => saved().inputs!.weights.length === 37);
    await window.runCommand('Undo');
    await window.runCommand('File: Save');
    await eventually('they are gone again', () => saved().inputs === undefined);
  });

  it("the note's conclusion is tested, told in a sentence, and found again", async () => {
    await button('Test the conclusion').click();
    await lab.locator('#part-conclusion').getByRole('button', { name: 'Cancel' }).waitFor();
    const sentence = lab.getByTestId('conclusion');
    await sentence.waitFor();
    assert.match(await sentence.innerText(), /It holds for .*eq\. 28.* mean gap to eq\. 26’s paths/s);
    assert.equal(await lab.getByTestId('findings').locator('tbody tr').count(), 9);
    const before = await pixels('[data-plot=conclusion-accuracy]');
    await lab.getByTestId('conclusion-schedule').selectOption({ index: 1 });
    await eventually('the other schedule', async () => (await pixels('[data-plot=conclusion-accuracy]')) !== before);
    for (const theme of themes) {
      await window.setTheme(theme);
      await lab.getByRole('heading', { name: 'Learned schedule' }).scrollIntoViewIfNeeded();
      await calm(lab);
      await window.screenshot(`learned-${theme}`);
      assert.deepEqual(await violations(lab), [], theme);
      await lab.locator('[data-part=conclusion] .problem').last().scrollIntoViewIfNeeded();
      await calm(lab);
      await window.screenshot(`conclusion-${theme}`);
    }
    const told = await sentence.innerText();
    await lab.reload();
    await eventually(
      'it is kept with the run',
      async () => (await lab.getByTestId('conclusion').innerText()) === told,
      30000,
    );
  }).timeout(240_000);
});
