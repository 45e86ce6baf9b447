import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { parseExperiment } from '../../src/core/experiment/document';
import { TrainerService } from '../../src/trainer/service/trainerService';
import { session } from '../harness/pages/window';
import { violations } from './axe';
import { calm, eventually, root, wide } from './support';

const experimentOf = (rest: object) =>
  parseExperiment(
    JSON.stringify({
      version: 1,
      name: 'Moons for a colleague',
      schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }, { id: 'betas' }],
      data: { id: 'two-moons', params: { n: 200 } },
      model: { hidden: [16, 16] },
      training: { steps: 200 },
      comparison: { steps: [4, 8], paths: 16 },
      ...rest,
    }),
  ).experiment!;

describe('a report, opened in a browser', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  const requests: string[] = [];
  const scores: string[] = [];
  const open = (tab: string) => page.getByRole('tab', { name: tab, exact: true }).click();

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'noprop-report-'));
    file = path.join(folder, 'report.html');
    const runs = path.join(folder, 'runs');
    const trainer = new TrainerService(path.join(root, 'dist'), { workers: 1 });
    const experiment = experimentOf({});
    const ids: string[] = [];
    for (const rest of [{}, { seed: 1 }, { model: { id: 'fm', hidden: [16, 16] } }]) {
      const record = await trainer.call('train', [{ experiment: experimentOf(rest), folder, runs }]);
      scores.push(record.testAccuracy!.toFixed(4));
      ids.push(path.join(runs, record.id));
    }
    const { id } = await trainer.call('compare', [{ experiment, folder, runs }]);
    const task = { experiment, folder, file: 'moons.noprop.json', runs: ids, comparisons: [path.join(runs, id)] };
    const { notes } = await trainer.call('report', [task, file]);
    assert.deepEqual(notes, []);
    context = await (await session()).newContext({ viewport: wide });
    page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.getByRole('heading', { name: 'Moons for a colleague', exact: true }).waitFor();
  });
  after(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('with three runs is smaller than 1.5 MB', () => {
    const { length } = readFileSync(file);
    console.log(`      ${(length / 1e6).toFixed(2)} MB`);
    assert.ok(length < 1.5e6, String(length));
  });

  it('says which runs, in what they differ, with what scores, seeds and versions', async () => {
    const runs = page.getByRole('region', { name: 'Runs' });
    const rows = await runs.locator('tbody tr').allInnerTexts();
    assert.equal(rows.length, 3);
    rows.forEach((row, k) => assert.ok(row.includes(scores[k]!), `${row}: ${scores[k]}`));
    assert.deepEqual(
      rows.map((row) => row.includes('NoProp-FM')),
      [false, false, true],
    );
    const origin = await page.getByRole('region', { name: 'Where it comes from' }).innerText();
    assert.match(origin, /trained with node\s+v\d+/);
    assert.match(origin, /moons\.noprop\.json/);
    assert.deepEqual(await violations(page), []);
    await page.screenshot({ path: path.join(root, 'test/artifacts/report.png') });
  });

  it('has schedules that can be changed, and dynamics that follow and can be played', async () => {
    await open('Dynamics');
    await page.locator('[data-plot=paths]').waitFor();
    await calm(page);
    const line = page.locator('body');
    await eventually('what made it', async () => (await line.innerText()).includes('m₁ −1'));
    const mean = page.locator('[data-field^="denoiser.params"] input').first();
    await mean.fill('-2');
    await mean.press('Enter');
    await eventually('it is computed in the page', async () => (await line.innerText()).includes('m₁ −2'));
    const time = page.locator('.toolbar', { hasText: 't = ' }).first();
    const before = await time.innerText();
    await page.getByRole('button', { name: 'Play along t' }).click();
    await eventually('it plays', async () => (await time.innerText()) !== before);
  });

  it('shows what each run learned, its curves and the comparison', async () => {
    await open('Training');
    await page.locator('[data-plot=boundary]').waitFor();
    await page.locator('[data-plot=loss]').first().waitFor();
    await open('Integrators');
    await page.getByTestId('verdict').waitFor();
  });

  it('has no button that a report cannot answer', async () => {
    const refused = [
      /Train|Run sweep|Go on with sweep|Vary a|Compare integrators|Test the conclusion/,
      /Predict on a file|Use a file|Choose|Load from file|Import|Export/,
    ];
    for (const tab of ['Schedules', 'Dynamics', 'Training', 'Integrators']) {
      await open(tab);
      await page.getByRole('tabpanel', { name: tab, exact: true }).waitFor();
      const names = await page.getByRole('button').allInnerTexts();
      assert.ok(names.length, tab);
      assert.deepEqual(names.filter((name) => refused.some((one) => one.test(name))), [], tab); // prettier-ignore
    }
    await open('Training');
    await page.getByRole('heading', { name: 'Evaluation' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Sweep' }).count(), 0);
  });

  it('gives the experiment back', async () => {
    await open('Report');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the experiment' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'Moons for a colleague.noprop.json');
    const saved = parseExperiment(readFileSync(await download.path(), 'utf8'));
    assert.deepEqual(saved.experiment, experimentOf({}));
  });

  it('asked for nothing but itself, and nothing went wrong', () => {
    assert.deepEqual(requests.filter((one) => !/^(file|data|blob):/.test(one)), []); // prettier-ignore
    assert.deepEqual(problems, []);
  });
});
