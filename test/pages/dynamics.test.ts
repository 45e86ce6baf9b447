import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { calm, columnsOf, eventually, LabWindow, narrow, themes, wide } from './support';

const FILE = 'flow.noprop.json';
const integrator = { id: 'exponential-1', steps: 30 };
const flow = JSON.stringify({ version: 1, schedules: [{ id: 'linear-gamma' }], integrator });

/** The largest distance of points from the line through the first and the last, in units of their range. */
function bend(x: readonly number[], y: readonly number[]): number {
  const last = x.length - 1;
  const slope = (y[last]! - y[0]!) / (x[last]! - x[0]!);
  return Math.max(...x.map((at, i) => Math.abs(y[0]! + slope * (at - x[0]!) - y[i]!))) / Math.max(...y.map(Math.abs));
}

describe('the dynamics', () => {
  let window: LabWindow;
  let lab: Page;
  const picture = (id: string) => lab.locator(`[data-plot="${id}"]`);
  const clock = (id: string) => lab.locator(`input[name=clock][value=${id}]`);
  const legend = () => lab.locator('.toolbar .legend [data-line]').allInnerTexts();
  const body = () => lab.locator('body').innerText();
  const done = () => eventually('computed', async () => (await lab.locator('.progress.on').count()) === 0);
  const status = (want: string) =>
    eventually(`status ${want}`, async () => (await lab.getByTestId('status').innerText()) === want);
  const onDisk = () => JSON.parse(readFileSync(path.join(window.dir, FILE), 'utf8')) as Record<string, unknown>;
  const save = async () => {
    await window.runCommand('File: Save');
    await status('saved');
  };
  const menu = async (title: string, item: string) => {
    await lab.getByRole('button', { name: `Actions for ${title}` }).click();
    await lab.getByRole('menuitem', { name: item }).click();
  };
  /** The columns of a picture's CSV by their names. */
  const csv = async (title: string, id: string): Promise<Map<string, number[]>> => {
    const file = path.join(window.dir, `flow-${id}.csv`);
    rmSync(file, { force: true });
    await menu(title, 'Save as CSV');
    await window.chooseFile();
    await eventually('the file', () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    return columnsOf(readFileSync(file, 'utf8'));
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: flow });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Dynamics' }).click();
    await picture('paths').waitFor();
    await done();
  });
  after(() => window?.close());

  it('draws the chosen dynamics and those beside it, and says what made them', async () => {
    for (const id of ['paths', 'gap', 'variance', 'attractor', 'errors']) await picture(id).waitFor();
    assert.deepEqual(await legend(), [
      'NoProp forward process (eq. 27)',
      'Near-end approximation (eq. 28)',
      'Near-end, exact rate (eq. 28′)',
      'Probability flow',
    ]);
    assert.match(await body(), /64 paths from the normal start, seed 0; 30 steps of Exponential 1/);
    assert.match(await body(), /its mean ends at 0\.8\d+ \(true 0\.1993\)/);
  });

  it('what is ticked is drawn beside it, and a name in the legend hides it in every picture', async () => {
    await lab.getByTestId('overlays').locator('input[value=near-end-rate]').uncheck();
    await lab.getByTestId('overlays').locator('input[value=residual]').check();
    await eventually('left out with its reason', async () =>
      (await body()).includes('Residual is left out: exponential-1 needs an integrating factor and a clock'),
    );
    assert.equal((await legend()).length, 3);
    await save();
    assert.deepEqual(onDisk().overlays, ['near-end', 'probability-flow', 'residual']);
    await lab.locator('[data-line=near-end]').click();
    await eventually('one gap', async () => (await picture('gap').locator('[data-reading]').count()) === 1);
    assert.equal(await picture('variance').locator('[data-reading]').count(), 2);
    await lab.locator('[data-line=near-end]').click();
  });

  it('gaps are measured from the dynamics that is chosen for it', async () => {
    const names = () =>
      picture('gap')
        .locator('[data-reading]')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.reading));
    await lab.getByTestId('base').selectOption('near-end');
    await eventually('from eq. 28', async () => (await names())[0] === 'NoProp forward process (eq. 27)');
    const gaps = await csv('Gap', 'gap');
    const column = gaps.get('gap of Probability flow from Near-end approximation (eq. 28)')!;
    assert.equal(column[0], 0);
    assert.ok(column.at(-1)! > 0.5);
    await lab.getByTestId('base').selectOption('noprop-forward');
  });

  it('by its own clock the closed form is a straight line, in the data it saves; over time it is not', async () => {
    await clock('own').check();
    const own = await csv('Paths φz', 'paths');
    for (const name of ['NoProp forward process (eq. 27)', 'Near-end approximation (eq. 28)', 'Probability flow'])
      for (const i of [1, 6, 12]) {
        const [x, y] = [own.get(`ψ share, ${name}`)!, own.get(`φz closed form ${i}, ${name}`)!];
        assert.deepEqual([x[0], x.at(-1)], [0, 1]);
        assert.ok(bend(x, y) < 1e-10, `${name} ${i}: ${bend(x, y)}`);
      }
    await clock('t').check();
    const plain = await csv('Paths z', 'paths');
    const [t, z] = [plain.get('t')!, plain.get('z closed form 6, NoProp forward process (eq. 27)')!];
    assert.ok(bend(t, z) > 0.01, String(bend(t, z)));
  });

  it('one cursor reads every picture at the same time, by pointer and by keys, on any axis', async () => {
    const position = () => lab.locator('[data-readout=x]').innerText();
    const plot = (await picture('paths').locator('.plot').boundingBox())!;
    await lab.mouse.move(plot.x + plot.width * 0.7, plot.y + plot.height / 2);
    await eventually('the cursor moved', async () => (await position()) !== 't = 0.5');
    const shown = Number((await position()).replace('t = ', ''));
    const target = Number(await picture('attractor').locator('[data-reading^=target]').innerText());
    // gamma = 10 (t - 1/2), so the target is the root of its sigmoid
    const expected = Math.sqrt(1 / (1 + Math.exp(-10 * (shown - 0.5))));
    assert.ok(Math.abs(target - expected) < 1e-3, `${target} at ${shown}, expected ${expected}`);
    await clock('logSnr').check();
    await eventually('γ too', async () => /^γ = .*, t = /.test(await position()));
    await picture('errors').locator('.plot').focus();
    await lab.keyboard.press('End');
    await eventually('at the end', async () => (await position()) === 'γ = 5, t = 1');
    await lab.keyboard.press('+');
    await lab.getByRole('button', { name: 'Reset zoom' }).waitFor();
    await picture('gap').locator('.plot').dblclick();
    await eventually('all of it', async () => (await lab.getByRole('button', { name: 'Reset zoom' }).count()) === 0);
    await clock('t').check();
    await lab.getByRole('button', { name: 'Play along t' }).click();
    await eventually('played from noise', async () => /^t = 0\.[0-4]/.test(await position()));
    await eventually('to data', async () => (await position()) === 't = 1');
  });

  it('the dial of the family previews while it is dragged, and is one edit on release', async () => {
    await lab.getByTestId('dynamics').selectOption('lambda-family');
    await eventually('its own parameter', async () => (await legend())[0] === 'Lambda family, λ 1');
    await save();
    const dial = lab.locator('[data-field="dynamics.params.lambda"] input[type=range]');
    const box = (await dial.boundingBox())!;
    const middle = box.y + box.height / 2;
    const { mouse, keyboard } = lab;
    await mouse.move(box.x + box.width / 2, middle);
    await mouse.down();
    for (const share of [0.6, 0.7, 0.75]) await mouse.move(box.x + box.width * share, middle);
    const dragged = Number(await dial.inputValue());
    assert.ok(dragged > 1.2, String(dragged));
    await eventually('the pictures follow', async () => (await legend())[0] === `Lambda family, λ ${dragged}`);
    await status('saved');
    await mouse.up();
    await status('unsaved');
    await save();
    assert.deepEqual((onDisk().dynamics as { params: unknown }).params, { lambda: dragged });
    await picture('paths').locator('.plot').focus();
    await keyboard.press('Control+z');
    await eventually('undone in one step', async () => (await legend())[0] === 'Lambda family, λ 1');
  });

  it('the noise takes a method along that draws it, and back; where there is no partner it says so', async () => {
    const noise = lab.getByTestId('noise');
    await noise.check();
    await eventually('the SDE', async () => (await legend())[0] === 'Lambda family, λ 1, with its noise');
    assert.equal(await lab.getByTestId('integrator').inputValue(), 'posterior-step');
    assert.equal(await lab.getByTestId('dynamics-error').count(), 0);
    const before = await csv('Variance', 'variance');
    const [truth, sample] = [before.get('noisy data')!, before.get('sample, Lambda family, λ 1, with its noise')!];
    assert.ok(sample.at(-1)! > 0.6 * truth.at(-1)! && sample.at(-1)! < 1.5 * truth.at(-1)!);
    await noise.uncheck();
    await eventually('the ODE', async () => (await legend())[0] === 'Lambda family, λ 1');
    assert.equal(await lab.getByTestId('integrator').inputValue(), 'exponential-1');
    await lab.getByTestId('dynamics').selectOption('near-end');
    await eventually('no partner', () => noise.isDisabled());
    assert.match(await body(), /Near-end approximation has no SDE partner/);
  });

  it('what cannot be run says why, and leaves the last picture', async () => {
    await lab.getByTestId('dynamics').selectOption('community-original');
    const error = lab.getByTestId('dynamics-error');
    await error.waitFor();
    assert.match(await error.innerText(), /exponential-1 needs an integrating factor and a clock/);
    assert.equal(await picture('paths').count(), 1);
    await lab.getByTestId('integrator').selectOption('heun');
    await eventually('it runs', async () => (await legend())[0] === 'Community code');
    assert.equal(await error.count(), 0);
    assert.ok(await clock('own').isDisabled());
    await lab.getByTestId('dynamics').selectOption('noprop-forward');
    await done();
  });

  it('a picture explains itself and is saved with its title and what made it', async () => {
    await menu('Attractor and lag', 'What is this');
    await lab.locator('dialog.numbers math').first().waitFor();
    assert.match(await lab.locator('dialog.numbers').innerText(), /ahead of its target/);
    await lab.keyboard.press('Escape');
    await menu('Paths z', 'Save as SVG');
    await window.chooseFile();
    const file = path.join(window.dir, 'flow-paths.svg');
    await eventually('the file', () => /^<svg[^]*Paths z[^]*<path[^]*<\/svg>/.test(readFileSync(file, 'utf8')));
    const svg = readFileSync(file, 'utf8');
    assert.match(svg, /Near-end approximation \(eq. 28\)/);
    assert.match(svg, /seed 0/);
    assert.doesNotMatch(svg, /NaN/);
  });

  it('states of several dimensions have a plane', async () => {
    await lab.getByTestId('denoiser').selectOption('ideal-data');
    await picture('plane').waitFor();
    assert.match(await picture('paths').innerText(), /first coordinate/);
    await calm(lab);
    await picture('plane').scrollIntoViewIfNeeded();
    await window.screenshot('dynamics-plane');
    await lab.getByTestId('denoiser').selectOption('mixture');
    await eventually('no plane', async () => (await picture('plane').count()) === 0);
  });

  it('what takes long says how far it is, and can be cancelled', async () => {
    const set = async (name: string, value: string) => {
      const field = lab.locator(`[data-field="${name}"] input`);
      await field.fill(value);
      await field.press('Enter');
    };
    await set('integrator.steps', '4000');
    await set('comparison.paths', '9000');
    const working = lab.getByTestId('working');
    await working.waitFor();
    assert.match(await working.innerText(), /Computing .*, \d+ of 9000 paths, \d+ % done/);
    await window.screenshot('dynamics-working', lab); // as it is: it works on
    await working.getByRole('button', { name: 'Cancel' }).click();
    await eventually('cancelled', async () =>
      (await lab.getByTestId('dynamics-error').innerText()).includes('was cancelled'),
    );
    await set('comparison.paths', '64');
    await set('integrator.steps', '30');
    await done();
    await eventually('all well', async () => (await lab.getByTestId('dynamics-error').count()) === 0);
  });

  for (const theme of themes)
    for (const [width, height] of [
      [narrow.width, 820],
      [wide.width, 920],
    ] as const)
      it(`${theme}, ${width} pixels wide: accessible, and pictured`, async () => {
        await lab.setViewportSize({ width, height });
        await window.setTheme(theme);
        await lab.mouse.move(width / 2, height - 5); // away from what shows a tooltip
        await calm(lab);
        assert.deepEqual(await violations(lab), []);
        const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} pixels too wide`);
        await window.screenshot(`dynamics-${theme}-${width}`);
      });

  it('nothing broke the content policy', () => {
    assert.deepEqual(
      window.errors.filter((text) => /Content Security Policy/i.test(text)),
      [],
    );
  });
});
