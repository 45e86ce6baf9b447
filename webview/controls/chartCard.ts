import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { formatNumber } from '../../src/core/text/format';
import type { Board } from '../charts/board';
import { pngOf, svgOf } from '../charts/figure';
import type { Gestures } from '../charts/gestures';
import type { Model } from '../charts/model';
import { numbersOf, numbersText } from '../charts/numbers';
import { readingsAt } from '../charts/reading';
import type { ChartRow } from '../charts/registry';
import type { Store } from '../state/store';
import { chip } from './chip';
import { about, type Shown } from './dialog';
import { menu, type MenuItem } from './menu';

/** Rows of copied and saved data: steps of 0.001 in t. */
const ROWS = 1001;

/** What the cards of a page share. */
export interface Deck {
  readonly store: Store;
  readonly board: Board;
  readonly gestures: Gestures;
  readonly open: (shown: Shown) => void;
}

/** One chart with its title, its read-out at the cursor, and its menu. */
export function chartCard(deck: Deck, row: ChartRow, model: Model): TemplateResult {
  const { board, gestures, store } = deck;
  const symbols = row.series.map(({ symbol }) => symbol).join(', ');
  return html`<section class="chart" data-chart=${row.id} aria-labelledby=${`title-${row.id}`}>
    <header>
      <h2 id=${`title-${row.id}`}>
        <span class="symbol">${row.series[row.main]!.symbol}</span>
        <span class="title">${row.title}</span>
        ${row.unit === '1' ? '' : html`<span class="unit">${row.unit}</span>`}
      </h2>
      <div class="hover" role="tooltip">${about(row)}</div>
      ${menu(`menu-${row.id}`, `Actions for ${row.title}`, actions(deck, row, model))}
    </header>
    ${readout(row, model, store.cursor)}
    <div
      class="plot"
      role="img"
      tabindex="0"
      aria-label=${`${row.title}, ${symbols}. ${summary(row, model)} Arrow keys move the cursor.`}
      @pointermove=${(event: PointerEvent) => gestures.move(row.id, event)}
      @pointerdown=${(event: PointerEvent) => gestures.press(row.id, event)}
      @pointerup=${() => gestures.release(row.id)}
      @wheel=${(event: WheelEvent) => gestures.wheel(row.id, event)}
      @dblclick=${() => gestures.reset()}
      @keydown=${(event: KeyboardEvent) => gestures.keys(row.id, event)}
    >
      <canvas ${ref(board.canvasOf(row))}></canvas>
    </div>
  </section>`;
}

/** The values at the cursor, in columns that keep their place. */
function readout(row: ChartRow, model: Model, cursor: number): TemplateResult {
  const readings = readingsAt(row, model, cursor, model.lines.length <= 2);
  return html`<ul class="readout ${readings.length <= 2 ? 'wide' : ''}" aria-label="Values at the cursor">
    ${readings.map(
      ({ line, text, detail }) =>
        html`<li title=${detail} data-readout=${line.index}>${chip(line.stroke)}<span>${text}</span></li>`,
    )}
  </ul>`;
}

/** The chart in a sentence: what each schedule has at its ends. */
function summary(row: ChartRow, { lines }: Model): string {
  const { of } = row.series[row.main]!;
  return lines
    .map(({ label, curves }) => {
      const last = curves.t.length - 1;
      return `${label} from ${formatNumber(of(curves, 0))} to ${formatNumber(of(curves, last))}.`;
    })
    .join(' ');
}

function actions({ store, board, open }: Deck, row: ChartRow, model: Model): MenuItem[] {
  const name = `${store.snapshot?.file.replace(/(\.noprop)?\.json$/, '') ?? 'chart'}-${row.id}`;
  const save = (extension: string, content: string, encoding: 'utf8' | 'base64') =>
    void store.ask('saveFile', [{ name: `${name}.${extension}`, content, encoding }]);
  const text = (separator: ',' | '\t') => numbersText(numbersOf(row, model, ROWS), separator);
  const view = () => board.views.get(row.id)!;
  return [
    { label: 'Copy data', act: () => void store.ask('copy', [text('\t')]) },
    { label: 'Show table', act: () => open({ kind: 'table', row }) },
    { label: 'Save as SVG', act: () => save('svg', svgOf(view()), 'utf8'), apart: true },
    { label: 'Save as PNG', act: () => save('png', pngOf(view()), 'base64') },
    { label: 'Save as CSV', act: () => save('csv', text(','), 'utf8') },
    { label: 'What is this', act: () => open({ kind: 'about', row }), apart: true },
  ];
}
