import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { eventually, LabWindow, themes } from './support';

const FILE = 'kinds.noprop.json';
const TEXT = JSON.stringify({
  version: 1,
  name: 'Kinds',
  schedules: [{ id: 'linear-gamma' }],
  integrator: { id: 'exponential-1', steps: 12 },
  model: { hidden: [32, 32], blocks: 4 },
  training: { steps: 600, learningRate: 0.01 },
});

describe('kinds of models in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const state = () => lab.getByTestId('run-state').innerText();
  const choose = (id: string) => lab.getByTestId('model').selectOption(id);
  const shown = async (field: string) => (await lab.locator(`[data-field="${field}"]`).count()) > 0;

  /** Trains to the end, and waits for the pictures of what was learned. */
  async function train(): Promise<void> {
    const before = await lab.getByTestId('run').locator('option').count().catch(() => 0); // prettier-ignore
    await lab.getByRole('button', { name: 'Train model', exact: true }).click();
    await eventually('a new run', async () => (await lab.getByTestId('run').locator('option').count()) > before, 60000);
    await eventually('it is done', async () => (await state()) === 'done', 60000);
    await lab.locator('[data-plot=confusion]').waitFor();
  }

  before(async () => {
    window = await LabWindow.open({ [FILE]: TEXT });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByText('Advanced', { exact: true }).click();
  });
  after(() => window?.close());

  it('only what the chosen kind has a use for is asked for', async () => {
    const asked = async () => ({
      blocks: await shown('model.blocks'),
      time: await shown('model.timeFeatures'),
      cap: await shown('training.weightCap'),
    });
    await lab.getByTestId('model').waitFor();
    assert.deepEqual(await asked(), { blocks: false, time: true, cap: true });
    await choose('dt');
    await eventually('blocks', async () => (await asked()).blocks);
    assert.deepEqual(await asked(), { blocks: true, time: false, cap: true });
    assert.match(await lab.getByTestId('model-answers').innerText(), /one exact step of the dynamics a block/);
    await choose('backprop');
    await eventually('no blocks', async () => !(await asked()).blocks);
    assert.deepEqual(await asked(), { blocks: false, time: false, cap: false });
    await lab.locator('[data-field="model.hidden"] input').fill('32, 16');
    await lab.locator('[data-field="model.hidden"] input').press('Enter');
    await eventually('nothing can be residual', () => lab.getByTestId('residual').isDisabled());
    await lab.locator('[data-field="model.hidden"] input').fill('32, 32');
    await lab.locator('[data-field="model.hidden"] input').press('Enter');
    await eventually('two of one width can', () => lab.getByTestId('residual').isEnabled());
    await lab.getByTestId('residual').check();
    await eventually('it is', () => lab.getByTestId('residual').isChecked());
  });

  it('backpropagation is trained, and what it has no path for is left out with a sentence', async () => {
    await train();
    assert.match(await lab.getByTestId('no-path').innerText(), /answers in one pass/);
    await lab.locator('[data-plot=boundary]').waitFor();
    for (const picture of ['trajectories', 'bins', 'sources'])
      assert.equal(await lab.locator(`[data-plot=${picture}]`).count(), 0, picture);
    await window.screenshot('models-backprop');
  }).timeout(120_000);

  it('flow matching offers a method that goes with it, then trains', async () => {
    await choose('fm');
    await lab.getByTestId('model-remedy').getByRole('button', { name: 'Use Heun' }).click();
    await eventually('nothing is in the way', async () => (await lab.getByTestId('model-remedy').count()) === 0);
    await train();
    for (const picture of ['trajectories', 'bins', 'boundary']) await lab.locator(`[data-plot=${picture}]`).waitFor();
    await window.screenshot('models-fm');
  }).timeout(120_000);

  it('blocks are trained, and their boundary is seen at the block times', async () => {
    await choose('dt');
    await train();
    const slider = lab.getByLabel('Time t of the pictures');
    await slider.waitFor();
    assert.equal(await slider.getAttribute('max'), '4');
    for (const theme of themes) {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), [], theme);
      await window.screenshot(`models-${theme}`);
    }
  }).timeout(180_000);
});
