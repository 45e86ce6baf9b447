import type { Page } from 'playwright-core';

/** Waits until something is so; what throws meanwhile counts as not yet. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 15000,
): Promise<void> {
  let last: unknown = 'it was false';
  for (const end = Date.now() + milliseconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20)))
    try {
      if (await holds()) return;
      last = 'it was false';
    } catch (error) {
      last = error;
    }
  throw new Error(`timed out: ${what}: ${String(last)}`);
}

/** Waits until a page has drawn what it was given: nothing is being computed, fonts are there, two frames have passed. */
export async function calm(page: Page): Promise<void> {
  await page.locator('.progress.on').first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
