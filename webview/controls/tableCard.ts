import { html, nothing, type TemplateResult } from 'lit';
import type { MenuItem } from '../elements/menu';
import type { Column, SortTable } from './sortTable';

/** A table beside plots: what it is called, what it shows, and its menu. */
export interface TableCard<R> {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly foot?: readonly R[] | undefined;
  readonly actions?: readonly MenuItem[] | undefined;
  readonly wide?: boolean | undefined;
}

/** Draws a table as a card of the grid. */
export const tableCard = <R>(
  table: SortTable<R>,
  { id, title, about, columns, rows, foot, actions, wide }: TableCard<R>,
): TemplateResult =>
  html`<section class="chart ${wide ? 'wide' : ''}" aria-labelledby=${`title-${id}`}>
    <header>
      <h2 id=${`title-${id}`}><span class="title">${title}</span></h2>
      ${table.menu(title, columns, rows, actions)}
    </header>
    ${about ? html`<p class="about-line">${about}</p>` : nothing} ${table.render(title, columns, rows, { foot })}
  </section>`;
