import { html, type TemplateResult } from 'lit';
import { VERDICT_RULES, type Verdict } from '../../../src/core/derivation';

/** A verdict's icon and word; neither says it by colour alone. */
const MARKS: Readonly<Record<Verdict, { icon: string; word: string }>> = {
  holds: { icon: 'check', word: 'holds' },
  'first order': { icon: 'check-all', word: 'first order' },
  misprint: { icon: 'error', word: 'misprint' },
  notation: { icon: 'edit', word: 'notation' },
  approximation: { icon: 'graph-line', word: 'approximation' },
  fails: { icon: 'circle-slash', word: 'fails' },
  blank: { icon: 'dash', word: 'blank' },
};

/** The mark of a verdict in the margin. */
export function verdictMark(verdict: Verdict, count?: number): TemplateResult {
  const { icon, word } = MARKS[verdict];
  return html`<span class="mark" data-verdict=${verdict} title=${VERDICT_RULES[verdict]}
    ><i class="codicon codicon-${icon}" aria-hidden="true"></i><span>${word}</span>${
      count === undefined ? '' : html`<span class="count">${count}</span>`
    }</span
  >`;
}
