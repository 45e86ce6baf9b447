import { html, type TemplateResult } from 'lit';
import { formatNumber } from '../../src/core/text/format';
import type { Numbers } from './numbers';

/** Columns of numbers as a table that scrolls, its first `most` rows; the first column may name the rows. */
export function numbersTable({ names, columns }: Numbers, most: number, headed = false): TemplateResult {
  const cell = (value: number, k: number) =>
    headed && !k ? html`<th scope="row">${formatNumber(value)}</th>` : html`<td>${formatNumber(value)}</td>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table of numbers">
    <table>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length: Math.min(columns[0]?.length ?? 0, most) },
          (_, i) =>
            html`<tr>
              ${columns.map((column, k) => cell(column[i]!, k))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
