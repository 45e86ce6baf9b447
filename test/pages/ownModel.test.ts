import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { pythonWith } from '../unit/support/python';
import { eventually, LabWindow } from './support';

const experiment = (denoiser: object) =>
  JSON.stringify({
    version: 1,
    name: 'own model',
    schedules: [{ id: 'linear-gamma' }],
    denoiser,
    integrator: { id: 'euler', steps: 8 },
    comparison: { paths: 10, integrators: ['euler', 'heun'], steps: [8] },
  });

const own = experiment({ id: 'python' });
const open = async (page: Page, tab: string) => page.getByRole('tab', { name: tab, exact: true }).click();
const paths = (page: Page) => page.locator('[data-plot=paths]');

describe(`a model of the reader in the lab${pythonWith() === undefined ? ' (no Python)' : ''}`, () => {
  let window: LabWindow | undefined;
  before(function () {
    if (pythonWith() === undefined) this.skip();
  });
  afterEach(() => window?.close());

  it('is chosen beside the closed forms, drawn, and compared; an error has its line until the file is mended', async () => {
    const model = 'def u(z, *_):\n  return [[0.5] for _ in z]\n';
    window = await LabWindow.open({ 'a.noprop.json': experiment({ id: 'mixture' }), 'mine.py': model });
    const page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await paths(page).waitFor();
    await page.getByTestId('denoiser').selectOption('python');
    const error = page.getByTestId('dynamics-error');
    await error.waitFor();
    assert.match(await error.innerText(), /model\.py: there is no such file/);
    const field = page.locator('[data-field="denoiser.file"] input');
    await field.fill('mine.py');
    await field.press('Enter');
    await error.waitFor({ state: 'detached' });
    await eventually('its paths', async () => (await page.locator('body').innerText()).includes('u of mine.py'));
    await window.screenshot('own-model');
    const file = path.join(window.dir, 'mine.py');
    fs.writeFileSync(file, 'def u(z, *_):\n  return z.nothing\n');
    await error.waitFor();
    assert.match(await error.innerText(), /mine\.py", line 2, in u[^]*AttributeError/);
    await window.screenshot('own-model-error');
    fs.writeFileSync(file, model);
    await error.waitFor({ state: 'detached' });
    await open(page, 'Integrators');
    await page.getByRole('button', { name: 'Compare integrators' }).click();
    await page.getByTestId('common').filter({ hasText: 'u of mine.py' }).waitFor();
    assert.deepEqual(window.errors, []);
  });

  it('is not run in a workspace that is not trusted', async () => {
    const ran = 'open(__file__ + ".ran", "w").close()\ndef u(z, *_):\n  return z\n';
    window = await LabWindow.open({ 'a.noprop.json': own, 'model.py': ran }, { trusted: false });
    const page = await window.lab('a.noprop.json');
    await open(page, 'Dynamics');
    await page.getByTestId('unread').waitFor();
    assert.match(
      await page.getByTestId('unread').innerText(),
      /not trusted, so no file that it names is read or run: model\.py/,
    );
    const trace = path.join(window.dir, 'model.py.ran');
    assert.ok(!fs.existsSync(trace));
    window.trust();
    await paths(page).waitFor();
    assert.ok(fs.existsSync(trace));
  });
});
