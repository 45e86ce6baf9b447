import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'four.noprop.json';
const four = JSON.stringify({
  version: 1,
  name: 'Four',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 300, noise: 0.2 } },
  model: { hidden: [16, 16], blocks: 4 },
  training: { steps: 200, learningRate: 0.01, seeds: 2 },
});

describe('comparison of models', () => {
  let window: LabWindow;
  let lab: Page;
  const table = () => lab.getByTestId('models').locator('tbody tr');
  const column = (k: number) => lab.getByTestId('models').locator(`tbody tr td:nth-child(${k})`).allInnerTexts();
  const trained = () =>
    eventually(
      'a row for each kind with two seeds, all measured',
      async () => {
        const [seeds, errors] = [await column(2), await column(8)];
        return (
          seeds.length === 4 && seeds.every((text) => text === '2') && errors.every((text) => /^0\.\d{3}$/.test(text))
        );
      },
      120_000,
    );

  before(async () => {
    window = await LabWindow.open({ [FILE]: four });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('before anything is trained the page offers to train all four, and the command does', async () => {
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByRole('button', { name: 'Train all four' }).waitFor();
    await window.runCommand('NoProp: Compare Models');
    await lab.getByTestId('queue').or(table().first()).first().waitFor();
    await trained();
    assert.deepEqual(await column(1), ['NoProp-CT', 'NoProp-DT', 'NoProp-FM', 'Backpropagation']);
  }).timeout(180_000);

  it('each row has mean ± standard error, and the difference from backpropagation with its interval', async () => {
    for (const text of await column(3)) assert.match(text, /^[01]\.\d{4} ± 0\.\d{4}$/);
    const differences = await column(4);
    for (const text of differences.slice(0, 3)) assert.match(text, /^[+−]0\.\d{4}\s\[[+−]\d\.\d{4}, [+−]\d\.\d{4}\]$/);
    assert.equal(differences[3], '–');
    // 20 steps of the experiment's method, 4 blocks, one pass
    const evaluations = await column(7);
    assert.equal(evaluations[1], '4');
    assert.equal(evaluations[3], '1');
    await lab.locator('[data-plot=models]').waitFor();
  });

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      await lab.locator('#part-models').evaluate((element) => element.scrollIntoView());
      await calm(lab);
      await window.screenshot(`training-models-${theme}`);
    });

  it('is there again after the window was loaded anew', async () => {
    await window.reload();
    lab = await window.lab();
    await lab.getByRole('tab', { name: 'Training' }).click();
    await trained();
  }).timeout(180_000);
});
