import { html, nothing, type TemplateResult } from 'lit';
import type { Store } from '../state/store';
import { icon } from './parts';

/** What is wrong with the document, and why the last action failed; nothing where all is well. */
export function banner(store: Store): TemplateResult | typeof nothing {
  const problems = store.snapshot?.problems ?? [];
  const errors = problems.some(({ severity }) => severity === 'error');
  const failure = store.failure
    ? html`<div class="banner error" role="alert">
        ${icon('error')}
        <p>${store.failure}</p>
        <button type="button" class="link" @click=${() => dismiss(store)}>Dismiss</button>
      </div>`
    : nothing;
  if (!problems.length) return failure;
  return html`${failure}
    <div class="banner ${errors ? 'error' : 'warning'}" role=${errors ? 'alert' : 'status'} data-testid="problems">
      ${icon(errors ? 'error' : 'warning')}
      <ul>
        ${problems.map(
          ({ line, column, message, offset }) =>
            html`<li>
              <span>Line ${line}, column ${column}: ${message}</span>
              <button type="button" class="link" @click=${() => void store.ask('showText', [offset])}>
                Show in text
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
}

function dismiss(store: Store): void {
  store.failure = '';
  store.changed();
}
