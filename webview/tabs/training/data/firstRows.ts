import { html, nothing, type TemplateResult } from 'lit';
import type { DataPreview } from '../../../../src/core/datasets/preview/preview';

/** The first rows of the data as they stand in the file, the label before the features. */
export function firstRows({ head, columns, columnCount }: DataPreview): TemplateResult | typeof nothing {
  const { names, cells } = head;
  if (!cells.length) return nothing;
  const label = columns.find(({ isLabel }) => isLabel)?.name;
  const numeric = names.map((name) => columns.find((column) => column.name === name)?.type === 'number');
  const mark = (j: number) => [names[j] === label ? 'label' : '', numeric[j] ? 'number' : ''].filter(Boolean).join(' ');
  const more = columnCount - names.length;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="The first rows" data-testid="first-rows">
      <table class="first-rows">
        <thead>
          <tr>
            ${names.map((name, j) => html`<th scope="col" class=${mark(j)}>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${cells.map(
            (row) =>
              html`<tr>
                ${row.map((cell, j) => html`<td class=${mark(j)}>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="about-line">${more} more columns.</p>` : nothing}`;
}
