// Opens the workbench in a browser, drives it, reaches into webviews, and runs a suite in its extension host.
import { format } from 'node:util';
import { patient } from './pace.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {{ authority: string }} Address */
/** @typedef {{ workspace: string, devPath?: string | undefined, testsPath?: string, openFile?: string | undefined }} Wanted */

// Where spdlog and the watchdog could not be compiled, and the extension gallery, which is cut off: expected.
const noise = /Could not locate the bindings file|build\/Release\/watchdog|open-vsx\.org/;

/** @param {Address} server @param {string} file */
const remote = ({ authority }, file) => `vscode-remote://${authority}${file}`;

/**
 * The address of a workbench.
 * @param {Address} server
 * @param {Wanted} wanted the folder, the extension to develop (else the installed ones run), the suite to run in the
 *   extension host, a file to open
 */
export function workbenchUrl(server, { workspace, devPath, testsPath, openFile }) {
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('folder', workspace);
  /** @type {[string, string][]} */
  const payload = [];
  if (devPath) payload.push(['extensionDevelopmentPath', remote(server, devPath)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(server, testsPath)]);
  if (openFile) payload.push(['openFile', remote(server, openFile)]);
  if (payload.length) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * A page with its own storage, so with a fresh workbench state. Requests that would leave this machine are cut off.
 * @param {Browser} browser
 * @param {Address} server
 * @param {{ width: number, height: number }} [viewport]
 */
export async function newPage(browser, { authority }, viewport = { width: 1280, height: 800 }) {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(patient(60_000));
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && url.host !== authority,
    (route) => route.abort(),
  );
  return context.newPage();
}

/**
 * Runs the suite at `testsPath` in the extension host.
 * @param {Browser} browser
 * @param {Address} server
 * @param {Wanted & { timeout?: number, onLog?: (type: string, line: string) => void }} options
 * @returns {Promise<number>} the exit code
 */
export async function runInHost(browser, server, { timeout = patient(300_000), onLog, ...wanted }) {
  const page = await newPage(browser, server);
  /** @type {string[]} */
  const log = [];
  let isOver = false; // what the workbench logs while it shuts down says nothing
  try {
    const exited = new Promise((resolve) => {
      const exit = (/** @type {number} */ code) => {
        isOver = true;
        resolve(code);
      };
      void page.exposeFunction('codeAutomationExit', exit);
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      if (isOver || noise.test(line)) return;
      log.push(line);
      onLog?.(type, line);
    });
    await page.goto(workbenchUrl(server, wanted));
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      const tail = () => log.slice(-25).map((line) => line.slice(0, 400));
      const give = () => reject(new Error(`the suite did not end within ${timeout} ms; last:\n${tail().join('\n')}`));
      timer = setTimeout(give, timeout);
    });
    return await Promise.race([exited, late]).finally(() => clearTimeout(timer));
  } finally {
    await page.context().close();
  }
}

/**
 * Opens a workbench and waits until `ready` (something the extension contributes) shows.
 * @param {Browser} browser
 * @param {Address} server
 * @param {Wanted & { ready?: string, viewport?: { width: number, height: number } }} options
 */
export async function openWorkbench(browser, server, { ready = '.part.statusbar', viewport, ...wanted }) {
  const page = await newPage(browser, server, viewport);
  await page.goto(workbenchUrl(server, wanted));
  await page.locator('.monaco-workbench').locator(ready).first().waitFor();
  return page;
}

/**
 * Picks a row of the quick input that `title` names. What the input lists may change between two looks at it, so each
 * step waits for a short time only: whoever calls tries again.
 * @param {Page} page
 * @param {string} text what to type @param {string} title
 */
async function pick(page, text, title) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor({ state: 'visible', timeout: patient(3000) });
  await input.fill(text, { timeout: patient(1500) });
  await row.click({ timeout: patient(1500) });
}

/** Does something again until it goes well, from a closed quick input on. @param {Page} page @param {() => Promise<void>} step */
async function retried(page, step) {
  for (let tries = 0; ; tries++) {
    try {
      return await step();
    } catch (error) {
      if (tries >= 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Runs a command by its title in the palette. @param {Page} page @param {string} title */
export async function runCommand(page, title) {
  await page.mouse.move(0, 0); // a row under the mouse shows a tooltip, which would cover the next ones
  await retried(page, async () => {
    await page.keyboard.press('F1'); // early key presses are lost while the workbench restores
    await pick(page, '>' + title, title);
  });
}

/**
 * The inner document of the webview that holds `selector` (iframe.webview > iframe#active-frame).
 * @param {Page} page @param {string} selector @param {number} [timeout]
 * @returns {Promise<Frame>}
 */
export async function webviewFrame(page, selector, timeout = 20_000) {
  for (const since = Date.now(); Date.now() - since < patient(timeout); await page.waitForTimeout(50)) {
    for (const frame of page.frames()) {
      if (!frame.parentFrame()?.parentFrame()) continue;
      try {
        // The frame's name stays 'pending-frame'; its element's id becomes 'active-frame' once it has loaded.
        const id = await (await frame.frameElement()).getAttribute('id');
        if (id === 'active-frame' && (await frame.locator(selector).count())) return frame;
      } catch {
        // the frame went away meanwhile
      }
    }
  }
  const seen = page.frames().map((frame) => `${frame.name()} ${frame.url().slice(0, 80)}`);
  throw new Error(`no webview with ${selector} within ${timeout} ms; frames: ${seen.join(' | ')}`);
}

// How the picker names each theme, and the class it puts on the workbench.
const themes = {
  'Default Light Modern': { label: 'Light Modern', className: 'vs' },
  'Default Dark Modern': { label: 'Dark Modern', className: 'vs-dark' },
  'Default High Contrast': { label: 'Dark High Contrast', className: 'hc-black' },
  'Default High Contrast Light': { label: 'Light High Contrast', className: 'hc-light' },
};

/** Changes the theme as a user does, and waits until it shows. @param {Page} page @param {keyof typeof themes} theme */
export async function setTheme(page, theme) {
  const { label, className } = themes[theme];
  await retried(page, async () => {
    await runCommand(page, 'Preferences: Color Theme');
    await pick(page, label, label);
  });
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  await page.locator(`.monaco-workbench.${className}`).first().waitFor();
}
