import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Gestures } from '../charts/gestures';
import { numbersText } from '../charts/numbers';
import { chip } from '../controls/chip';
import { menu, type MenuItem } from '../controls/menu';
import type { Store } from '../state/store';
import { numbersOf, type Card, type Reading } from './card';
import { pngOf, svgOf, type Sign } from './figure';
import type { Picture } from './picture';
import { Plot } from './plot';
import { signOf } from './sign';
import { sheet, type Shown } from './sheet';

/** The pictures of a tab on their canvases, kept as long as these; with gestures they share a cursor. */
export class Easel {
  private readonly plots = new Map<string, Plot>();
  private readonly mounts = new Map<string, (canvas: Element | undefined) => void>();
  private cards: readonly Card[] = [];
  private shown: Shown | undefined;

  constructor(
    private readonly store: Store,
    private readonly gestures?: Gestures,
  ) {}

  /** The cards of this drawing of the page. */
  render(cards: readonly Card[]): TemplateResult[] {
    this.cards = cards;
    const card = cards.find(({ id }) => id === this.shown?.id);
    const close = () => {
      this.shown = undefined;
      this.store.changed();
    };
    // there only while it is open: a page may have several easels, and has one dialog of theirs
    const dialog = card && this.shown ? [sheet(card, this.shown.kind, close)] : [];
    return [...cards.map((one) => this.card(one)), ...dialog];
  }

  /** Draws every card that is on the page. */
  draw(): void {
    for (const { id, picture, look } of this.cards) this.plots.get(id)?.show(picture, this.store.theme, look);
  }

  /** The position on the x axis of a pointer; undefined where the picture is not on the page. */
  positionAt(id: string, clientX: number): number | undefined {
    return this.plots.get(id)?.positionAt(clientX);
  }

  private card(card: Card): TemplateResult {
    const { id, title, about, picture, readings, choice, tall, wide, principal, keyed = true } = card;
    const { gestures } = this;
    return html`<section
      class="chart ${tall ? 'tall' : ''} ${wide ? 'wide' : ''} ${principal ? 'principal' : ''}"
      data-picture=${id}
      aria-labelledby=${`title-${id}`}
    >
      <header>
        <h2 id=${`title-${id}`}><span class="title">${title}</span></h2>
        ${choice ?? nothing} ${menu(`menu-${id}`, `Actions for ${title}`, this.actions(card))}
      </header>
      <p class="about-line">${about}</p>
      ${keyed ? keyOf(signsOf(picture)) : nothing} ${readings ? readout(readings) : nothing}
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${`${title}. ${about}${gestures ? ' Arrow keys move the cursor.' : ''}`}
        @pointermove=${(event: PointerEvent) => gestures?.move(id, event)}
        @pointerdown=${(event: PointerEvent) => gestures?.press(id, event)}
        @pointerup=${() => gestures?.release(id)}
        @wheel=${(event: WheelEvent) => gestures?.wheel(id, event)}
        @dblclick=${() => gestures?.reset()}
        @keydown=${(event: KeyboardEvent) => gestures?.keys(id, event)}
      >
        <canvas ${ref(this.canvasOf(id))}></canvas>
      </div>
    </section>`;
  }

  private actions(card: Card): MenuItem[] {
    const { id, title, picture, problem, explanations } = card;
    const data = (separator: ',' | '\t') => numbersText(numbersOf(card), separator);
    const name = `${this.store.snapshot?.file.replace(/(\.noprop)?\.json$/, '') ?? 'lab'}-${id}`;
    const save = (extension: string, content: string, encoding: 'utf8' | 'base64') =>
      void this.store.ask('saveFile', [{ name: `${name}.${extension}`, content, encoding }]);
    const legend = { title, signs: signsOf(picture), problem };
    const plot = () => this.plots.get(id)!;
    return [
      { label: 'Show table', act: () => this.open({ id, kind: 'table' }) },
      { label: 'Copy data', act: () => void this.store.ask('copy', [data('\t')]) },
      { label: 'Save as SVG', act: () => save('svg', svgOf(plot(), legend), 'utf8'), apart: true },
      { label: 'Save as PNG', act: () => save('png', pngOf(plot(), legend), 'base64') },
      { label: 'Save as CSV', act: () => save('csv', data(','), 'utf8') },
      ...(explanations
        ? [{ label: 'What is this', act: () => this.open({ id, kind: 'about' }), apart: true } as const]
        : []),
    ];
  }

  private open(shown: Shown): void {
    this.shown = shown;
    this.store.drawNow();
    document.querySelector<HTMLDialogElement>('dialog.numbers')?.showModal();
  }

  /** Takes a picture's canvas when the page makes it, and lets go of it when the page drops it. */
  private canvasOf(id: string): (canvas: Element | undefined) => void {
    // One function a picture, for good: lit would see another one as another canvas, and the plot be made anew.
    let mount = this.mounts.get(id);
    if (!mount) this.mounts.set(id, (mount = (canvas) => this.mount(id, canvas as HTMLCanvasElement | undefined)));
    return mount;
  }

  private mount(id: string, canvas: HTMLCanvasElement | undefined): void {
    if (this.plots.get(id)?.canvas === canvas) return;
    this.plots.get(id)?.dispose();
    this.plots.delete(id);
    if (canvas) this.plots.set(id, new Plot(canvas));
  }
}

/** The names of the series, once each, where there is more than one. */
function signsOf({ series }: Picture): Sign[] {
  const named = series.filter(({ label }, i) => label && series.findIndex((row) => row.label === label) === i);
  return named.length < 2 ? [] : named;
}

function keyOf(signs: readonly Sign[]): TemplateResult | typeof nothing {
  if (!signs.length) return nothing;
  return html`<ul class="key">
    ${signs.map((sign) => html`<li>${signOf(sign)}${sign.label}</li>`)}
  </ul>`;
}

/** The values at the cursor, in columns that keep their place. */
const readout = (readings: readonly Reading[]): TemplateResult =>
  html`<ul class="readout" aria-label="Values at the cursor">
    ${readings.map(
      ({ label, text, color, dash }) =>
        html`<li title=${`${label}: ${text}`} data-reading=${label}>${chip({ color, dash })}<span>${text}</span></li>`,
    )}
  </ul>`;
