import { html, type TemplateResult } from 'lit';

/** A codicon, hidden from screen readers. */
export const icon = (name: string): TemplateResult => html`<i class="codicon codicon-${name}" aria-hidden="true"></i>`;

/** A button that shows only an icon, with its name. */
export const iconButton = (
  name: string,
  label: string,
  act: (event: Event) => void,
  disabled = false,
): TemplateResult =>
  html`<button type="button" class="icon-button" title=${label} aria-label=${label} ?disabled=${disabled} @click=${act}>
    ${icon(name)}
  </button>`;
