// What a person does at a window of VS Code: moves and clicks of a mouse, keys, and looking until something is there.
import fs from 'node:fs';
import path from 'node:path';
import { calm } from '../calm.mjs';
import { patient } from '../pace.mjs';
import { webviewFrame } from '../workbench.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {{ what: string, clicks: number, keys: number, seconds: number }} Step */

/** How long a person waits for what a step is for, in milliseconds. */
const PATIENCE = patient(60_000);

/** How long a hand takes to a place that is looked at, in milliseconds. */
const HAND = 400;

/** Counts clicks, keys and seconds of a story, step by step, and takes a picture after each. */
export class Person {
  /** @type {Step[]} */
  steps = [];
  /** @type {Step} */
  #step = { what: '', clicks: 0, keys: 0, seconds: 0 };

  /**
   * @param {Page} page a window of VS Code
   * @param {string} workspace the folder that is open in it
   * @param {string} pictures where pictures go
   */
  constructor(page, workspace, pictures) {
    this.page = page;
    this.workspace = workspace;
    this.pictures = pictures;
  }

  /** One step of a story: what it is for, and what is done. @param {string} what @param {() => Promise<void>} act */
  async step(what, act) {
    this.#step = { what, clicks: 0, keys: 0, seconds: 0 };
    this.steps.push(this.#step);
    const since = Date.now();
    const name = `${String(this.steps.length).padStart(2, '0')}-${what.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    try {
      await act();
    } catch (error) {
      await this.#picture(`${name}-failed`);
      throw new Error(`${what}: ${error instanceof Error ? error.message : error}`);
    }
    this.#step.seconds = (Date.now() - since) / 1000;
    await this.#picture(name);
  }

  /** @param {string} name */
  async #picture(name) {
    fs.mkdirSync(this.pictures, { recursive: true });
    await this.page.mouse.move(640, 2); // away from what shows a tooltip
    await this.page.screenshot({ path: path.join(this.pictures, `${name}.png`) });
  }

  /** Clicks what is in sight. @param {Locator} target */
  async click(target) {
    await target.waitFor({ timeout: PATIENCE });
    await this.page.waitForTimeout(HAND);
    await target.click({ timeout: PATIENCE });
    this.#step.clicks++;
  }

  /** Opens a list of the page and clicks one of its rows. @param {Locator} list @param {{ label: string } | { index: number } | string} row */
  async choose(list, row) {
    await list.selectOption(row, { timeout: PATIENCE });
    this.#step.clicks += 2;
  }

  /** Drags something sideways by pixels. @param {Locator} target @param {number} from share of its width @param {number} to */
  async drag(target, from, to) {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (!box) throw new Error('nothing to drag is in sight');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * from, y);
    await this.page.mouse.down();
    for (let i = 1; i <= 12; i++) await this.page.mouse.move(box.x + box.width * (from + ((to - from) * i) / 12), y);
    await this.page.mouse.up();
    this.#step.clicks++;
  }

  /** Presses a key. @param {string} key */
  async press(key) {
    await this.page.keyboard.press(key);
    this.#step.keys++;
  }

  /** Types a text. @param {string} text */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 15 });
    this.#step.keys += text.length;
  }

  /** Looks until something is so. @param {string} what @param {() => Promise<boolean> | boolean} holds @param {number} [most] milliseconds */
  async see(what, holds, most = PATIENCE) {
    for (const end = Date.now() + most; Date.now() < end; await this.page.waitForTimeout(50)) {
      try {
        if (await holds()) return;
      } catch {
        // not there yet
      }
    }
    throw new Error(`not seen: ${what}`);
  }

  /** The lab's page that is in front, once it has drawn what a selector names. @param {string} [selector] */
  async lab(selector = '#panel canvas') {
    const frame = await webviewFrame(this.page, `body[data-page=lab] ${selector}`, 60_000);
    await calm(frame);
    return frame;
  }

  /** The first two steps of a story on a sample: its page, with what a selector names. @param {string} about @param {string} sample @param {string} selector */
  async openSample(about, sample, selector) {
    /** @type {Frame | undefined} */
    let lab;
    await this.step('Open NoProp Lab', async () => {
      await this.click(this.page.locator('.activitybar [aria-label="NoProp Lab"]').first());
      await this.see('the welcome', () => this.link('Open Sample').isVisible());
    });
    await this.step(`Open the sample of ${about}`, async () => {
      await this.click(this.link('Open Sample'));
      await this.click(this.row(sample));
      lab = await this.lab(selector);
    });
    return /** @type {Frame} */ (lab);
  }

  /** A row of a list that VS Code has open. @param {string} text */
  row(text) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** A button or a link of VS Code's own views. @param {string} text */
  link(text) {
    return this.page.locator('.monaco-button, .button-link, a', { hasText: text }).locator('visible=true').first();
  }

  /** Accepts the name that the dialog of files suggests, and looks until the file is there. @param {RegExp} name */
  async acceptFile(name) {
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    await this.see('a dialog of files', async () => name.test(await input.inputValue({ timeout: 500 })));
    const file = await input.inputValue();
    await this.page.waitForTimeout(300); // the dialog lists the folder first, and takes no keys while it does
    for (let tries = 0; !fs.existsSync(file); tries++) {
      if (tries > 20) throw new Error(`${file} was not written`);
      await this.page.keyboard.press('Enter');
      await this.page.waitForTimeout(500);
    }
    this.#step.keys++;
    return file;
  }
}

/** The steps of a story as a table, with their sums. @param {string} title @param {readonly Step[]} steps */
export function tableOf(title, steps) {
  const width = Math.max(...steps.map(({ what }) => what.length), title.length);
  const line = (/** @type {string} */ what, /** @type {(string | number)[]} */ ...cells) =>
    [what.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join('');
  const sum = (/** @type {'clicks' | 'keys' | 'seconds'} */ key) => steps.reduce((all, step) => all + step[key], 0);
  return [
    line(title, 'clicks', 'keys', 'seconds'),
    ...steps.map(({ what, clicks, keys, seconds }) => line(what, clicks, keys, seconds.toFixed(1))),
    line('in all', sum('clicks'), sum('keys'), sum('seconds').toFixed(1)),
  ].join('\n');
}
