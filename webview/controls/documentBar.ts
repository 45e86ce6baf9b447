import { html, type TemplateResult } from 'lit';
import type { Snapshot } from '../../src/protocol/hostCalls';
import type { Editing } from '../state/editing';
import { restoreOnEscape } from './textField';

/** The document's name and whether it is saved. */
export const fileStatus = ({ file, status }: Snapshot): TemplateResult =>
  html`<span class="file" title=${file}>${file}</span>
    <span class="status ${status}" data-testid="status">${status}</span>`;

const WINDOW = ['window', 'logSnr'];

/** The field of the window of log-SNR, which says below itself what it does not take. */
export function windowField(editing: Editing, blocked: boolean): TemplateResult {
  const message = editing.at(WINDOW)?.message?.replace('logSnr', '|γ|');
  return html`<span class="window">
    <label for="window" title="All that is computed stays inside this window; charts shade what is outside"
      >window |γ| ≤</label
    >
    <input
      id="window"
      class="number"
      inputmode="decimal"
      autocomplete="off"
      .value=${editing.textAt(WINDOW)}
      ?disabled=${blocked}
      aria-invalid=${message ? 'true' : 'false'}
      aria-describedby="window-error"
      @change=${({ target }: Event) => editing.commit(WINDOW, (target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => restoreOnEscape(editing, WINDOW, event)}
    />
    <span id="window-error" class="error-text" role="alert" ?hidden=${!message}>${message ?? ''}</span>
  </span>`;
}
