import { html, nothing, type TemplateResult } from 'lit';
import {
  orderText,
  plainLatex,
  sentenceOf,
  VERDICT_RULES,
  type DerivationRow,
  type Measure,
} from '../../../src/core/derivation';
import { formatNumber } from '../../../src/core/text/format';
import { form } from './equationForm';

/** Every third halving of dt is shown. */
const SHOWN = 3;

const short = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value, 2));

/** Puts text on the clipboard. */
export type Copy = (text: string) => void;

/** What an equation says, what was computed against what, and the numbers. */
export function detail(row: DerivationRow, copy: Copy): TemplateResult {
  const { equation, verdict, printed, corrected } = row;
  const { check, eq, corrected: both } = equation;
  return html`<div class="detail">
    ${both ? forms(copy, eq, equation.printed, both) : nothing}
    <p class="says">${equation.says}</p>
    ${
      check && printed
        ? html`<p>${sentenceOf(row)}</p>
            <dl class="method">
              ${
                check.reading
                  ? html`<dt>Read literally</dt>
                      <dd>${sentence(check.reading)}</dd>`
                  : nothing
              }
              <dt>Computed against</dt>
              <dd>${sentence(check.against)}</dd>
              <dt>Verdict</dt>
              <dd>${VERDICT_RULES[verdict]}</dd>
            </dl>
            <div class="tables">
              ${parts(check.parts, printed, corrected)} ${ladder(printed, corrected)} ${limits(row)}
            </div>`
        : nothing
    }
    ${equation.printed && !both ? html`<p>${copyButton(copy, equation.printed, `eq. ${eq}`)}</p>` : nothing}
  </div>`;
}

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

const copyButton = (copy: Copy, latex: string, what: string) =>
  html`<button type="button" class="link" aria-label=${`Copy LaTeX of ${what}`} @click=${() => copy(plainLatex(latex))}>
    Copy LaTeX
  </button>`;

/** The printed form and the corrected one, side by side. */
const forms = (copy: Copy, eq: string, printed: string, corrected: string): TemplateResult =>
  html`<div class="forms">
    <figure class="was">
      <figcaption>Printed ${copyButton(copy, printed, `eq. ${eq} as printed`)}</figcaption>
      ${form(printed)}
    </figure>
    <figure class="now">
      <figcaption>Corrected ${copyButton(copy, corrected, `eq. ${eq}, corrected`)}</figcaption>
      ${form(corrected)}
    </figure>
  </div>`;

/** The largest relative difference of each part, and where the largest is. */
function parts(names: readonly string[], printed: Measure, corrected: Measure | undefined): TemplateResult {
  const { worst } = printed;
  return html`<div>
    <table>
      <thead>
        <tr>
          <th scope="col">largest relative difference</th>
          <th scope="col">printed</th>
          ${corrected ? html`<th scope="col">corrected</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name, part) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td data-value="printed">${short(printed.parts[part])}</td>
              ${corrected ? html`<td data-value="corrected">${short(corrected.parts[part])}</td>` : nothing}
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      printed.error > 1e-10
        ? html`<p class="about-line">
            printed: largest at t = ${formatNumber(worst.t)}, γ = ${formatNumber(worst.logSnr)}
          </p>`
        : nothing
    }
  </div>`;
}

/** The difference as dt is halved, with the order of the local error. */
function ladder(
  { byStepSize: rungs, order }: Measure,
  corrected: Measure | undefined,
): TemplateResult | typeof nothing {
  if (!rungs) return nothing;
  const orderCell = (value: number | undefined) => html`<td>${value === undefined ? '–' : orderText(value)}</td>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">as dt is halved</th>
        <th scope="col">rise of γ</th>
        <th scope="col">printed</th>
        ${corrected ? html`<th scope="col">corrected</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${rungs.map((rung, i) =>
        i % SHOWN
          ? nothing
          : html`<tr>
              <th scope="row">${i ? `dt/${2 ** i}` : 'dt'}</th>
              <td>${short(rung.nats)}</td>
              <td>${short(rung.error)}</td>
              ${corrected ? html`<td>${short(corrected.byStepSize?.[i]?.error)}</td>` : nothing}
            </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="2">order of the local error</th>
        ${orderCell(order)} ${corrected ? orderCell(corrected.order) : nothing}
      </tr>
    </tfoot>
  </table>`;
}

/** An approximation beside its asymptotes. */
function limits({ equation: { check }, printed }: DerivationRow): TemplateResult[] {
  const { limit } = check!;
  if (!limit) return [];
  const small = limit.alphaBar ? '1 − ᾱ' : 'ᾱ';
  return limit.asymptotes.map(({ latex }, part) => {
    const { rows, order } = printed!.limit![part]!;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${small}</th>
          <th scope="col">${check!.parts[part]}</th>
          <th scope="col">asymptote ${form(latex)}</th>
          <th scope="col">ratio</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${short(row.small)}</th>
              <td>${formatNumber(row.error, 3)}</td>
              <td>${formatNumber(row.asymptote, 3)}</td>
              <td>${(row.error / row.asymptote).toFixed(4)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">vanishes like power</th>
          <td>${orderText(order)}</td>
          <td></td>
          <td></td>
        </tr>
      </tfoot>
    </table>`;
  });
}
