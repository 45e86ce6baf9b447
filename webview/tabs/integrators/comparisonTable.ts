import { html, nothing, type TemplateResult } from 'lit';
import { isMeasured } from '../../../src/core/compare';
import { integratorOf } from '../../../src/core/integrators';
import type { ComparedRow, Comparison } from '../../../src/core/compare/comparison';
import { pathStroke } from './plots/comparedPaths';
import { normTitle } from './plots/comparison';
import { columnsOf, sortedBy, type Key } from './comparisonColumns';
import type { Theme } from '../../plot/theme';
import type { ComparisonQueries } from './comparisonQueries';
import { legendSymbol } from '../../plot/legend';
import { icon } from '../../controls/icons';

/** What the table of a comparison uses of its page. */
export interface ComparisonPage {
  readonly theme: Theme;
  /** Draws the page in the next frame. */
  changed(): void;
}

/** The table of a comparison, and how it is looked at. */
export class ComparisonTable {
  /** The method whose line is lifted. */
  lifted: string | undefined;
  private order: { readonly key: Key; readonly down: boolean } | undefined;

  constructor(
    private readonly page: ComparisonPage,
    private readonly comparisons: ComparisonQueries,
  ) {}

  /** The rows, to be sorted by any column; the first column's button shows the paths of its row. */
  render(value: Comparison): TemplateResult {
    const { order } = this;
    const columns = columnsOf(value);
    const rows = order ? sortedBy(value.rows, order.key, order.down) : value.rows;
    const title = (key: Key, text: string) => (key === 'error' ? normTitle(value) : text);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows of the comparison">
      <table data-testid="comparison" class="comparison">
        <thead>
          <tr>
            <th scope="col"><span class="hidden">paths</span></th>
            ${columns.map(
              ({ key, title: text, about }) =>
                html`<th
                  scope="col"
                  aria-sort=${order?.key === key ? (order.down ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" title=${about} @click=${() => this.sort(key)}>
                    ${title(key, text)}${order?.key === key ? icon(order.down ? 'arrow-down' : 'arrow-up') : nothing}
                  </button>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody @mouseleave=${() => this.lift(undefined)}>
          ${rows.map(
            (row) =>
              html`<tr
                class=${row.status}
                @mouseenter=${() => this.lift(row.integrator)}
                @focusin=${() => this.lift(row.integrator)}
              >
                <td>${this.pathsButton(row)}</td>
                ${columns.map(({ key, show }) => html`<td>${show(row)}${key === 'status' ? reasonOf(row) : nothing}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private pathsButton(row: ComparedRow): TemplateResult | typeof nothing {
    if (!isMeasured(row)) return nothing;
    const { comparisons } = this;
    const place = comparisons.placeOf(row);
    const steps = row.tolerance === undefined ? `${row.steps} steps` : `tolerance ${row.tolerance}`;
    const name = `Paths of ${integratorOf(row.integrator).title}, ${row.gridTitle}, ${steps}`;
    return html`<button
      type="button"
      class="icon-button paths"
      aria-pressed=${place === undefined ? 'false' : 'true'}
      aria-label=${name}
      title=${name}
      @click=${() => comparisons.choose(row)}
    >
      ${place === undefined ? icon('graph-line') : legendSymbol(pathStroke(this.page.theme, place))}
    </button>`;
  }

  private sort(key: Key): void {
    this.order = { key, down: this.order?.key === key && !this.order.down };
    this.page.changed();
  }

  private lift(id: string | undefined): void {
    if (id === this.lifted) return;
    this.lifted = id;
    this.page.changed();
  }
}

/** Why a row is not done, or what to know of it. */
const reasonOf = ({ reason }: ComparedRow) =>
  reason ? html`<span class="why" title=${reason}>: ${reason}</span>` : nothing;
