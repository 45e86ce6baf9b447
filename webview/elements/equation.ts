import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import mathml from 'virtual:equations';

/** LaTeX as MathML, of those that were typeset when the page was bundled; the LaTeX itself where it was not. */
export function typeset(made: Readonly<Record<string, string>>, latex: string): TemplateResult {
  const markup = made[latex];
  // Safe: the markup was made from our own registries when the page was bundled.
  return markup
    ? html`<span class="equation">${unsafeHTML(markup)}</span>`
    : html`<code class="equation">${latex}</code>`;
}

/** An equation of the registries. */
export const equation = (latex: string): TemplateResult => typeset(mathml, latex);
