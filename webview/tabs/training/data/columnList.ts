import { html, nothing, type TemplateResult } from 'lit';
import type { ColumnPreview, DataPreview } from '../../../../src/core/datasets/preview/preview';
import { formatNumber } from '../../../../src/core/text/format';

/** Columns that are listed before the rest is folded. */
const FIRST = 8;

/** What a column holds, in a few words: "4.3 to 7.9", "red, green, blue, …". */
export function columnText({ type, range, values, distinct, missing }: ColumnPreview): string {
  const held =
    type === 'number' && range
      ? `${formatNumber(range[0])} to ${formatNumber(range[1])}`
      : type === 'empty'
        ? 'no value'
        : `${values.join(', ')}${distinct > values.length ? ', …' : ''}`;
  return missing ? `${held}; ${missing} empty` : held;
}

const row = (column: ColumnPreview): TemplateResult =>
  html`<li class=${column.isLabel ? 'label' : ''} title=${`${column.name}: ${column.type}, ${columnText(column)}`}>
    <span class="column-name">${column.name}</span>
    <span class="column-type">${column.isLabel ? 'label' : column.type}</span>
    <span class="column-held">${columnText(column)}</span>
  </li>`;

/** The columns of the data with their types and ranges; of many the first, and the rest under a fold. */
export function columnList({ columns, columnCount }: DataPreview): TemplateResult | typeof nothing {
  if (!columns.length) return nothing;
  const ordered = [...columns.filter(({ isLabel }) => isLabel), ...columns.filter(({ isLabel }) => !isLabel)];
  const rest = ordered.slice(FIRST, 100);
  const unlisted = columnCount - FIRST - rest.length;
  return html`<div class="columns-of-data" data-testid="columns">
    <ul aria-label="Columns">
      ${ordered.slice(0, FIRST).map(row)}
    </ul>
    ${
      rest.length
        ? html`<details>
            <summary>${columnCount - FIRST} more columns</summary>
            <ul aria-label="More columns">
              ${rest.map(row)}
            </ul>
            ${unlisted > 0 ? html`<p class="about-line">and ${unlisted} more</p>` : nothing}
          </details>`
        : nothing
    }
  </div>`;
}
