// The one browser of a process' page tests; each window of them is a context of its own.
import fs from 'node:fs';
import path from 'node:path';
import { launch } from '../browser.mjs';
import { root } from '../install.mjs';
import { patient } from '../pace.mjs';

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('playwright-core').Page} Page */

const artifacts = path.join(root, 'test/artifacts');

/** @type {ReturnType<typeof launch> | undefined} */
let browser;
/** @type {Set<BrowserContext>} */
const contexts = new Set();

/** A context of the browser, which is started by the first. @param {import('playwright-core').BrowserContextOptions} options */
export async function newContext(options) {
  const context = await (await (browser ??= launch())).newContext(options);
  context.setDefaultTimeout(patient(60_000));
  contexts.add(context);
  context.once('close', () => contexts.delete(context));
  return context;
}

/** Writes a picture of a page to test/artifacts. @param {Page} page @param {string} name */
export async function screenshot(page, name) {
  fs.mkdirSync(artifacts, { recursive: true });
  const file = path.join(artifacts, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Pictures of all open pages, for a test that failed. @param {string} title */
export async function capture(title) {
  const name = `failed-${title.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}`;
  const pages = [...contexts].flatMap((context) => context.pages());
  for (const [i, page] of pages.entries()) await screenshot(page, i ? `${name}-${i + 1}` : name).catch(console.warn);
}

/** Stops the browser. */
export async function closeAll() {
  const started = await browser?.catch(() => undefined); // what failed to start has been reported by its test
  browser = undefined;
  await started?.close();
}
