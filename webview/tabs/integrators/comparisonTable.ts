import { html, nothing, type TemplateResult } from 'lit';
import { isMeasured } from '../../../src/core/compare';
import type { ComparedRow, Comparison } from '../../../src/core/compare/comparison';
import { integratorOf } from '../../../src/core/integrators';
import { icon } from '../../elements/icons';
import { SortTable, type TableHost } from '../../controls/sortTable';
import { legendSymbol } from '../../plot/legend';
import type { Theme } from '../../plot/theme';
import { columnsOf } from './comparisonColumns';
import type { ComparisonQueries } from './comparisonQueries';
import { pathStroke } from './plots/comparedPaths';

/** What the table of a comparison uses of its page. */
export interface ComparisonPage {
  readonly theme: Theme;
  /** What tables use. */
  readonly plots: TableHost;
  /** Draws the page in the next frame. */
  changed(): void;
}

/** The rows of a comparison, to be sorted by any column. The button of a row shows its paths. */
export class ComparisonTable {
  /** The method whose line is lifted. */
  lifted: string | undefined;
  private readonly table: SortTable<ComparedRow>;

  constructor(
    private readonly page: ComparisonPage,
    private readonly comparisons: ComparisonQueries,
  ) {
    this.table = new SortTable(page.plots, 'comparison');
  }

  render(comparison: Comparison): TemplateResult {
    return this.table.render('Rows of the comparison', columnsOf(comparison), comparison.rows, {
      tableClass: 'comparison',
      rowClass: ({ status, integrator }) => (integrator === this.lifted ? `${status} lifted` : status),
      lead: { title: 'paths', cell: (row) => this.pathsButton(row) },
      onRow: (row) => this.lift(row?.integrator),
    });
  }

  /** Lifts the lines and the rows of a method above the others; of none where undefined. */
  lift(id: string | undefined): void {
    if (id === this.lifted) return;
    this.lifted = id;
    this.page.changed();
  }

  private pathsButton(row: ComparedRow): TemplateResult | typeof nothing {
    if (!isMeasured(row)) return nothing;
    const place = this.comparisons.placeOf(row);
    const steps = row.tolerance === undefined ? `${row.steps} steps` : `tolerance ${row.tolerance}`;
    const name = `Paths of ${integratorOf(row.integrator).title}, ${row.gridTitle}, ${steps}`;
    return html`<button
      type="button"
      class="icon-button paths"
      aria-pressed=${place === undefined ? 'false' : 'true'}
      aria-label=${name}
      title=${name}
      @click=${() => this.comparisons.choose(row)}
    >
      ${place === undefined ? icon('graph-line') : legendSymbol(pathStroke(this.page.theme, place))}
    </button>`;
  }
}
