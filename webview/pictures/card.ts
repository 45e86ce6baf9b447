import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { numbersText, type Numbers } from '../charts/numbers';
import { formatNumber } from '../../src/core/format';
import { menu } from '../controls/menu';
import { iconButton } from '../controls/parts';
import type { Store } from '../store';
import { Plot, drawMarker, type Picture } from './plot';

/** One picture of a tab: what it is called, what it shows, and in a sentence what that means. */
export interface Card {
  /** Names it for tests, files and its menu. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly picture: Picture;
  readonly cursor?: number | undefined;
  /** Its numbers, where they are not those of its series. */
  readonly numbers?: (() => Numbers) | undefined;
  /** More of its height than others'. */
  readonly tall?: boolean | undefined;
}

/** The most rows a table shows; copied and saved data have all. */
const ROWS = 500;

/** The pictures of a tab on their canvases, kept as long as these. */
export class Easel {
  private readonly plots = new Map<string, Plot>();
  private cards: readonly Card[] = [];
  /** The card whose numbers are shown. */
  private shown: string | undefined;

  constructor(private readonly store: Store) {}

  /** The cards of this drawing of the page. */
  render(cards: readonly Card[]): TemplateResult[] {
    this.cards = cards;
    return [...cards.map((card) => this.card(card)), this.dialog()];
  }

  /** Draws every card that is on the page. */
  draw(): void {
    for (const { id, picture, cursor } of this.cards) this.plots.get(id)?.show(picture, this.store.theme, cursor);
  }

  private card(card: Card): TemplateResult {
    const { id, title, about, picture, tall } = card;
    const data = (separator: ',' | '\t') => numbersText(numbersOf(card), separator);
    const name = `${this.store.snapshot?.file.replace(/(\.noprop)?\.json$/, '') ?? 'lab'}-${id}`;
    const save = (extension: string, content: string, encoding: 'utf8' | 'base64') =>
      void this.store.ask('saveFile', { name: `${name}.${extension}`, content, encoding });
    return html`<section class="chart ${tall ? 'tall' : ''}" data-picture=${id} aria-labelledby=${`title-${id}`}>
      <header>
        <h2 id=${`title-${id}`}><span class="title">${title}</span></h2>
        ${menu(`menu-${id}`, `Actions for ${title}`, [
          { label: 'Show table', act: () => this.showTable(id) },
          { label: 'Copy data', act: () => void this.store.ask('copy', data('\t')) },
          { label: 'Save as SVG', act: () => save('svg', this.plots.get(id)!.svg(), 'utf8'), apart: true },
          { label: 'Save as PNG', act: () => save('png', this.plots.get(id)!.png(), 'base64') },
          { label: 'Save as CSV', act: () => save('csv', data(','), 'utf8') },
        ])}
      </header>
      <p class="about-line">${about}</p>
      ${keyed(picture)}
      <div class="plot" role="img" tabindex="0" aria-label=${`${title}. ${about}`}>
        <canvas ${ref((canvas) => this.mount(id, canvas as HTMLCanvasElement | undefined))}></canvas>
      </div>
    </section>`;
  }

  private showTable(id: string): void {
    this.shown = id;
    this.store.drawNow();
    document.querySelector<HTMLDialogElement>('dialog.numbers')?.showModal();
  }

  /** The numbers of one picture; modal, closed by Escape. */
  private dialog(): TemplateResult {
    const card = this.cards.find(({ id }) => id === this.shown);
    const { names, columns } = card ? numbersOf(card) : { names: [], columns: [] };
    const rows = Math.min(columns[0]?.length ?? 0, ROWS);
    const close = () => {
      this.shown = undefined;
      this.store.changed();
    };
    return html`<dialog class="numbers" aria-labelledby="numbers-title" @close=${close}>
      <header>
        <h2 id="numbers-title">${card?.title}: numbers</h2>
        ${iconButton('close', 'Close', () => document.querySelector<HTMLDialogElement>('dialog.numbers')?.close())}
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label="Table of numbers">
        <table>
          <thead>
            <tr>
              ${names.map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${Array.from(
              { length: rows },
              (_, i) =>
                html`<tr>
                  ${columns.map((column) => html`<td>${formatNumber(column[i]!)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </dialog>`;
  }

  private mount(id: string, canvas: HTMLCanvasElement | undefined): void {
    if (this.plots.get(id)?.canvas === canvas) return;
    this.plots.get(id)?.dispose();
    this.plots.delete(id);
    if (canvas) this.plots.set(id, new Plot(canvas));
  }
}

/** The names of the series, once each, where there is more than one. */
function keyed({ series }: Picture): TemplateResult | typeof nothing {
  const named = series.filter(({ label }, i) => label && series.findIndex((row) => row.label === label) === i);
  if (named.length < 2) return nothing;
  return html`<ul class="key">
    ${named.map(({ label, color, dash = [], marker, line = true }) => {
      const sign = (canvas: Element | undefined) =>
        canvas && drawSign(canvas as HTMLCanvasElement, { color, dash, marker, line });
      return html`<li>
        <canvas class="sign" width="48" height="20" aria-hidden="true" ${ref(sign)}></canvas>${label}
      </li>`;
    })}
  </ul>`;
}

function drawSign(
  canvas: HTMLCanvasElement,
  look: Pick<Required<Picture['series'][number]>, 'color' | 'dash' | 'marker' | 'line'>,
): void {
  const ctx = canvas.getContext('2d')!;
  ctx.setTransform(2, 0, 0, 2, 0, 0);
  ctx.clearRect(0, 0, 24, 10);
  ctx.strokeStyle = ctx.fillStyle = look.color;
  ctx.lineWidth = 2;
  ctx.setLineDash([...(look.dash ?? [])]);
  if (look.line) ctx.strokeRect(1, 5, 22, 0);
  ctx.setLineDash([]);
  if (look.marker) drawMarker(ctx, look.marker, 12, 5);
}

/** The numbers of a card: its own, else two columns a series. */
function numbersOf({ picture: { series, x, y }, numbers }: Card): Numbers {
  if (numbers) return numbers();
  const kept = series.filter(({ guide }) => !guide);
  return {
    names: kept.flatMap(({ label }) => [`${x.title} ${label}`, `${y.title} ${label}`]),
    columns: padded(kept.flatMap((row) => [Float64Array.from(row.x), Float64Array.from(row.y)])),
  };
}

/** Columns of one length, the longest's. */
function padded(columns: Float64Array[]): Float64Array[] {
  const length = Math.max(0, ...columns.map((column) => column.length));
  return columns.map((column) => Float64Array.from({ length }, (_, i) => column[i] ?? NaN));
}
