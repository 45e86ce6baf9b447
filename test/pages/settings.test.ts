import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'knobs.noprop.json';
const TEXT = JSON.stringify({
  version: 1,
  name: 'Knobs',
  schedules: [{ id: 'cosine' }],
  model: { hidden: [64, 64], activation: 'tanh' },
  training: { steps: 500, weightDecay: 0.01 },
});

describe('settings of the Training tab', () => {
  let window: LabWindow;
  let lab: Page;
  const field = (name: string) => lab.locator(`[data-field="${name}"]`);
  const search = () => lab.getByTestId('search-settings');
  const shown = () =>
    lab.getByTestId('settings').locator('[data-field]:visible').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.field)); // prettier-ignore
  const saved = async () => {
    await window.runCommand('File: Save');
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
    return JSON.parse(readFileSync(path.join(window.dir, FILE), 'utf8')) as Record<string, object>;
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: TEXT });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
    await search().waitFor();
  });
  after(() => window?.close());

  it('five are in sight beside the data; the others are folded away, and so they stay', async () => {
    const basic = (await shown()).filter((name) => !name!.startsWith('data'));
    assert.deepEqual(basic, ['model.id', 'model.hidden', 'training.steps', 'training.batch', 'training.learningRate']);
    const advanced = lab.getByTestId('advanced');
    assert.match(await advanced.locator('summary').innerText(), /Advanced\s+2 changed/);
    await lab.getByText('Advanced', { exact: true }).click();
    await field('training.patience').waitFor();
    await lab.getByRole('tab', { name: 'Schedules' }).click();
    await lab.getByRole('tab', { name: 'Training' }).click();
    await field('training.patience').waitFor();
    await lab.getByText('Advanced', { exact: true }).click();
    await field('training.patience').waitFor({ state: 'hidden' });
  });

  it('they are called as the field calls them; symbol, meaning and range are under the pointer', async () => {
    await lab.getByText('Advanced', { exact: true }).click();
    for (const name of [
      'Learning rate',
      'Batch size',
      'Warm-up steps',
      'Weight decay',
      'Gradient clip',
      'EMA decay',
      'Patience',
      'Time features',
    ])
      // prettier-ignore
      await lab.getByLabel(name, { exact: true }).waitFor();
    const hint = await field('training.learningRate').locator('label').getAttribute('title');
    assert.match(hint!, /^η: step size of Adam.*\nη\(n\) = .*\nA number greater than 0 and at most 1; default 0\.002$/);
    await lab.getByText('Advanced', { exact: true }).click();
  });

  it('a search finds them by label, key, symbol and sentence, those folded away too', async () => {
    for (const [text, wanted] of [
      ['weight decay', 'training.weightDecay'],
      ['averaging', 'training.averaging'],
      ['gₘₐₓ', 'training.gradientClip'],
      ['sines and cosines', 'model.timeFeatures'],
      ['silu', 'model.activation'],
      ['test share', 'data.testShare'],
    ] as const) {
      await search().fill(text);
      await field(wanted).waitFor();
      assert.ok((await shown()).length < 6, `${text}: ${(await shown()).join()}`);
    }
    await search().fill('nothing of this name');
    await lab.getByText('No setting has this name', { exact: false }).waitFor();
    await search().press('Escape');
    await field('model.hidden').waitFor();
    assert.equal(await search().inputValue(), '');
  });

  it('what was found is edited as everywhere', async () => {
    await search().fill('patience');
    await field('training.patience').locator('input').fill('7');
    await field('training.patience').locator('input').press('Enter');
    await eventually('its mark', async () => (await field('training.patience').getAttribute('class'))!.includes('changed')); // prettier-ignore
    assert.deepEqual((await saved()).training, { steps: 500, weightDecay: 0.01, patience: 7 });
    await search().press('Escape');
  });

  it('what differs from its default has a mark and a reset, which takes it out of the document', async () => {
    assert.match((await field('training.steps').getAttribute('class'))!, /changed/);
    assert.doesNotMatch((await field('training.batch').getAttribute('class'))!, /changed/);
    await lab.getByTestId('only-changed').click();
    const all = ['model.hidden', 'training.steps', 'model.activation', 'training.weightDecay', 'training.patience'];
    await eventually('only these', async () => (await shown()).sort().join() === [...all].sort().join());
    await calm(lab);
    await window.screenshot('settings-changed');
    await lab.getByRole('button', { name: 'Reset Activation to ReLU' }).click();
    await lab.getByRole('button', { name: 'Reset Weight decay to 0' }).click();
    await lab.getByRole('button', { name: 'Reset Hidden widths to 128, 128' }).click();
    await eventually('two are left', async () => (await shown()).length === 2);
    assert.deepEqual(await saved(), {
      version: 1,
      name: 'Knobs',
      schedules: [{ id: 'cosine' }],
      model: {},
      training: { steps: 500, patience: 7 },
    });
    await lab.getByTestId('only-changed').click();
    await lab.getByRole('button', { name: 'Reset Steps to 3000' }).click();
    await eventually(
      'its default',
      async () => (await field('training.steps').locator('input').inputValue()) === '3000',
    );
    const focused = await lab.evaluate(() => document.activeElement?.id);
    assert.equal(focused, 'field-training.steps');
  });

  it('what is refused is told by the name of its field', async () => {
    const rate = field('training.learningRate');
    await rate.locator('input').fill('2');
    await rate.locator('input').press('Enter');
    await eventually(
      'why',
      async () =>
      /^Learning rate must be a number greater than 0 and at most 1: got 2$/.test(await rate.locator('.error-text').innerText()), // prettier-ignore
    );
    await rate.locator('input').press('Escape');
  });

  it('the other tabs have the same search, marks and resets', async () => {
    for (const [tab, text, name] of [
      ['Dynamics', 'start', 'start'],
      ['Dynamics', 'no such name', ''],
      ['Integrators', 'step counts', 'comparison.steps'],
      ['Integrators', 'aim', 'comparison.aim'],
    ] as const) {
      await lab.getByRole('tab', { name: tab }).click();
      await lab.locator(`[data-tab="${tab.toLowerCase()}"]`).waitFor();
      await search().fill(text);
      if (name) await field(name).waitFor();
      else await lab.getByText('No setting has this name', { exact: false }).waitFor();
      await search().press('Escape');
    }
    const aim = field('comparison.aim');
    await aim.locator('input').fill('0.02');
    await aim.locator('input').press('Enter');
    await lab.getByRole('button', { name: 'Reset Aim to 0.01' }).click();
    await eventually('its default', async () => (await aim.locator('input').inputValue()) === '0.01');
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByTestId('advanced').waitFor();
  });

  for (const theme of themes)
    it(`${theme}: open and searched, they are accessible, and pictured`, async () => {
      await window.setTheme(theme);
      const open = lab.getByTestId('advanced').locator('summary');
      await open.click();
      await field('training.patience').waitFor();
      assert.deepEqual(await violations(lab), [], 'open');
      await window.screenshot(`settings-${theme}`);
      await open.click();
      await search().fill('rate');
      await lab.getByTestId('found').waitFor();
      assert.deepEqual(await violations(lab), [], 'searched');
      await window.screenshot(`settings-search-${theme}`);
      await search().press('Escape');
      await open.waitFor();
    });
});
