import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'swept.noprop.json';
const text = JSON.stringify({
  version: 1,
  name: 'Swept',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 300, noise: 0.2 } },
  model: { hidden: [16] },
  training: { steps: 60, learningRate: 0.01 },
});

describe('sweep on the Training tab', function () {
  this.timeout(180_000);
  let window: LabWindow;
  let lab: Page;
  const part = () => lab.locator('#part-sweep');
  const status = () => lab.getByTestId('sweep-status').innerText();
  const axis = (name: string) => part().locator(`[data-axis="${name}"]`);
  const values = (name: string) => axis(name).locator('input');
  const type = async (name: string, typed: string) => {
    await values(name).fill(typed);
    await values(name).press('Enter');
  };
  const says = (what: RegExp, timeout = 120_000) =>
    eventually(`the sweep says ${what}`, async () => what.test(await status()), timeout);

  before(async () => {
    window = await LabWindow.open({ [FILE]: text });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
  });
  after(() => window?.close());

  it('a setting is varied with values around its own, and said at its place where one is not allowed', async () => {
    await part().getByRole('button', { name: 'Vary a setting' }).click();
    await axis('training.learningRate').waitFor();
    assert.equal(await values('training.learningRate').inputValue(), '0.005, 0.01, 0.02');
    await says(/^3 cells, 3 seeds each: 9 trainings\./);
    await type('training.learningRate', '0.01, 7');
    await eventually('the refusal', async () =>
      /Learning rate must be .*got 7/.test(await axis('training.learningRate').locator('.error-text').innerText()),
    );
    await says(/This sweep cannot be run/);
    assert.ok(await part().getByRole('button', { name: 'Run sweep' }).isDisabled());
    await type('training.learningRate', '1,,2');
    await eventually('what is missing', async () =>
      (await axis('training.learningRate').locator('.error-text').innerText()).includes('A value is missing'),
    );
    await type('training.learningRate', '0.001, 0.02');
  });

  it('a second setting, and the sweep runs to its map, its table and its best cell', async () => {
    await part().getByRole('button', { name: 'Vary another setting' }).click();
    await axis('model.hidden').waitFor();
    await type('model.hidden', '[4], [16]');
    const seeds = part().getByLabel('Seeds of each cell');
    await seeds.fill('2');
    await seeds.press('Enter');
    await says(/^4 cells, 2 seeds each: 8 trainings\./);
    await part().getByRole('button', { name: 'Run sweep' }).click();
    await says(/8 trainings, all done/);
    const rows = part().getByTestId('sweep').locator('tbody tr');
    assert.equal(await rows.count(), 4);
    const means = await rows.locator('td:nth-child(4)').allInnerTexts();
    for (const mean of means) assert.match(mean, /^[01]\.\d{4}\s\[-?[\d.]+, [\d.]+\]$/);
    const best = Math.max(...means.map((mean) => Number(mean.slice(0, 6))));
    assert.match(await lab.getByTestId('sweep-best').innerText(), new RegExp(`Learning rate 0\\.0\\d+, .*${best.toFixed(4)}`)); // prettier-ignore
    await part().locator('[data-plot=sweep]').waitFor();
    assert.equal(await part().getByRole('button', { name: 'Run sweep' }).count(), 0);
  });

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      await part().evaluate((element) => element.scrollIntoView());
      await calm(lab);
      await window.screenshot(`sweep-${theme}`);
    });

  it('the best becomes an experiment of its own, without the sweep', async () => {
    const best = await lab.getByTestId('sweep-best').innerText();
    await lab.getByRole('button', { name: 'Duplicate the best as the experiment' }).click();
    const opened = () => JSON.parse(window.activeText) as { name: string; sweep?: object; training: { learningRate: number; steps: number } }; // prettier-ignore
    await eventually('the new experiment', () => opened().name === 'Swept, best of its sweep');
    assert.ok(best.includes(`Learning rate ${opened().training.learningRate},`), best);
    assert.equal(opened().training.steps, 60);
    assert.equal(opened().sweep, undefined);
  });
});
