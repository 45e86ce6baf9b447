import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, eventually, LabWindow, themes } from './support';

const FILE = 'lab.noprop.json';
const document = { version: 1, name: 'Laboratory', schedules: [{ id: 'cosine' }], comparison: { steps: [4, 8, 16] } };

describe('integrators in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const rows = () => lab.getByTestId('comparison').locator('tbody tr');
  const kept = () => lab.getByTestId('kept').locator('option').count();
  const compare = async (count: number) => {
    const before = await kept();
    await button('Compare integrators').click();
    await eventually('it is done and kept', async () => (await kept()) === before + 1, 60000);
    await eventually(`${count} rows`, async () => (await rows().count()) === count, 60000);
    await button('Compare integrators').waitFor();
  };
  const written = () =>
    JSON.parse(readFileSync(path.join(window.dir, FILE), 'utf8')) as Record<string, Record<string, unknown>>;
  const save = async () => {
    await window.runCommand('File: Save');
    await eventually('saved', async () => (await lab.getByTestId('status').innerText()) === 'saved');
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: JSON.stringify(document, null, 2) });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Integrators' }).click();
  });
  after(() => window?.close());

  it('before anything was compared the page offers it, and says what comes and how long it may take', async () => {
    const empty = lab.getByTestId('no-comparison');
    assert.match(
      await empty.innerText(),
      /error of 0\.01\?.*4 methods, 1 grid and 3 counts of steps: 12 rows\. .*seconds/s,
    );
    await empty.getByRole('button', { name: 'Compare 4 methods' }).click();
    await lab.getByTestId('verdict').waitFor();
    assert.equal(await empty.count(), 0);
    assert.equal(await rows().count(), 12);
  });

  it('a built-in problem is chosen in one edit, and leaves the experiment’s own alone', async () => {
    await lab.getByTestId('problem').selectOption('mixture');
    await lab.getByTestId('dynamics').selectOption('probability-flow');
    await save();
    const { comparison, schedules, dynamics } = written();
    assert.deepEqual(comparison, { steps: [4, 8, 16], problem: 'mixture' });
    assert.deepEqual(schedules, [{ id: 'cosine' }]);
    assert.equal(dynamics, 'probability-flow');
    await compare(12);
    assert.match(await lab.getByTestId('common').innerText(), /^All 12 rows: grid Uniform in t\b/);
    const euler = rows().filter({ hasText: 'Euler' }).nth(1);
    assert.match(await euler.innerText(), /4\.185·10⁻²|0\.04185/);
  });

  it('several grids, one with a parameter and one with given times, are compared side by side', async () => {
    await button('Add grid').click();
    await lab.getByTestId('grid-1').selectOption('karras');
    const rho = lab.locator('[data-field="comparison.grids.1.params.rho"] input');
    await rho.fill('3');
    await rho.press('Enter');
    await button('Add grid').click();
    await lab.getByTestId('grid-2').selectOption('list');
    const times = lab.locator('[data-field="comparison.grids.2.times"]');
    await times.locator('input').fill('0.5, 0.2');
    await times.locator('input').press('Enter');
    await eventually('a message', async () =>
      /times must ascend/i.test(await times.locator('.error-text').innerText()),
    );
    await times.locator('input').fill('0, 0.2, 0.5, 0.8');
    await times.locator('input').press('Enter');
    await save();
    assert.deepEqual(written().comparison!.grids, ['uniform-t', { id: 'karras', params: { rho: 3 } }, { id: 'list', times: [0, 0.2, 0.5, 0.8] }]); // prettier-ignore
    // Four methods: three step counts on two grids, and the one of the list.
    await compare(4 * 7);
    assert.match(await lab.getByTestId('verdict').innerText(), /\(|comes closest/);
    await button('Remove grid 3').click();
    await button('Remove grid 2').click();
    await compare(12);
  });

  it('only what rows differ by has a column; the rest is said once', async () => {
    const heads = await lab.getByTestId('comparison').getByRole('columnheader').allInnerTexts();
    assert.deepEqual(heads.map((text) => text.trim()).slice(1, 5), ['method', 'steps', 'evaluations', 'RMS error']);
    assert.match(
      await lab.getByTestId('common').innerText(),
      /^All 12 rows: grid Uniform in t, done\. Fixed mixture: .* 64 paths/,
    );
  });

  it('a ring is where a method first comes to the aim, and the read-out says with how many evaluations', async () => {
    const reading = lab.locator('[data-plot="precision"] [data-reading$=" aim"]');
    const verdict = await lab.getByTestId('verdict').innerText();
    await lab.locator('[data-plot="precision"] .plot').press('End');
    const [, cheapest] = /: (\d+) evaluations a path/.exec(verdict)!;
    const texts = async () => (await reading.allInnerTexts()).map((text) => text.trim());
    await eventually(`${verdict} at its ring`, async () => (await texts()).includes(`${cheapest} to aim`));
    const label = await lab.locator('[data-plot="precision"] .plot').getAttribute('aria-label');
    assert.match(label!, new RegExp(`first comes to the aim with ${cheapest} evaluations`));
    await window.screenshot('integrators-aim');
  });

  it('a row under the pointer lifts its line, and a line its rows', async () => {
    const lifted = () => lab.getByTestId('comparison').locator('tr.lifted').count();
    const base = () =>
      lab
        .locator('[data-plot="precision"] canvas')
        .first()
        .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
    const before = await base();
    await rows().first().hover();
    await eventually('its line', async () => (await base()) !== before);
    await lab.mouse.move(2, 2);
    await eventually('none', async () => (await lifted()) === 0);
    const plot = lab.locator('[data-plot="precision"] .plot');
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    const sweep = async () => {
      for (let x = 0.15; x < 0.95; x += 0.06)
        for (let y = 0.05; y < 0.9; y += 0.08) {
          await lab.mouse.move(box.x + x * box.width, box.y + y * box.height);
          if (await lifted()) return true;
        }
      return false;
    };
    await eventually('the rows of a line', sweep);
    assert.equal(await lifted(), 3);
    await lab.mouse.move(2, 2);
    await eventually('none', async () => (await lifted()) === 0);
  });

  it('LaTeX has the rules of booktabs, and only what differs, under short heads', async () => {
    await button('Copy as LaTeX').click();
    await eventually('copied', () => window.clipboard.includes('toprule'));
    const { clipboard } = window;
    assert.match(clipboard, /^% \\usepackage\{booktabs\}\n% Error: RMS, Grid: Uniform in t, Status: done\. /);
    assert.match(clipboard, /\\toprule\nMethod & Steps & Eval\. & Error \\\\\n\\midrule\n/);
    assert.equal(clipboard.match(/ \\\\\n/g)!.length, 1 + 12);
    assert.match(clipboard, /Euler & \$4\$ & \$4\$ & \$/);
  });

  it('the x axis is evaluations or milliseconds', async () => {
    await lab.getByLabel('Milliseconds', { exact: true }).check();
    await lab.getByRole('heading', { name: 'Error against milliseconds' }).waitFor();
    await lab.getByLabel('Evaluations', { exact: true }).check();
    await lab.getByRole('heading', { name: 'Error against evaluations' }).waitFor();
  });

  it('methods stand in groups that open, and a whole group is chosen at once', async () => {
    const group = lab.getByTestId('methods').locator('details', { hasText: 'Own steps' });
    await group.locator('summary').click();
    await button('All of: Own steps, by a tolerance').click();
    await eventually('three of three', async () => (await group.innerText()).includes('3 of 3'));
    await lab.locator('[data-field="comparison.tolerances"] input').fill('0.01');
    await lab.locator('[data-field="comparison.tolerances"] input').press('Enter');
    await compare(7 * 3 + 3);
    assert.match(await rows().filter({ hasText: 'Its own steps' }).first().innerText(), /Bogacki.*0\.01/s);
    await button('None of: Own steps, by a tolerance').click();
    await compare(12);
  });

  it('two rows are chosen with the keyboard, and their paths are drawn over the drift beside the reference', async () => {
    await lab.getByRole('button', { name: /^Paths of Euler, .*, 4 steps$/ }).focus();
    await lab.keyboard.press('Enter');
    await lab.locator('[data-plot="compared-paths"]').waitFor();
    await lab.getByRole('button', { name: /^Paths of Runge-Kutta 4, .*, 8 steps$/ }).click();
    const key = lab.locator('[data-plot="compared-paths"] .legend button');
    await eventually('three names', async () => (await key.count()) === 3);
    assert.deepEqual(await key.allInnerTexts(), ['Euler, 4 steps, Uniform in t', 'Runge-Kutta 4, 8 steps, Uniform in t', 'reference']); // prettier-ignore
    assert.equal(await lab.locator('.comparison [aria-pressed=true]').count(), 2);
    await calm(lab);
    await window.screenshot('integrators-paths');
  });

  it('the table is sorted from the keyboard, and says so', async () => {
    const head = lab.getByRole('columnheader', { name: 'RMS error' });
    await head.getByRole('button').focus();
    await lab.keyboard.press('Enter');
    await eventually('sorted', async () => (await head.getAttribute('aria-sort')) === 'ascending');
    await lab.keyboard.press('Enter');
    await eventually('the other way', async () => (await head.getAttribute('aria-sort')) === 'descending');
    assert.match(await rows().first().innerText(), /Exponential|Euler|DDIM/);
  });

  it('a method takes its own steps by a tolerance, and another method puts it away', async () => {
    await lab.getByRole('tab', { name: 'Dynamics' }).click();
    await lab.getByTestId('integrator').selectOption('dopri5');
    const tolerance = lab.locator('[data-field="integrator.tolerance"] input');
    await tolerance.fill('0.0001');
    await tolerance.press('Enter');
    await eventually('it says what it took', async () =>
      /own steps of Dormand-Prince 5\(4\) at tolerance 1·10⁻⁴: \d+ steps/.test(await lab.locator('body').innerText()),
    );
    await save();
    assert.deepEqual(written().integrator, { id: 'dopri5', tolerance: 0.0001 });
    await lab.getByTestId('integrator').selectOption('heun');
    await eventually('no tolerance', async () => (await tolerance.count()) === 0);
    await save();
    assert.deepEqual(written().integrator, { id: 'heun' });
    await lab.getByRole('tab', { name: 'Integrators' }).click();
  });

  it('with noise the stochastic methods are compared, and the others say why they are refused', async () => {
    await lab.getByTestId('problem').selectOption('gaussian');
    await lab.getByTestId('dynamics').selectOption('noprop-forward');
    await lab.getByTestId('noise').check();
    await lab.getByTestId('error').selectOption('variance');
    await compare(7 * 3);
    const refused = rows().filter({ hasText: 'refused' });
    assert.equal(await refused.count(), 12);
    assert.match(await refused.first().innerText(), /follows an ODE, and dynamics\.noise is on/);
    assert.match(await lab.locator('.problem', { hasText: 'Reference:' }).innerText(), /by its own step, without sampling/); // prettier-ignore
    await window.screenshot('integrators-noise');
  });

  it('what was compared is kept over a reload, opened again and deleted', async () => {
    await eventually('seven are kept', async () => (await kept()) === 7);
    await save();
    await window.reload();
    lab = await window.lab();
    await lab.getByRole('tab', { name: 'Integrators' }).click();
    await eventually('the last one is shown', async () => (await rows().count()) === 21, 60000);
    assert.equal(await lab.getByText('The experiment has changed since').count(), 0);
    const last = await lab.getByTestId('kept').locator('option').last().getAttribute('value');
    await lab.getByTestId('kept').selectOption(last);
    await eventually('the first one is shown', async () => (await rows().count()) === 12);
    await lab.getByText('The experiment has changed since this comparison').waitFor();
    await button('Delete this comparison').click();
    await eventually('six are left', async () => (await kept()) === 6);
  }).timeout(120_000);

  it('a comparison that is cancelled within a long row shows what was done, and says so', async () => {
    await lab.getByTestId('noise').uncheck();
    await lab.getByTestId('problem').selectOption('mixture');
    for (const [field, value] of [
      ['steps', '4, 100000'],
      ['paths', '5000'],
    ] as const) {
      const input = lab.locator(`[data-field="comparison.${field}"] input`);
      await input.fill(value);
      await input.press('Enter');
    }
    await button('Compare integrators').click();
    await lab.getByText(/^[2-9] of \d+ done$/).waitFor();
    await button('Cancel').click();
    await button('Compare integrators').waitFor();
    assert.match(await lab.getByTestId('verdict').innerText(), /^Cancelled after \d of \d+; so far: /);
    assert.ok((await rows().count()) > 0);
    assert.match(await lab.locator('.problem', { hasText: 'Reference:' }).innerText(), /Every error is at least 100 times that\./); // prettier-ignore
  }).timeout(120_000);

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      await window.screenshot(`integrators-${theme}`);
    });
});
