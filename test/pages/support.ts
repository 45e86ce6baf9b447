import type { Page } from 'playwright-core';
import { session } from '../harness/pages/window';

export { calm } from '../harness/calm.mjs';
export { eventually } from '../harness/wait';
export { themes, type Theme } from '../harness/pages/themes';
export { LabWindow, narrow, root, wide } from '../harness/pages/window';

afterEach('keep a picture of a failure', async function () {
  if (this.currentTest?.state === 'failed') await (await session()).capture(this.currentTest.fullTitle());
});

after('stop the browser', async () => (await session()).closeAll());

/** The columns of a CSV file of numbers, by their names. */
export function columnsOf(text: string): Map<string, number[]> {
  const [head, ...rows] = text.trimEnd().split('\n');
  const names = [...head!.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  const cells = rows.map((row) => row.split(',').map(Number));
  return new Map(names.map((name, i) => [name, cells.map((row) => row[i]!)]));
}

/** The values at the cursor whose text reaches beyond its plot or into the next column, or is cut off. */
export const cutReadings = (page: Page): Promise<string[]> =>
  page.locator('.readout li').evaluateAll((all) =>
    all
      .filter((one) => {
        const range = document.createRange();
        range.selectNodeContents(one.querySelector('.text')!);
        const { right } = range.getBoundingClientRect();
        const next = one.nextElementSibling?.getBoundingClientRect();
        const edge = one.closest('.chart')!.getBoundingClientRect().right;
        const meets = next?.top === one.getBoundingClientRect().top && right > next.left + 1;
        return right > edge + 1 || meets || getComputedStyle(one).overflow !== 'visible';
      })
      .map((one) => one.textContent ?? ''),
  );
