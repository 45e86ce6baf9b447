import { html, nothing, type TemplateResult } from 'lit';
import { numbersTable } from '../controls/numbersTable';
import { iconButton } from '../controls/parts';
import { equation } from '../controls/equation';
import { numbersOf, type Card } from './card';

/** The most rows a table shows; copied and saved data have all. */
const ROWS = 500;

/** What the dialog of a tab's pictures shows, and of which picture. */
export interface Shown {
  readonly id: string;
  readonly kind: 'table' | 'about';
}

/** The dialog of a tab's pictures: modal, closed by Escape. */
export function sheet(card: Card, kind: Shown['kind'], close: () => void): TemplateResult {
  const hide = () => document.querySelector<HTMLDialogElement>('dialog.numbers')?.close();
  return html`<dialog class="numbers" aria-labelledby="numbers-title" @close=${close}>
    <header>
      <h2 id="numbers-title">${card.title}${kind === 'table' ? ': numbers' : ''}</h2>
      ${iconButton('close', 'Close', hide)}
    </header>
    ${kind === 'table' ? numbersTable(numbersOf(card), ROWS) : explained(card)}
  </dialog>`;
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
