import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseExperiment } from '../../src/core/experiment/document';
import { exportFormats, readsWeights } from '../../src/core/exports';
import { importFormats, importTitle } from '../../src/core/imports';
import { chooseFile, eventually, openLab } from './support';
import { open, type Workbench } from './workbench';

const FILE = 'moons.noprop.json';
const TEXT = JSON.stringify({
  version: 1,
  name: 'Moons',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 200, noise: 0.1 } },
  model: { hidden: [8] },
  training: { steps: 30 },
  integrator: { id: 'exponential-1', steps: 8 },
  dynamics: 'probability-flow',
});

/** A file of each format; one of diffusers is imported in the tests of commands. */
const IMPORTED: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'k-diffusion': [
    'karras_model.json',
    '{"model": {"sigma_min": 0.01, "sigma_max": 80, "sigma_data": 0.5, "sigma_sample_density": {"type": "lognormal", "mean": -1.2, "std": 1.2}}}',
  ],
  list: ['levels.txt', '14.6, 6.5, 0.03, 0'],
  betas: ['betas.txt', '0.1, 0.2, 0.5'],
  'alphas-cumprod': ['shares.txt', '0.9, 0.5, 0.1'],
  sigmas: ['sigmas.txt', '14.6 6.5 0.03 0'],
  'flow-sigmas': ['flow.txt', '1, 0.8, 0.4, 0'],
  'log-snr': ['logsnr.txt', '-10, -2, 0.5, 7'],
  'half-log-snr': ['lambdas.txt', '-5, -1, 0.25, 3'],
  timesteps: ['timesteps.txt', '999, 749, 499, 249'],
};

/** Each format, by the palette of a real VS Code. */
describe('formats', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const row = (text: string) => workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  /** The row of a picker whose label is exactly this; the list is filtered, for it draws only the rows in sight. */
  const choose = async (label: string) => {
    const input = workbench.page.locator('.quick-input-widget input[type=text]').first();
    const found = workbench.page.locator('.quick-input-list .monaco-list-row').filter({
      has: workbench.page.locator('.label-name').getByText(label, { exact: true }),
    });
    await eventually(`the row ${label}`, async () => {
      await input.fill(label, { timeout: 1000 });
      return (await found.count()) > 0;
    });
    await found.first().click();
  };
  const bytes = (name: string) => readFileSync(path.join(workbench.dir, name));

  before(async () => {
    const files = Object.fromEntries(Object.values(IMPORTED));
    workbench = await open({ [FILE]: TEXT, ...files }, { openFile: FILE });
    const lab = await openLab(workbench);
    await workbench.runCommand('NoProp: Train Model');
    const state = lab.getByTestId('run-state');
    await eventually('it is trained', async () => (await state.innerText({ timeout: 60_000 })) === 'done', 60_000);
  });
  after(() => workbench?.close());

  for (const format of exportFormats) {
    const { id, title, extension } = format;
    it(`${id} is exported where the dialog says, whole, and opens again`, async () => {
      const before = new Set(readdirSync(workbench.dir));
      await workbench.runCommand('NoProp: Export…');
      await choose(title);
      if (readsWeights(format)) await row('Moons').click();
      const input = workbench.page.locator('.quick-input-widget input[type=text]').first();
      const place = () => input.inputValue({ timeout: 1000 });
      await eventually('the dialog', async () => (await place()).startsWith(workbench.dir + path.sep));
      const target = path.join(workbench.dir, `out-${id}.${extension}`);
      await eventually('the dialog is answered', async () => {
        await input.fill(target, { timeout: 1000 });
        await workbench.page.keyboard.press('Enter');
        await eventually('it is closed', async () => !(await input.isVisible()), 5000);
        return true;
      });
      const name = path.basename(target);
      await eventually('the file is written', () => existsSync(target) && bytes(name).length > 0, 60_000);
      // the chosen file is written last
      const others = readdirSync(workbench.dir).filter((one) => !before.has(one) && one !== name);
      assert.equal(others.length > 0, format.beside !== undefined, others.join(', '));
      if (extension === 'json') JSON.parse(bytes(name).toString());
      if (!readsWeights(format)) {
        const { experiment } = parseExperiment(TEXT);
        assert.equal(bytes(name).toString(), Buffer.from(format.write({ experiment: experiment! }, name)).toString());
      }
      await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
      await workbench.page.locator('.tab.active', { hasText: name }).first().waitFor();
      await workbench.runCommand('View: Close Editor');
    });
  }

  it('charts go out as a figure for a paper', async () => {
    await workbench.runCommand('NoProp: Export…');
    await choose('Figure for a paper');
    const page = await workbench.frame('body[data-page=lab] dialog.figure[open]');
    await page.getByTestId('figure').getByRole('img').waitFor();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.getByTestId('figure').waitFor({ state: 'detached' });
  });

  it('weights are exported, to be imported below', async () => {
    await workbench.runCommand('NoProp: Export Weights');
    await row('Moons').click();
    await chooseFile(workbench);
    const isThere = () => readdirSync(workbench.dir).some((name) => name.endsWith('.safetensors'));
    await eventually('the file is written', isThere, 60_000);
  });

  // what opens an experiment of its own comes last: the lab of the others is then no longer in front
  const own = ['timesteps', 'weights'];
  const kinds = importFormats
    .filter(({ id }) => id !== 'diffusers')
    .sort((a, b) => own.indexOf(a.id) - own.indexOf(b.id));
  for (const { id } of kinds)
    it(`${id} is imported, with its report`, async () => {
      const weights = () => readdirSync(workbench.dir).find((one) => /^(?!out-).*\.safetensors$/.test(one));
      const name = id === 'weights' ? weights() : IMPORTED[id]?.[0];
      assert.ok(name, `give a file of the format ${id} above`);
      await workbench.runCommand('NoProp: Import Scheduler File');
      await chooseFile(workbench, name);
      const isList = importFormats.findIndex((one) => one.id === id) >= importFormats.findIndex((one) => one.id === 'list'); // prettier-ignore
      if (isList) await choose(importTitle(id === 'list' ? 'sigmas' : id));
      if (!own.includes(id)) await row(`Add to ${FILE}`).click();
      // a page that was hidden meanwhile was made anew: it is asked for again
      const page = await workbench.frame(`[data-testid=import-report]:has(h2:has-text("Imported from ${name}"))`);
      const report = page.getByTestId('import-report');
      await report.filter({ hasText: isList && id !== 'list' ? importTitle(id) : 'Used' }).waitFor();
      if (!own.includes(id)) await report.getByRole('button', { name: 'Close the report' }).click();
    });
});
