import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { formatNumber } from '../../src/core/text/format';
import { tableFormats, type Table } from '../../src/core/text/tables';
import { menu, type MenuItem } from '../elements/menu';
import { icon, iconButton } from '../elements/icons';

/** One column of a table. */
export interface Column<R> {
  readonly title: string;
  /** What it is sorted, copied and saved by; NaN where there is no number. */
  readonly cell: (row: R) => string | number;
  /** How it is shown where that is something else: a text or a template. */
  readonly show?: ((row: R) => unknown) | undefined;
  /** What it is, under the pointer. */
  readonly hint?: string | undefined;
}

/** The order of two cells; what is no number comes last. */
function compareCells(a: string | number, b: string | number): number {
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).localeCompare(String(b), undefined, { numeric: true });
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

const shown = (cell: string | number) =>
  typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell);

/** What a table has beyond its columns and rows. */
export interface TableOptions<R> {
  /** Rows that stay below whatever the order. */
  readonly foot?: readonly R[] | undefined;
  /** A cell before the others, and what its column is called to who cannot see it. */
  readonly lead?: { readonly title: string; readonly cell: (row: R) => unknown } | undefined;
  /** Classes of the table, and of a row. */
  readonly tableClass?: string | undefined;
  readonly rowClass?: ((row: R) => string) | undefined;
  /** Gets the row under the pointer or the focus; undefined when the pointer leaves the rows. */
  readonly onRow?: ((row: R | undefined) => void) | undefined;
}

/** What a table uses of its page. */
export interface TableHost {
  /** Draws the page in the next frame. */
  changed(): void;
  /** What saved files are called, before the table's name. */
  fileName(): string;
  saveFile(name: string, content: string, encoding: 'utf8'): void;
  copy(text: string): void;
}

/** A table that can be sorted by any column, copied and saved; long ones by pages. */
export class SortTable<R> {
  private order: { readonly column: number; readonly down: boolean } | undefined;
  private page = 0;

  /** `id` names it for tests and files; `size` is the most rows of a page. */
  constructor(
    private readonly host: TableHost,
    private readonly id: string,
    private readonly size = Infinity,
  ) {}

  /** Draws the table. A screen reader reads its title. */
  render(
    title: string,
    columns: readonly Column<R>[],
    rows: readonly R[],
    { foot = [], lead, tableClass = 'figures', rowClass, onRow }: TableOptions<R> = {},
  ): TemplateResult {
    const sorted = this.sorted(columns, rows);
    const last = Math.max(0, Math.ceil(rows.length / this.size) - 1);
    const page = Math.min(this.page, last);
    const some = Number.isFinite(this.size) ? sorted.slice(page * this.size, (page + 1) * this.size) : sorted;
    const line = (row: R) =>
      html`<tr class=${ifDefined(rowClass?.(row))} @mouseenter=${() => onRow?.(row)} @focusin=${() => onRow?.(row)}>
        ${lead ? html`<td>${lead.cell(row)}</td>` : nothing}
        ${columns.map(({ cell, show }) => html`<td class=${typeof cell(row) === 'string' ? 'words' : ''}>${show ? show(row) : shown(cell(row))}</td>`)}
      </tr>`;
    return html`<div class="sortable" data-testid=${this.id}>
      <div class="scroll" tabindex="0" role="group" aria-label=${title}>
        <table class=${tableClass}>
          <thead>
            <tr>
              ${lead ? html`<th scope="col"><span class="hidden">${lead.title}</span></th>` : nothing}
              ${columns.map((column, k) => this.head(column, k))}
            </tr>
          </thead>
          <tbody @mouseleave=${() => onRow?.(undefined)}>
            ${some.map(line)}
          </tbody>
          ${
            foot.length
              ? html`<tfoot>
                  ${foot.map(line)}
                </tfoot>`
              : nothing
          }
        </table>
      </div>
      ${last ? this.pager(page, last, rows.length) : nothing}
    </div>`;
  }

  /** The menu that copies and saves all rows, as they are sorted. */
  menu(
    title: string,
    columns: readonly Column<R>[],
    rows: readonly R[],
    more: readonly MenuItem[] = [],
  ): TemplateResult {
    const table = (): Table => ({
      names: columns.map((column) => column.title),
      rows: this.sorted(columns, rows).map((row) => columns.map(({ cell }) => cell(row))),
    });
    const csv = tableFormats[0]!;
    const save = () => this.host.saveFile(`${this.host.fileName()}-${this.id}.csv`, csv.write(table()), 'utf8');
    return menu(`menu-table-${this.id}`, `Actions for ${title}`, [
      ...tableFormats.map((format) => ({
        label: `Copy as ${format.title}`,
        act: () => this.host.copy(format.write(table())),
      })),
      { label: 'Save as CSV', act: save, apart: true },
      ...more,
    ]);
  }

  private sorted(columns: readonly Column<R>[], rows: readonly R[]): readonly R[] {
    const { order } = this;
    const cell = order && columns[order.column]?.cell;
    if (!order || !cell) return rows;
    return [...rows].sort((a, b) => {
      const [one, other] = [cell(a), cell(b)];
      const missing = [one, other].some((value) => typeof value === 'number' && Number.isNaN(value));
      return compareCells(one, other) * (order.down && !missing ? -1 : 1);
    });
  }

  private head({ title, hint = '' }: Column<R>, k: number): TemplateResult {
    const { order } = this;
    const mine = order?.column === k;
    const sort = () => {
      this.order = { column: k, down: mine && !order.down };
      this.page = 0;
      this.host.changed();
    };
    return html`<th scope="col" aria-sort=${mine ? (order.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title=${hint} @click=${sort}>
        ${title}${mine ? icon(order.down ? 'arrow-small-down' : 'arrow-small-up') : nothing}
      </button>
    </th>`;
  }

  private pager(page: number, last: number, count: number): TemplateResult {
    const go = (to: number) => () => {
      this.page = to;
      this.host.changed();
    };
    return html`<p class="pager">
      ${iconButton('chevron-left', 'Previous rows', go(page - 1), page === 0)}
      <span role="status">Rows ${page * this.size + 1} to ${Math.min(count, (page + 1) * this.size)} of ${count}</span>
      ${iconButton('chevron-right', 'Next rows', go(page + 1), page === last)}
    </p>`;
  }
}
