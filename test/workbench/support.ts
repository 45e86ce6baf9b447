import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually } from '../harness/wait';
import type { Workbench } from './workbench';

export { eventually };

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

/**
 * Accepts the name that a file dialog suggests, or gives it another one of the workspace. Where one dialog follows
 * another, say what the second suggests: the first may still be closing.
 */
export async function chooseFile(
  { page, dir }: Workbench,
  choice: string | { suggested?: string } = {},
): Promise<void> {
  const name = typeof choice === 'string' ? choice : undefined;
  const { suggested = '' } = typeof choice === 'string' ? {} : choice;
  const input = page.locator('.quick-input-widget input[type=text]').first();
  const list = page.locator('.quick-input-list');
  const row = list.locator('.monaco-list-row').filter({
    has: page.locator('.label-name').getByText(name ?? '', { exact: true }),
  });
  /** Clicks the row of the name, whatever is above it in a list that draws only the rows in sight. */
  const clickRow = async () => {
    await list.hover({ timeout: 2000 });
    if (!(await row.count())) await page.mouse.wheel(0, -100_000); // an earlier try may have gone past it
    await eventually(
      `the row ${name}`,
      async () => {
        if ((await row.count()) > 0) return true;
        await page.mouse.wheel(0, 150);
        return false;
      },
      5000,
    );
    await row.click({ timeout: 2000 });
  };
  /** What the dialog that is open holds; a picker that was answered before has an input too, but no path in it. */
  const held = async () => ((await input.isVisible()) ? input.inputValue({ timeout: 1000 }) : '');
  const opening = name === undefined ? dir + path.sep : path.sep;
  await eventually('a file dialog is open', async () => {
    const text = await held();
    return text.startsWith(opening) && text.length > opening.length && text.endsWith(suggested);
  });
  // the dialog lists the folder first, and takes no keys while it does
  await eventually('the dialog is answered', async () => {
    if (name !== undefined) await input.fill(dir + path.sep, { timeout: 1000 });
    const before = await held();
    if (name === undefined) await page.keyboard.press('Enter');
    else await clickRow();
    const same = [before, path.join(dir, name ?? '')]; // the name of a row that was chosen shows for a moment
    await eventually('it is closed, or another one is open', async () => !same.includes(await held()), 5000);
    return true;
  });
}

/** Shows the active experiment in the lab, and answers its page. */
export async function openLab(workbench: Workbench): Promise<Frame> {
  await workbench.page.locator('.monaco-editor .view-lines').first().waitFor();
  await workbench.runCommand('NoProp: Open Lab');
  return workbench.frame('body[data-page=lab] .chart');
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
