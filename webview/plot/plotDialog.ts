import { html, nothing, type TemplateResult } from 'lit';
import { equation } from '../elements/equation';
import { numbersTable } from './numbersTable';
import { iconButton } from '../elements/icons';
import { numbersOf, type PlotExplanation, type PlotSpec } from './spec';

/** The most rows a table shows; copied and saved data have all. */
const ROWS = 500;

/** What the dialog shows of a plot: its numbers, or what it is. */
export type DialogKind = 'table' | 'about';

const element = () => document.querySelector<HTMLDialogElement>('dialog.numbers');

/** Shows the dialog that was drawn last: modal, closed by Escape, and the focus goes back where it was. */
export const showDialog = (): void => element()?.showModal();

/** The dialog of a grid's plots. */
export function plotDialog(
  spec: PlotSpec,
  kind: DialogKind,
  hidden: ReadonlySet<string>,
  close: () => void,
): TemplateResult {
  const title = kind === 'table' ? `${spec.title}: numbers` : spec.title;
  return html`<dialog class="numbers" data-testid="dialog" aria-labelledby="numbers-title" @close=${close}>
    <header>
      <h2 id="numbers-title">${title}</h2>
      ${iconButton('close', 'Close', () => element()?.close())}
    </header>
    ${kind === 'table' ? table(spec, hidden) : html`${explanations(spec.explanations ?? [])}${problem(spec)}`}
  </dialog>`;
}

const table = (spec: PlotSpec, hidden: ReadonlySet<string>): TemplateResult =>
  numbersTable(spec.table?.() ?? numbersOf(spec, hidden), ROWS, spec.table !== undefined);

const problem = (spec: PlotSpec) => (spec.problem ? html`<p class="problem made">${spec.problem}</p>` : nothing);

/** What a plot shows: symbol, equation, its number in the note, and a plain sentence each. */
export const explanations = (rows: readonly PlotExplanation[]): TemplateResult =>
  html`<dl class="about">
    ${rows.map(
      ({ symbol, title, equation: latex, number, sentence }) =>
        html`<dt>${symbol ? html`<b>${symbol}</b> ${title}` : html`<b>${title}</b>`}</dt>
          <dd>
            ${
              latex
                ? html`<div class="formula">
                    ${equation(latex)}${number ? html`<span class="number">eq. ${number}</span>` : nothing}
                  </div>`
                : nothing
            }
            <p>${sentence}</p>
          </dd>`,
    )}
  </dl>`;
