import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../src/core/format';
import { iconButton } from '../controls/parts';
import { equation } from '../equations';
import { numbersOf, type Card } from './card';

/** The most rows a table shows; copied and saved data have all. */
const ROWS = 500;

/** What the dialog of a tab's pictures shows, and of which picture. */
export interface Shown {
  readonly id: string;
  readonly kind: 'table' | 'about';
}

/** The dialog of a tab's pictures: modal, closed by Escape. */
export function sheet(card: Card | undefined, kind: Shown['kind'], close: () => void): TemplateResult {
  const hide = () => document.querySelector<HTMLDialogElement>('dialog.numbers')?.close();
  return html`<dialog class="numbers" aria-labelledby="numbers-title" @close=${close}>
    <header>
      <h2 id="numbers-title">${card?.title}${kind === 'table' ? ': numbers' : ''}</h2>
      ${iconButton('close', 'Close', hide)}
    </header>
    ${card ? (kind === 'table' ? table(card) : explained(card)) : nothing}
  </dialog>`;
}

function table(card: Card): TemplateResult {
  const { names, columns } = numbersOf(card);
  const rows = Math.min(columns[0]?.length ?? 0, ROWS);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of numbers">
    <table>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length: rows },
          (_, i) =>
            html`<tr>
              ${columns.map((column) => html`<td>${formatNumber(column[i]!)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const explained = ({ explanations = [], problem }: Card): TemplateResult =>
  html`<dl class="about">
      ${explanations.map(
        ({ title, sentence, equation: latex, number }) =>
          html`<dt><b>${title}</b></dt>
            <dd>
              <div class="formula">
                ${equation(latex)}${number ? html`<span class="number">eq. ${number}</span>` : nothing}
              </div>
              <p>${sentence}</p>
            </dd>`,
      )}
    </dl>
    ${problem ? html`<p class="problem made">${problem}</p>` : nothing}`;
