import { html, nothing, type TemplateResult } from 'lit';
import type { Snapshot } from '../../src/protocol/hostCalls';
import type { AskHost } from '../state/host';
import { icon } from '../elements/icons';

/** What the banner uses of its page. */
export interface BannerPage {
  readonly snapshot: Snapshot | undefined;
  readonly failure: string;
  readonly ask: AskHost;
  dismiss(): void;
}

/**
 * What is wrong with the document, and why the last action failed; nothing where all is well. It stands at the lower edge of
 * the page, behind all else, so that nothing moves under the pointer when it comes and goes.
 */
export function banner(page: BannerPage): TemplateResult | typeof nothing {
  const problems = page.snapshot?.problems ?? [];
  const errors = problems.some(({ severity }) => severity === 'error');
  const failure = page.failure
    ? html`<div class="banner error" role="alert">
        ${icon('error')}
        <p>${page.failure}</p>
        <button type="button" class="link" @click=${() => page.dismiss()}>Dismiss</button>
      </div>`
    : nothing;
  if (!problems.length && failure === nothing) return nothing;
  if (!problems.length) return html`<div class="banners">${failure}</div>`;
  return html`<div class="banners">
    ${failure}
    <div class="banner ${errors ? 'error' : 'warning'}" role=${errors ? 'alert' : 'status'} data-testid="problems">
      ${icon(errors ? 'error' : 'warning')}
      <ul>
        ${problems.map(
          ({ line, column, message, offset }) =>
            html`<li>
              <span>Line ${line}, column ${column}: ${message}</span>
              <button type="button" class="link" @click=${() => void page.ask('showText', [offset])}>
                Show in text
              </button>
            </li>`,
        )}
      </ul>
    </div>
  </div>`;
}
