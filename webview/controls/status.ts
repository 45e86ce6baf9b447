import { html, nothing, type TemplateResult } from 'lit';
import { experimentSchema } from '../../src/core/experiment/experiment';
import { parseNumber } from '../state/drafts';
import type { Store } from '../state/store';

/** The document's name and whether it is saved. */
export function fileStatus({ snapshot }: Store): TemplateResult | typeof nothing {
  if (!snapshot) return nothing;
  const { file, status } = snapshot;
  return html`<span class="file" title=${file}>${file}</span>
    <span class="status ${status}" data-testid="status">${status}</span>`;
}

/** The field of the window of log-SNR, which says below itself what it does not take. */
export class WindowField {
  private message = '';

  constructor(private readonly store: Store) {}

  render(): TemplateResult {
    const limit = this.store.experiment?.window.logSnr;
    return html`<span class="window">
      <label for="window" title="All that is computed stays inside this window; charts shade what is outside"
        >window |γ| ≤</label
      >
      <input
        id="window"
        class="number"
        inputmode="decimal"
        autocomplete="off"
        .value=${limit === undefined ? '' : String(limit)}
        ?disabled=${this.store.blocked}
        aria-invalid=${this.message ? 'true' : 'false'}
        aria-describedby="window-error"
        @change=${this.commit}
        @keydown=${this.restore}
      />
      <span id="window-error" class="error-text" role="alert" ?hidden=${!this.message}>${this.message}</span>
    </span>`;
  }

  private readonly restore = ({ key, target }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    this.message = '';
    (target as HTMLInputElement).value = String(this.store.experiment?.window.logSnr ?? '');
    this.store.changed();
  };

  private readonly commit = ({ target }: Event) => {
    const { value: text } = target as HTMLInputElement;
    const logSnr = parseNumber(text);
    const result = experimentSchema.shape.window.safeParse({ logSnr: Number.isNaN(logSnr) ? text : logSnr });
    this.message = result.success ? '' : (result.error.issues[0]?.message ?? '').replace('logSnr', '|γ|');
    if (result.success) this.store.edit({ path: ['window', 'logSnr'], value: logSnr });
    else this.store.changed();
  };
}
