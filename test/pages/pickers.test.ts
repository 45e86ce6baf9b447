import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually, LabWindow } from './support';

const FILE = 'pickers.noprop.json';
const TEXT = `{
  "version": 1,
  "name": "Pickers",
  "schedules": [{ "id": "linear-gamma" }],
  "dynamics": "noprop-forward"
}
`;

describe('pickers of dynamics and of u', () => {
  let window: LabWindow;
  let lab: Page;
  const tab = (name: string) => lab.getByRole('tab', { name }).click();
  const saved = async () => {
    await window.runCommand('File: Save');
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
    return readFileSync(path.join(window.dir, FILE), 'utf8');
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: TEXT });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('a dynamics without parameters is written as its id alone, one with a dial as an object with it', async () => {
    await tab('Integrators');
    const picker = lab.getByTestId('dynamics');
    await picker.selectOption('residual');
    await eventually('chosen', async () => (await picker.inputValue()) === 'residual');
    assert.equal(await saved(), TEXT.replace('noprop-forward', 'residual'));
    await picker.selectOption('lambda-family');
    const dial = lab.locator('[data-field="dynamics.params.lambda"] input.number');
    await dial.fill('0.5');
    await dial.press('Enter');
    const { dynamics } = JSON.parse(await saved()) as { dynamics: object };
    assert.deepEqual(dynamics, { id: 'lambda-family', params: { lambda: 0.5 }, noise: false });
    await dial.fill('3');
    await dial.press('Enter');
    await eventually(
      'a message where it was typed',
      async () =>
      (await lab.locator('[data-field="dynamics.params.lambda"] .error-text').innerText()).includes('λ must be a number from 0 to 2: got 3'), // prettier-ignore
    );
    await picker.selectOption('near-end');
    await eventually('the dial is gone', async () => (await dial.count()) === 0);
    assert.equal(await saved(), TEXT.replace('noprop-forward', 'near-end'));
  });

  it('the ideal denoiser is made from the experiment’s data', async () => {
    await tab('Dynamics');
    await lab.getByTestId('denoiser').selectOption('ideal-data');
    await eventually('the picture says which data', async () =>
      (await lab.locator('body').innerText()).includes('Ideal denoiser of the data (two-moons)'),
    );
  });
});
