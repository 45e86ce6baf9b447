import { html, type TemplateResult } from 'lit';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { spokenMessage } from '../../src/core/experiment/fieldWords';
import type { Snapshot } from '../../src/protocol/hostCalls';
import type { Editing } from '../state/editing';
import { restoreOnEscape } from './textField';

const HINTS: Record<Snapshot['status'], string> = {
  saved: 'The file has all that this page shows',
  unsaved: 'Not all that this page shows is in the file yet. Saving takes along what is typed',
  untitled: 'This experiment has no file yet',
  'read-only': 'The experiment of a run stays as it was trained',
};

/** The document's name and whether it is saved. */
export const fileStatus = (file: string, status: Snapshot['status']): TemplateResult =>
  html`<span class="file" title=${file}>${file}</span>
    <span class="status ${status}" data-testid="status" title=${HINTS[status]}>${status}</span>`;

const WINDOW = ['window', 'logSnr'];

/** The field of the window of log-SNR, which says below itself what it does not take. */
export function windowField(editing: Editing, blocked: boolean): TemplateResult {
  const refused = editing.at(WINDOW)?.message;
  const field = fieldAt(WINDOW);
  const message = refused && field && spokenMessage(field, refused);
  return html`<span class="window">
    <label for="window" title="All that is computed stays inside this window; charts shade what is outside"
      >Window, |γ| ≤</label
    >
    <input
      id="window"
      class="number"
      inputmode="decimal"
      autocomplete="off"
      .value=${editing.textAt(WINDOW)}
      ?disabled=${blocked}
      @input=${({ target }: Event) => editing.type(WINDOW, (target as HTMLInputElement).value)}
      aria-invalid=${message ? 'true' : 'false'}
      aria-describedby="window-error"
      @change=${({ target }: Event) => editing.commit(WINDOW, (target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => restoreOnEscape(editing, WINDOW, event)}
    />
    <span id="window-error" class="error-text" role="alert" ?hidden=${!message}>${message ?? ''}</span>
  </span>`;
}
