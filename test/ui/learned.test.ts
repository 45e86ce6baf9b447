import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually, openLab } from './support';
import { violations } from '../pages/axe';
import { open, themes, type Workbench } from './workbench';

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
  let workbench: Workbench;
  let lab: Frame;
  const tab = (name: string) => lab.getByRole('tab', { name }).click();
  const state = () => lab.getByTestId('run-state').innerText();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const pixels = (chart: string) =>
    lab
      .locator(`${chart} canvas`)
      .first()
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  const saved = () => (JSON.parse(readFileSync(path.join(workbench.dir, FILE), 'utf8')) as Saved).schedules[0]!;

  before(async () => {
    workbench = await open({ [FILE]: text(25_000) }, { openFile: FILE });
    lab = await openLab(workbench);
    await workbench.runCommand('View: Close Other Editors in Group');
  });
  after(() => workbench?.close());

  it('while it trains, its curve moves on both tabs beside what it was', async () => {
    await tab('Training');
    await lab.getByText('No weight is capped while it is trained').waitFor();
    assert.equal(await lab.locator('[data-field="training.weightCap"]').count(), 0);
    await button('Train model').click();
    await eventually('it runs', async () => (await state()) === 'running', 30000);
    const curve = '[data-plot=learned-schedule]';
    await lab.locator(curve).waitFor();
    assert.equal(await button('Use learned schedule').count(), 0);
    await workbench.page.waitForTimeout(500);
    const before = await pixels(curve);
    await eventually('the curve moves', async () => (await pixels(curve)) !== before);
    await tab('Schedules');
    await lab.locator('[data-plot=logSnr] .plot').waitFor();
    const first = await pixels('[data-plot=logSnr]');
    await eventually('the chart moves', async () => (await pixels('[data-plot=logSnr]')) !== first);
    await workbench.page.waitForTimeout(1500);
    await workbench.screenshot('learned-schedules');
    await tab('Training');
    await workbench.screenshot('learned-running');
    await eventually('it is done', async () => (await state()) === 'done', 120_000);
  }).timeout(180_000);

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
    await workbench.runCommand('File: Save');
    await eventually('the weights are in the file', () => saved().inputs!.weights.length === 37);
    await workbench.runCommand('Undo');
    await workbench.runCommand('File: Save');
    await eventually('they are gone again', () => saved().inputs === undefined);
  });

  it("the note's conclusion is tested, told in a sentence, and found again", async () => {
    await button('Test the conclusion').click();
    await button('Cancel').waitFor();
    const sentence = lab.getByTestId('conclusion');
    await sentence.waitFor({ timeout: 120_000 });
    assert.match(await sentence.innerText(), /It holds for .*eq\. 28.* mean gap to eq\. 26’s paths/s);
    assert.equal(await lab.getByTestId('findings').locator('tbody tr').count(), 9);
    const before = await pixels('[data-plot=conclusion-accuracy]');
    await lab.getByTestId('conclusion-schedule').selectOption({ index: 1 });
    await eventually('the other schedule', async () => (await pixels('[data-plot=conclusion-accuracy]')) !== before);
    for (const theme of themes) {
      await workbench.setTheme(theme);
      const name = theme.replace('Default ', '').replaceAll(' ', '-').toLowerCase();
      await lab.getByRole('heading', { name: 'Learned schedule' }).scrollIntoViewIfNeeded();
      await workbench.page.waitForTimeout(400);
      await workbench.screenshot(`learned-${name}`);
      assert.deepEqual(await violations(lab), [], theme);
      await lab.locator('[data-part=conclusion] .problem').last().scrollIntoViewIfNeeded();
      await workbench.page.waitForTimeout(300);
      await workbench.screenshot(`conclusion-${name}`);
    }
    const told = await sentence.innerText();
    await workbench.runCommand('Developer: Reload Webviews');
    lab = await workbench.frame('body[data-page=lab] [role=tab]');
    await eventually(
      'it is kept with the run',
      async () => (await lab.getByTestId('conclusion').innerText()) === told,
      30000,
    );
  }).timeout(240_000);
});
