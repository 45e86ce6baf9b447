// One server and one browser for all UI tests of a process; each test opens its own workspace and page.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { profileSettings, writeSettings } from './profile.mjs';
import { installVsix, provision } from './server.mjs';
import { keepLog, openSession, sessionProfile } from './vscodeSession.mjs';
import { openWorkbench, runCommand, setTheme, webviewFrame } from './workbench.mjs';

/** @typedef {import('./profile.mjs').Theme} Theme */
/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Options
 * @property {Theme} [theme]
 * @property {boolean} [trust] take the folder as trusted (default: it is not)
 * @property {Record<string, unknown>} [settings]
 * @property {string} [openFile] a file of the workspace to open
 * @property {string} [ready] what to wait for in the workbench
 * @property {string} [devPath] another extension to develop than the one under test
 * @property {{ width: number, height: number }} [viewport]
 */

const artifacts = path.join(root, 'test/artifacts');
const { NOPROP_WORKBENCH_DEV_PATH: devPath, NOPROP_WORKBENCH_VSIX: vsix } = process.env;

/** @returns {Promise<import('./vscodeSession.mjs').Session>} */
async function start() {
  const profile = sessionProfile();
  if (vsix && !process.env.NOPROP_SESSION) installVsix(provision(), profile, vsix);
  return openSession(profile);
}

/** @type {ReturnType<typeof start> | undefined} */
let session;
let opened = 0;
/** @type {Set<Page>} */
const pages = new Set();

/**
 * Opens a workbench on a new folder with these files.
 * @param {Record<string, string>} files path in the workspace -> text
 * @param {Options} [options]
 */
export async function open(files, options = {}) {
  const { profile, server, browser } = await (session ??= start());
  const dir = path.join(profile.root, `workspace-${process.pid}-${++opened}`);
  fs.mkdirSync(dir);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
  }
  writeSettings(profile, profileSettings(options));
  const page = await openWorkbench(browser, server, {
    workspace: dir,
    devPath: options.devPath ?? (devPath || undefined),
    openFile: options.openFile && path.join(dir, options.openFile),
    ...(options.ready && { ready: options.ready }),
    ...(options.viewport && { viewport: options.viewport }),
  });
  pages.add(page);
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', (error) => void errors.push(String(error)));
  return {
    page,
    dir,
    errors,
    runCommand: (/** @type {string} */ title) => runCommand(page, title),
    /** @param {string} selector @param {number} [timeout] */
    frame: (selector, timeout) => webviewFrame(page, selector, timeout),
    screenshot: (/** @type {string} */ name) => screenshot(page, name),
    setTheme: (/** @type {Theme} */ theme) => setTheme(page, theme),
    close: async () => {
      pages.delete(page);
      await page.context().close();
    },
  };
}

/** @param {Page} page @param {string} name */
async function screenshot(page, name) {
  fs.mkdirSync(artifacts, { recursive: true });
  const file = path.join(artifacts, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Pictures of all open pages, for a test that failed. @param {string} title */
export async function capture(title) {
  const name = `failed-${title.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}`;
  let n = 0;
  for (const page of pages) await screenshot(page, n++ ? `${name}-${n}` : name).catch(console.warn);
}

/** Stops the browser and the server. */
export async function closeAll() {
  if (!session) return;
  const started = await session.catch(() => undefined); // what failed to start has been reported by its test
  session = undefined;
  if (!started) return;
  await started.close();
  if (process.env.NOPROP_SESSION) return; // the run ends it
  keepLog(started.profile, 'workbench');
  started.profile.remove();
}
