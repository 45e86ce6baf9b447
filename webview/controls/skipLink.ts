import { html, type TemplateResult } from 'lit';

/** Where a tab's main part begins: what it is called, and its selector. */
export interface SkipTarget {
  readonly words: string;
  readonly place: string;
}

/** Where most tabs lead past their settings. */
export const CHARTS: SkipTarget = { words: 'charts', place: '.plot' };

const FOCUSABLE = 'a[href], button:enabled, input:enabled, select:enabled, summary, [tabindex="0"]';

/** A link, seen while it has the focus, that leads the keyboard past header and settings. */
export function skipLink({ words, place }: SkipTarget): TemplateResult {
  const skip = (event: Event) => {
    // VS Code would scroll to the address, and leave the focus where it is
    event.preventDefault();
    event.stopPropagation();
    const main = document.querySelector('#panel .main');
    const target = main?.querySelector<HTMLElement>(place) ?? main?.querySelector<HTMLElement>(FOCUSABLE);
    target?.focus();
  };
  return html`<a class="skip" href="#panel" @click=${skip}>Skip to ${words}</a>`;
}
