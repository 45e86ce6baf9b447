import { html, nothing, type TemplateResult } from 'lit';

/** Width in pixels under which the rail is folded. */
const NARROW = 760;

/** What a rail uses of its page. */
export interface PanelPage {
  /** Whether the text cannot be read at present. */
  readonly blocked: boolean;
  /** Whether the experiment is that of a run, which stays as it was. */
  readonly readOnly: boolean;
}

/**
 * The rail of a tab: what it asks for, and its one action, which stays in reach where the rail is folded. Nothing can be
 * edited while the document is `blocked`.
 */
export const panel = (
  { blocked, readOnly }: PanelPage,
  name: string,
  fields: unknown,
  action: unknown,
): TemplateResult =>
  html`<aside class="rail" aria-label=${`${name} settings`}>
    <details ?open=${innerWidth >= NARROW}>
      <summary>${name} settings</summary>
      <fieldset ?disabled=${blocked || readOnly}>
        <div class="entries">${fields}</div>
      </fieldset>
    </details>
    ${action === nothing ? nothing : html`<fieldset class="actions" ?disabled=${blocked}>${action}</fieldset>`}
  </aside>`;
