import { html, nothing, svg, type TemplateResult } from 'lit';
import {
  diagnose,
  factsBeside,
  type DiagnosticSettings,
  type Diagnosis,
  type FactCell,
  type FactRow,
} from '../../../src/core/diagnostics';
import type { Experiment } from '../../../src/core/experiment/experiment';
import { formatNumber } from '../../../src/core/text/format';
import type { Schedule } from '../../../src/core/schedules';
import { SortTable, type TableHost } from '../../controls/sortTable';
import { icon } from '../../elements/icons';
import { legendSymbol } from '../../plot/legend';
import type { ScheduleLine, ScheduleLines } from './plots/scheduleLines';

/** What the section uses of its page. */
export interface DiagnosticsPage {
  /** What tables use. */
  readonly plots: TableHost;
  /** Draws the page in the next frame, or at once. */
  changed(): void;
  drawNow(): void;
}

/** A cell of the table: a fact of a schedule, which is named by its index in the document. */
interface Place {
  readonly fact: string;
  readonly schedule: number;
}

/** What follows from each schedule shown, as a table: rows are facts and columns schedules, each cell with its sentence. */
export class DiagnosticsSection {
  private readonly kept = new WeakMap<Schedule, { readonly key: string; readonly found: readonly Diagnosis[] }>();
  private readonly table: SortTable<FactRow>;
  /** The cell whose sentence stands below the table; the first that warns where undefined. */
  private chosen: Place | undefined;

  constructor(private readonly page: DiagnosticsPage) {
    this.table = new SortTable(page.plots, 'diagnostics');
  }

  render({ lines }: ScheduleLines, { window, training }: Experiment): TemplateResult {
    const context: DiagnosticSettings = { limit: window.logSnr, prediction: 'u', weightCap: training.weightCap };
    const rows = factsBeside(lines.map((line) => this.of(line, context)));
    const columns = [
      { title: 'fact', cell: (row: FactRow) => row.title },
      ...lines.map(({ label }, k) => ({
        title: label,
        cell: ({ cells }: FactRow) => cells[k]!.value ?? cells[k]!.text,
      })),
    ];
    return html`<section class="diagnostics" aria-labelledby="diagnostics" ?hidden=${!lines.length}>
      <header>
        <h2 id="diagnostics">Diagnostics</h2>
        ${lines.length ? this.table.menu('Diagnostics', columns, rows) : nothing}
      </header>
      ${lines.length === 1 ? alone(rows, lines[0]!) : lines.length ? this.several(rows, lines) : nothing}
    </section>`;
  }

  private of({ schedule }: ScheduleLine, context: DiagnosticSettings): readonly Diagnosis[] {
    const key = JSON.stringify(context);
    const kept = this.kept.get(schedule);
    if (kept?.key === key) return kept.found;
    const found = diagnose(schedule, context);
    this.kept.set(schedule, { key, found });
    return found;
  }

  /** Where the chosen cell is: its row and column. */
  private place(rows: readonly FactRow[], lines: readonly ScheduleLine[]): readonly [row: number, column: number] {
    const { chosen } = this;
    const [row, column] = [
      rows.findIndex(({ id }) => id === chosen?.fact),
      lines.findIndex(({ index }) => index === chosen?.schedule),
    ];
    if (row >= 0 && column >= 0) return [row, column];
    const first = (counts: (cell: FactCell) => boolean) => rows.findIndex(({ cells }) => cells.some(counts));
    const warns = (cell: FactCell) => cell.severity === 'warning';
    const at = first(warns);
    return at < 0 ? [0, 0] : [at, rows[at]!.cells.findIndex(warns)];
  }

  private several(rows: readonly FactRow[], lines: readonly ScheduleLine[]): TemplateResult {
    const [row, column] = this.place(rows, lines);
    const choose = (r: number, c: number) => {
      const [fact, line] = [rows[r], lines[c]];
      if (!fact || !line) return;
      this.chosen = { fact: fact.id, schedule: line.index };
      this.page.changed();
    };
    const keys = (event: KeyboardEvent) => {
      const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const table = (event.currentTarget as Element).querySelector('table')!;
      choose(row + way[0]!, column + way[1]!);
      this.page.drawNow();
      table.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
    };
    const told = rows[row]!.cells[column]!;
    return html`<div class="scroll" @keydown=${keys}>
        <table class="facts" role="grid" aria-labelledby="diagnostics">
          <thead>
            <tr>
              <td></td>
              ${lines.map(
                ({ index, label, stroke }) =>
                  html`<th scope="col" data-diagnosed=${index}>
                    <span>${legendSymbol(stroke)}<span>${label}</span></span>
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ id, title, cells }, r) =>
                html`<tr data-fact=${id}>
                  <th scope="row">${title}</th>
                  ${cells.map(
                    (cell, c) =>
                      html`<td
                        data-diagnosed=${lines[c]!.index}
                        class=${cell.worst ? 'worst' : ''}
                        title=${cell.sentence}
                        tabindex=${r === row && c === column ? 0 : -1}
                        aria-selected=${r === row && c === column ? 'true' : 'false'}
                        @click=${() => choose(r, c)}
                        @focus=${() => choose(r, c)}
                      >
                        ${shown(cell, lines[c]!)}
                      </td>`,
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="told" role="status" data-testid="diagnosis">
        ${legendSymbol(lines[column]!.stroke)}
        <span><b>${lines[column]!.label}, ${rows[row]!.title}.</b> ${told.sentence}</span>
      </p>
      ${figuresOf(told, rows[row]!.title)}
      <p class="about-line">▲ the worst of its row. Click a cell, or use the arrow keys, to read what it means.</p>`;
  }
}

/** The facts of one schedule, each with its sentence beside it. */
const alone = (rows: readonly FactRow[], line: ScheduleLine): TemplateResult =>
  html`<div class="scroll" tabindex="0" role="group" aria-labelledby="diagnostics">
    <table class="facts alone">
      <thead>
        <tr>
          <th scope="col">fact</th>
          <th scope="col">${line.label}</th>
          <th scope="col">what it means</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ id, title, cells: [cell] }) =>
            html`<tr data-fact=${id}>
              <th scope="row">${title}</th>
              <td data-diagnosed=${line.index}>${shown(cell!, line)}</td>
              <td class="sentence">${cell!.sentence}${figuresOf(cell!, title)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const shown = ({ text, bars, severity, worst }: FactCell, { stroke }: ScheduleLine): TemplateResult =>
  html`${severity === 'warning' ? html`${icon('warning')}<span class="hidden">Warning: </span>` : nothing}
    ${bars ? barsPicture(bars, stroke.color) : nothing}<span class="value">${text}</span
    >${worst ? html`<span class="mark" aria-hidden="true">▲</span><span class="hidden">, the worst of its row</span>` : nothing}`;

/** The figures behind a cell, on demand, where they make a table. */
const figuresOf = ({ figures }: FactCell, title: string): TemplateResult | typeof nothing =>
  figures
    ? html`<details class="behind">
        <summary>${title}</summary>
        <table>
          <tbody>
            ${figures.map(
              ({ name, value, unit }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${formatNumber(value, 3)} ${unit}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`
    : nothing;

/** The places of small bars, and pixels of one and of its height. */
const [FIRST, LAST, WIDTH, HEIGHT] = [-9, 8, 4, 16];

/** Shares by decade as small bars, at the same places for every schedule. */
const barsPicture = (bars: NonNullable<FactCell['bars']>, color: string): TemplateResult => {
  const width = (LAST - FIRST + 1) * WIDTH;
  const height = (share: number) => Math.max(share * HEIGHT, 0.75);
  return html`<svg class="bars" viewBox="0 0 ${width} ${HEIGHT}" width=${width} height=${HEIGHT} aria-hidden="true">
    <path d="M0 ${HEIGHT - 0.5}H${width}" />
    ${bars.map(
      ({ place, share }) =>
        svg`<rect x=${(place - FIRST) * WIDTH} y=${HEIGHT - height(share)} width=${WIDTH - 1} height=${height(share)} fill=${color} />`,
    )}
  </svg>`;
};
