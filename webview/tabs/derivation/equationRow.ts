import { html, nothing, type TemplateResult } from 'lit';
import { orderText, type DerivationRow } from '../../../src/core/derivation';
import { formatNumber } from '../../../src/core/text/format';
import { icon } from '../../elements/icons';
import { detail, type Copy } from './equationDetail';
import { verdictMark } from './verdictMark';
import { form } from './equationForm';

/** One equation of the column: its number, the printed form, verdict, error and order; open, its check. */
export function equationRow(
  row: DerivationRow,
  copy: Copy,
  open: boolean,
  toggle: (open: boolean) => void,
): TemplateResult {
  const { equation, verdict, printed, corrected } = row;
  const { eq } = equation;
  // A slip of notation is meant as it is corrected: that is what its error is of.
  const meant = verdict === 'notation' ? corrected : printed;
  const asPrinted = meant === printed || !printed ? '' : `As corrected; read to the letter ${formatNumber(printed.error, 2)}`; // prettier-ignore
  const line = html`<span class="eq">${eq === 'prior' ? 'prior' : `(${eq})`}</span>
    <span class="printed ${equation.corrected ? 'twice' : ''}"
      >${equation.printed ? form(equation.printed) : html`<span class="blank">blank in the note</span>`}</span
    >
    ${verdictMark(verdict)}
    <span class="number" data-value="error" title=${asPrinted}>${meant ? formatNumber(meant.error, 2) : '–'}</span>
    <span class="number" data-value="order">${meant?.order === undefined ? '–' : orderText(meant.order)}</span>`;
  return html`<li data-eq=${eq} data-verdict=${verdict}>
    <details .open=${open} @toggle=${({ target }: Event) => toggle((target as HTMLDetailsElement).open)}>
      <summary class="line">${icon(open ? 'chevron-down' : 'chevron-right')} ${line}</summary>
      ${open ? detail(row, copy) : nothing}
    </details>
  </li>`;
}
