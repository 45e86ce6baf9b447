// npm start -- --demo: the main job unattended, in a served VS Code and a headless browser, leaving what it made in demo/.
import fs from 'node:fs';
import path from 'node:path';
import { launch } from './browser.mjs';
import { calm } from './calm.mjs';
import { root } from './install.mjs';
import { patient } from './pace.mjs';
import { profileSettings, temporaryProfile } from './profile.mjs';
import { provision, startServer } from './server.mjs';
import { openWorkbench, runCommand, webviewFrame } from './workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

const folder = path.join(root, 'demo');
const experiment = 'digits.noprop.json';
const viewport = { width: 1440, height: 900 };
/** How long training may take, in milliseconds. */
const patience = patient(300_000);

/** @param {string} what @param {() => Promise<unknown>} work */
async function step(what, work) {
  const started = Date.now();
  try {
    await work();
  } catch (error) {
    throw new Error(`${what} failed: ${error instanceof Error ? error.message : error}`);
  }
  console.log(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs the demo; throws an Error that says which step failed. */
export async function runDemo() {
  fs.rmSync(folder, { recursive: true, force: true });
  const workspace = path.join(folder, 'workspace');
  fs.cpSync(path.join(root, 'media/samples'), workspace, { recursive: true });
  const profile = temporaryProfile({ settings: profileSettings({ trust: true }) });
  const server = await startServer(provision(), profile);
  const browser = await launch();
  try {
    await play(browser, server, workspace);
  } finally {
    await browser.close();
    await server.stop();
    profile.remove();
  }
  console.log(`Pictures and files are in ${path.relative(process.cwd(), folder) || folder}.`);
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {{ authority: string }} server
 * @param {string} workspace
 */
async function play(browser, server, workspace) {
  const ready = '.activitybar [aria-label="NoProp Lab"]';
  const page = await openWorkbench(browser, server, { workspace, devPath: root, viewport, ready });
  const shot = (/** @type {string} */ name) => page.screenshot({ path: path.join(folder, `${name}.png`) });
  const text = (/** @type {string} */ id) => lab.getByTestId(id).innerText();
  /** @type {Frame} */
  let lab;

  await step('open the lab on digits', async () => {
    await runCommand(page, 'NoProp: Open Lab');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: experiment }).first().click();
    lab = await webviewFrame(page, 'body[data-page=lab] [data-plot] canvas');
    await page.locator('.activitybar [aria-label="NoProp Lab"]').first().click();
    await webviewFrame(page, 'body[data-page=side] [data-plot] canvas');
    await shot('1-schedules');
  });

  await step('look at the dynamics', async () => {
    await runCommand(page, 'NoProp: Compare Dynamics');
    await lab.locator('[data-plot=paths]').waitFor();
    await calm(lab);
    await shot('2-dynamics');
  });

  await step('train digits', async () => {
    await runCommand(page, 'NoProp: Train Model');
    const state = lab.getByTestId('run-state');
    await state.filter({ hasText: /running|training/i }).waitFor();
    await lab.locator('[data-plot=accuracy]').waitFor(); // after its first evaluation
    await calm(lab);
    await shot('3-training');
    await state.filter({ hasText: /done|trained/i }).waitFor({ timeout: patience });
    await lab.locator('[data-plot=trajectories]').waitFor();
    await calm(lab);
    await shot('4-trained');
  });
  console.log(`  train accuracy ${await text('train-accuracy')}, test accuracy ${await text('test-accuracy')}`);

  await step('compare integrators on the trained model', async () => {
    await lab.getByRole('tab', { name: 'Integrators' }).click();
    const problem = lab.getByTestId('problem');
    const run = await problem.locator('option[value^="run:"]').first().getAttribute('value');
    await problem.selectOption(run);
    await lab.getByRole('button', { name: 'Compare integrators' }).click();
    await lab.getByTestId('comparison').locator('tbody tr').first().waitFor({ timeout: patience });
    await lab.getByTestId('verdict').waitFor({ timeout: patience });
    await calm(lab);
    await shot('5-integrators');
  });
  console.log(`  ${await text('verdict')}`);
  fs.writeFileSync(path.join(folder, 'comparison.txt'), `${await text('verdict')}\n\n${await text('comparison')}\n`);

  await step('export the config', async () => {
    await runCommand(page, 'NoProp: Export…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'JSON' }).first().click();
    const input = page.locator('.quick-input-widget input[type=text]').first();
    await input.waitFor({ state: 'visible' });
    const file = path.join(workspace, 'digits.export.json');
    // the dialog lists the folder first, and takes no keys while it does
    for (const end = Date.now() + patient(20_000); !fs.existsSync(file); await page.waitForTimeout(100)) {
      if (Date.now() > end) throw new Error(`${file} was not written`);
      if ((await input.isVisible()) && (await input.inputValue()) === file) await page.keyboard.press('Enter');
    }
    const { training } = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (!training?.steps) throw new Error('the exported config does not spell out the training');
    fs.copyFileSync(file, path.join(folder, 'digits.export.json'));
  });
}
