import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { themes, type Theme } from './themes';
import { calm } from '../calm.mjs';
import { LabWindow, root, session } from './window';

const help = `npm run pictures [-- name=value ...]: pictures of the pages, in test/artifacts/pictures
  tab=training,dynamics     which tabs, and "side" for the side panel (all)
  theme=dark,light          of ${themes.join(', ')} (light)
  width=1232,652            in pixels (1232)
  height=900                in pixels, or "whole" for all of a page (whole)
  scale=2                   pixels of the picture for one of the page (1)
  file=my.noprop.json       the experiment (five classes of points)
  trained=no                do not train and compare before (yes)`;

/** Five classes of two features: every tab has something to show. */
const blobs = {
  version: 1,
  name: 'Blobs',
  schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }],
  data: { id: 'blobs', params: { n: 500, noise: 0.4, centers: 5 } },
  model: { hidden: [32, 32] },
  training: { steps: 600 },
  comparison: { steps: [8, 16, 32] },
};

const wanted = new Map(process.argv.slice(2).map((one) => one.split('=') as [string, string]));
const listOf = (name: string, all: readonly string[]) => wanted.get(name)?.split(',') ?? all;

/** The themes that are asked for; an Error names one that is none. */
function wantedThemes(): Theme[] {
  const asked = listOf('theme', ['light']);
  const unknown = asked.find((one) => !(themes as readonly string[]).includes(one));
  if (unknown !== undefined) throw new Error(`theme must be one of ${themes.join(', ')}: got ${unknown}`);
  return asked as Theme[];
}

/** Trains the model, and compares integrators, so that their tabs have pictures. */
async function train(lab: Page): Promise<void> {
  const patience = { timeout: 120_000 };
  await lab.getByRole('tab', { name: 'Training' }).click();
  await lab.getByRole('button', { name: 'Train model', exact: true }).click();
  await lab.getByTestId('run-state').filter({ hasText: 'done' }).waitFor(patience);
  await lab.getByRole('tab', { name: 'Integrators' }).click();
  await lab.getByRole('button', { name: 'Compare integrators', exact: true }).click();
  await lab.getByTestId('verdict').waitFor(patience);
}

async function take(page: Page, name: string, folder: string): Promise<void> {
  await page.mouse.move(2, 2); // away from what shows a tooltip
  const isWhole = !Number(wanted.get('height') ?? 'whole');
  if (isWhole) {
    // Plots are drawn when they come into sight: all of the page must be in it.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: page.viewportSize()!.width, height });
  }
  await calm(page);
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage: isWhole });
  console.log(path.relative(process.cwd(), file));
}

async function main(): Promise<void> {
  if (wanted.has('help') || wanted.has('--help')) return console.log(help);
  const shades = wantedThemes();
  const folder = path.join(root, 'test/artifacts/pictures');
  mkdirSync(folder, { recursive: true });
  const named = wanted.get('file');
  const name = named ? path.basename(named) : 'blobs.noprop.json';
  const text = named ? readFileSync(path.resolve(process.env.INIT_CWD ?? '.', named), 'utf8') : JSON.stringify(blobs);
  const scale = Number(wanted.get('scale') ?? 1);
  const window = await LabWindow.open({ [name]: text }, { scale });
  try {
    const lab = await window.lab(name);
    const ids = (await lab.getByRole('tab').evaluateAll((all) => all.map(({ id }) => id))).map((id) => id.slice(4));
    const tabs = listOf('tab', [...ids, 'side']);
    if (wanted.get('trained') !== 'no' && tabs.some((id) => /training|integrators|runs/.test(id))) await train(lab);
    const height = Number(wanted.get('height')) || 800;
    for (const id of tabs) {
      const page = id === 'side' ? await window.side() : lab;
      if (id !== 'side') await lab.locator(`#tab-${id}`).click();
      for (const theme of shades) {
        await window.setTheme(theme);
        for (const width of id === 'side' ? ['300'] : listOf('width', ['1232'])) {
          await page.setViewportSize({ width: Number(width), height });
          await take(page, `${id}-${theme}-${width}`, folder);
        }
      }
    }
  } finally {
    await window.close();
    await (await session()).closeAll();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
