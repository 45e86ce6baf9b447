import type { Page } from 'playwright-core';

/** Waits until a page has drawn what it was given: nothing is being computed, fonts are there, two frames have passed. */
export async function calm(page: Page): Promise<void> {
  await page.locator('.progress.on').first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
