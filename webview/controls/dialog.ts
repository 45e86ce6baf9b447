import { html, nothing, type TemplateResult } from 'lit';
import { quantityByKey } from '../../src/core/schedules/quantities';
import type { Model } from '../charts/model';
import { numbersOf } from '../charts/numbers';
import type { ChartRow } from '../charts/registry';
import { equation } from './equation';
import { numbersTable } from './numbersTable';
import { iconButton } from './parts';

/** Rows of the table: steps of 0.02 in t. */
const ROWS = 51;

/** What the page's one dialog shows. */
export interface Shown {
  readonly kind: 'table' | 'about';
  readonly row: ChartRow;
}

/** The page's dialog: modal, closed by Escape, and the focus goes back where it was. */
export function dialog(shown: Shown | undefined, model: Model | undefined, close: () => void): TemplateResult {
  const title = shown && (shown.kind === 'table' ? `${shown.row.title}: numbers` : shown.row.title);
  return html`<dialog aria-labelledby="dialog-title" @close=${close} data-testid="dialog">
    <header>
      <h2 id="dialog-title">${title}</h2>
      ${iconButton('close', 'Close', () => document.querySelector('dialog')?.close())}
    </header>
    ${shown && model ? (shown.kind === 'table' ? numbersTable(numbersOf(shown.row, model, ROWS), ROWS, true) : about(shown.row)) : nothing}
  </dialog>`;
}

/** What each series of a chart is: symbol, equation, its number in the note, and a plain sentence. */
export function about({ series }: ChartRow): TemplateResult {
  return html`<dl class="about">
    ${series.map(({ symbol, title, quantity }) => {
      const row = quantity && quantityByKey[quantity];
      return html`<dt><b>${symbol}</b> ${title}</dt>
        <dd>
          ${
            row
              ? html`<div class="formula">${equation(row.equation)}<span class="number">eq. ${row.number}</span></div>
                  <p>${row.sentence}</p>`
              : html`<p>The scale of the data in z: the path of the target u, which the attractor leads.</p>`
          }
        </dd>`;
    })}
  </dl>`;
}
