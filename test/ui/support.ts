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
