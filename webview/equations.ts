import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import mathml from 'virtual:equations';

/** An equation of the registries as MathML; its LaTeX where the bundle has none. */
export function equation(latex: string): TemplateResult {
  const markup = mathml[latex];
  // Safe: the markup was made from our own registries when the page was bundled.
  return markup
    ? html`<span class="equation">${unsafeHTML(markup)}</span>`
    : html`<code class="equation">${latex}</code>`;
}
