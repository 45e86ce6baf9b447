import { writeFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench';

/** Waits until something is so; what throws meanwhile counts as not yet. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 15000,
): Promise<void> {
  let last: unknown = 'it was false';
  for (const end = Date.now() + milliseconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50)))
    try {
      if (await holds()) return;
      last = 'it was false';
    } catch (error) {
      last = error;
    }
  throw new Error(`timed out: ${what}: ${String(last)}`);
}

/**
 * Writes a file as another program would, until the page shows it: a watcher of VS Code's may miss a write that comes
 * close upon something else, and a user would save again.
 */
export async function writeUntil(what: string, file: string, text: string, holds: () => boolean | Promise<boolean>) {
  for (let tries = 3; ; tries--) {
    writeFileSync(file, text);
    try {
      return await eventually(what, holds, 6000);
    } catch (error) {
      if (!tries) throw error;
    }
  }
}

/** Accepts the name that a save dialog suggests. */
export async function chooseFile({ page }: Workbench): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor({ state: 'visible' });
  await page.waitForTimeout(300); // the dialog lists the folder before it takes keys
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** Shows the active experiment in the lab, and answers its page. */
export async function openLab(workbench: Workbench): Promise<Frame> {
  await workbench.page.locator('.monaco-editor .view-lines').first().waitFor();
  await workbench.runCommand('NoProp: Open Lab');
  return workbench.frame('body[data-page=lab] .chart');
}

/** The columns of a CSV file of numbers, by their names. */
export function columnsOf(text: string): Map<string, number[]> {
  const [head, ...rows] = text.trimEnd().split('\n');
  const names = [...head!.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  const cells = rows.map((row) => row.split(',').map(Number));
  return new Map(names.map((name, i) => [name, cells.map((row) => row[i]!)]));
}

/**
 * The lab's page after the window was loaded again. VS Code restores the editors of before, and the address opens its
 * file too: as text, on top, where the extension is not known yet. So whatever came out on top is waited for, and the
 * lab is asked for only where it is not that; a page that is made anew meanwhile does not count.
 */
export async function reopenLab(workbench: Workbench, file: string): Promise<Frame> {
  const { page } = workbench;
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: file });
  await page.locator('.activitybar [aria-label="NoProp Lab"]').first().waitFor();
  for (let tries = 0; tries < 10; tries++) {
    const lab = await workbench.frame('body[data-page=lab] [role=tab]', 5000).catch(() => undefined);
    if (lab) {
      await page.waitForTimeout(1500);
      if (!lab.isDetached() && (await lab.locator('[role=tab]').first().isVisible())) return lab;
    } else if (await page.locator('.monaco-editor .view-lines').first().isVisible()) {
      await workbench.runCommand('NoProp: Open Lab');
      if (await choice.first().isVisible()) await choice.first().click();
    }
  }
  throw new Error('the lab did not come back');
}
