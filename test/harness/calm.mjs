/**
 * Waits until a page has drawn what it was given: nothing is being computed, fonts are there, two frames have passed.
 * @param {import('playwright-core').Page | import('playwright-core').Frame} page
 */
export async function calm(page) {
  await page.locator('.progress.on').first().waitFor({ state: 'detached' });
  await page.locator('[data-testid=reading-data]').waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
