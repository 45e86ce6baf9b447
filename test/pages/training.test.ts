import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'moons.noprop.json';
const moons = (training: object) =>
  JSON.stringify({
    version: 1,
    name: 'Moons',
    schedules: [{ id: 'linear-gamma' }],
    model: { hidden: [32, 32] },
    training,
  });

describe('training in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const tab = (name: string) => lab.getByRole('tab', { name }).click();
  const state = () => lab.getByTestId('run-state').innerText();
  const button = (name: string) => lab.getByRole('button', { name, exact: true });

  before(async () => {
    window = await LabWindow.open({ [FILE]: moons({ steps: 1_000_000 }) });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('the dynamics start together and part, and the picture says what made it', async () => {
    await tab('Dynamics');
    await lab.locator('[data-plot=paths]').waitFor();
    await lab.locator('[data-plot=gap]').waitFor();
    await eventually('what made it', async () => (await lab.locator('body').innerText()).includes('seed 0'));
    await calm(lab);
    await window.screenshot('dynamics');
  });

  it('a value the file leaves out is set from the page, and one out of range is refused where it was typed', async () => {
    const mean = lab.locator('[data-field^="denoiser.params"] input').first();
    await mean.fill('-2');
    await mean.press('Enter');
    await eventually('the picture follows', async () => (await lab.locator('body').innerText()).includes('m₁ −2'));
    assert.equal(await lab.getByTestId('problems').count(), 0);
    const steps = lab.locator('[data-field="integrator.steps"]');
    await steps.locator('input').fill('0');
    await steps.locator('input').press('Enter');
    await eventually('a message', async () =>
      (await steps.locator('.error-text').innerText()).includes('Steps must be a whole number from 1 to 100000: got 0'),
    );
    await steps.locator('input').fill('20');
    await steps.locator('input').press('Enter');
    await window.runCommand('File: Save');
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
  });

  it('a model trains, is watched, and is stopped', async () => {
    await tab('Training');
    await button('Train model').click();
    await eventually('it runs', async () => /running|training/i.test(await state()), 30000);
    await lab.locator('[data-plot=loss]').waitFor();
    await calm(lab);
    await window.screenshot('training-running');
    await button('Stop').click();
    await eventually('it stopped', async () => /stopped/i.test(await state()), 30000);
    await button('Resume').waitFor();
    await eventually('a run can be resumed', () => window.contextKey('noprop.canResume') === true);
    assert.equal(window.contextKey('noprop.training'), false);
  });

  it('two trainings share a queue, each with its progress and its own stop', async () => {
    await button('Train model').click();
    await eventually('it runs', async () => (await state()) === 'running', 30000);
    await button('Train model').click();
    const queue = lab.getByTestId('queue');
    const row = (kind: string) => queue.locator(`[data-state=${kind}]`);
    await eventually('one runs and one waits', async () =>
      (await queue.innerText()).includes('1 in training, 1 waiting'),
    );
    await eventually('the status bar', () => window.statusBar.some((text) => /2 trainings \d+ %$/.test(text)));
    const bar = row('running').locator('progress');
    const before = await bar.evaluate((one) => (one as unknown as { value: number }).value);
    await eventually('the one that runs goes on', async () =>
      bar.evaluate((one, value) => (one as unknown as { value: number }).value > value, before),
    );
    assert.match(await row('waiting').innerText(), /Moons, seed 0\s+waiting/);
    const waits = 'waiting · seed 0';
    await eventually('the tree has it', async () => (await window.tree()).some((row) => row.description === waits));
    for (const theme of themes) {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), [], theme);
      await window.screenshot(`training-queue-${theme}`);
    }
    await queue.getByRole('button', { name: 'Cancel Moons, seed 0' }).click();
    await eventually('nothing waits', async () => (await row('waiting').count()) === 0);
    assert.equal(await state(), 'running');
    await button('Stop').click();
    await eventually('it stopped', async () => (await state()) === 'stopped', 30000);
    assert.equal(await queue.count(), 0);
    assert.deepEqual(window.statusBar, []);
  }).timeout(120_000);

  it('reloaded in the middle of a training, the run is found, interrupted, and goes on', async () => {
    await button('Resume').click();
    await eventually('it runs', async () => (await state()) === 'running', 30000);
    await calm(lab);
    await window.reload();
    lab = await window.lab();
    await tab('Training');
    await eventually('it is found', async () => /interrupted|stopped/.test(await state()), 90000);
    await button('Resume').click();
    await eventually('it goes on', async () => (await state()) === 'running', 30000);
    await button('Stop').click();
    await eventually('it stopped', async () => (await state()) === 'stopped', 30000);
  }).timeout(180_000);

  it('a training to the end shows accuracy, the boundary and trajectories', async () => {
    const steps = lab.locator('[data-field="training.steps"] input');
    window.write(FILE, moons({ steps: 1500, learningRate: 0.01, checkpoints: 500 }));
    await eventually('the new step count', async () => (await steps.inputValue()) === '1500');
    await button('Train model').waitFor();
    await button('Train model').click();
    await eventually('it is done', async () => /done|trained/i.test(await state()), 60000);
    const accuracy = Number((await lab.getByTestId('test-accuracy').innerText()).replace(/[^0-9.]/g, ''));
    assert.ok(accuracy > 0.95 && accuracy <= 100, String(accuracy));
    for (const picture of ['accuracy', 'bins', 'boundary', 'trajectories'])
      await lab.locator(`[data-plot=${picture}]`).waitFor();
    await calm(lab);
    await window.screenshot('training-done');
  });

  it('a checkpoint can be looked at in place of the end', async () => {
    const line = lab.getByTestId('checkpoint-accuracy');
    assert.equal(await line.count(), 0);
    const weights = lab.getByTestId('checkpoint');
    assert.deepEqual(
      (await weights.locator('option').allInnerTexts()).map((text) => text.trim()),
      ['end, step 1500', 'checkpoint, step 1000', 'checkpoint, step 500'],
    );
    await weights.selectOption('500');
    await eventually('its accuracy', async () =>
      /as it was at step 500: accuracy (0\.\d+|1\.0000) on \d+ test rows/.test(await line.innerText()),
    );
    assert.deepEqual(await violations(lab), []);
    await window.screenshot('training-checkpoint');
    await weights.selectOption('end');
    await eventually('the end again', async () => (await line.count()) === 0);
  });

  it('weights are exported from the page', async () => {
    await button('Export weights').click();
    await window.chooseFile();
    await eventually('the file', () => {
      const file = readdirSync(window.dir).find((name) => name.endsWith('-moons.safetensors'));
      return file !== undefined && readFileSync(path.join(window.dir, file)).includes('"classes"');
    });
  });

  it('the run in view is exported from the page, in a format that is asked for', async () => {
    await lab.getByTestId('export-run').click();
    await window.pick('ONNX');
    const file = await window.chooseFile();
    assert.match(file, /-moons[^/]*\.onnx$/);
    await eventually('the file', () => existsSync(file) && readFileSync(file).length > 1000);
  });

  it('a picture shows its numbers and saves itself as SVG', async () => {
    const menu = async (item: string) => {
      await lab.getByRole('button', { name: 'Actions for Accuracy', exact: true }).click();
      await lab.getByRole('menuitem', { name: item }).click();
    };
    await menu('Show table');
    assert.match(
      await lab.locator('dialog.numbers tbody tr').last().innerText(),
      /^1500\s+(0\.\d+|1)\s+1500\s+(0\.\d+|1)/,
    );
    await lab.keyboard.press('Escape');
    await menu('Save as SVG');
    await window.chooseFile();
    const file = path.join(window.dir, 'moons-accuracy.svg');
    await eventually('the file', () => /^<svg[^]*<path/.test(readFileSync(file, 'utf8')));
  });

  it('the run is in the tree of the side panel', async () => {
    assert.ok((await window.tree()).some(({ label }) => label === 'Moons'));
  });

  it('integrators are compared in closed form and on the run, with a verdict', async () => {
    await tab('Integrators');
    await button('Compare integrators').click();
    const rows = lab.getByTestId('comparison').locator('tbody tr');
    await eventually('a row for each method and step count', async () => (await rows.count()) === 20, 60000);
    assert.match(await lab.getByTestId('verdict').innerText(), /evaluations a path/);
    await calm(lab);
    await window.screenshot('integrators');
    const problem = lab.getByTestId('problem');
    await problem.selectOption(await problem.locator('option[value^="run:"]').first().getAttribute('value'));
    await button('Compare integrators').click();
    // where all rows have one accuracy it is said above the table
    const said = lab.getByTestId('comparison').locator('th').or(lab.getByTestId('common'));
    await eventually(
      'the run is compared',
      async () => (await said.allInnerTexts()).join(' ').includes('accuracy'),
      120000,
    );
    await window.screenshot('integrators-run');
  });

  it('several seeds are one experiment, with the mean of what they reached and its standard error', async () => {
    await tab('Training');
    window.write(FILE, moons({ steps: 400, seeds: 3 }));
    const seeds = lab.locator('[data-field="training.seeds"] input');
    await eventually('the new count of seeds', async () => (await seeds.inputValue()) === '3');
    await button('Train model').click();
    const group = lab.getByTestId('group');
    await eventually('all three', async () => /seeds 0 to 2: .*n = 3/s.test(await group.innerText()), 60000);
    assert.match(await group.innerText(), /Test accuracy over seeds 0 to 2: (0\.\d{4}|1\.0000) ± 0\.\d{4}/);
    const runs = lab.getByTestId('run').locator('optgroup').first();
    assert.match((await runs.getAttribute('label'))!, /seeds 0 to 2: (0\.\d{4}|1\.0000) ± 0\.\d{4}$/);
    assert.equal(await runs.locator('option').count(), 3);
    await window.screenshot('training-seeds');
  }).timeout(90_000);

  it('the config is exported whole', async () => {
    await window.runCommand('NoProp: Export…');
    await window.pick('JSON');
    await window.chooseFile();
    await eventually('every default is there', () =>
      readFileSync(path.join(window.dir, 'moons.export.json'), 'utf8').includes('"weightCap": 5'),
    );
  });

  it('integrators are compared on all seeds at once, with a band for the spread of their accuracies', async () => {
    await tab('Integrators');
    const problem = lab.getByTestId('problem');
    await problem.selectOption(await problem.locator('option[value^="group:"]').first().getAttribute('value'));
    await button('Compare integrators').click();
    const row = lab.getByTestId('comparison').locator('tbody tr').first();
    await eventually('a range of three', async () => /0\.\d{4} \([01]\.\d{4} to [01]\.\d{4}\)|1\.0000 \(1/.test(await row.innerText()), 120000); // prettier-ignore
    assert.match(await lab.locator('[data-tab=integrators]').innerText(), /3 runs of one experiment/);
    await lab.locator('[data-plot=accuracies]').waitFor();
    await calm(lab);
    await window.screenshot('integrators-seeds');
  });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
