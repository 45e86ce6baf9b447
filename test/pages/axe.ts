import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

type Axe = {
  run(
    where: object | string,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
};

/** The rules that pages keep: WCAG 2.2 up to AA, and what axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in a page, or in the part of it that a selector names, in words. */
export async function violations(frame: Frame | Page, part?: string): Promise<string[]> {
  await frame.evaluate(source);
  const { violations: found } = await frame.evaluate(
    ({ rules, where }) => {
      const { axe, document } = globalThis as unknown as { axe: Axe; document: object };
      return axe.run(where ?? document, { runOnly: rules });
    },
    { rules: RULES, where: part },
  );
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
}
