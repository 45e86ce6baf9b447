import { html, nothing, type TemplateResult } from 'lit';
import type { AskHost } from '../state/host';

/** What the bar uses of its page. */
export interface ReadOnlyPage {
  readonly readOnly: boolean;
  readonly ask: AskHost;
}

/** Says that the experiment is that of a run, with the way to one that can be changed; nothing where it is none. */
export const readOnlyBar = (page: ReadOnlyPage): TemplateResult | typeof nothing =>
  page.readOnly
    ? html`<p class="read-only" role="status" data-testid="read-only">
        <span>The experiment of a run, as it was trained. It cannot be changed.</span>
        <button type="button" class="link" @click=${() => void page.ask('copyExperiment', [])}>Edit a copy</button>
      </p>`
    : nothing;
