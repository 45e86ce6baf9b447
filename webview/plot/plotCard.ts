import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import { menu, type MenuItem } from '../elements/menu';
import { handleLayer } from './handleLayer';
import { legend } from './legend';
import { explanations } from './plotDialog';
import type { PlotSlot } from './plotSlot';
import { legendOf, summaryOf } from './spec';

/** What a card does beside drawing its plot. */
export interface CardActions {
  /** The entries of its menu. */
  readonly items: () => readonly MenuItem[];
  readonly toggle: (key: string, alone: boolean) => void;
  /** Takes the element of the read-out, which is filled apart from the page: it follows the cursor. */
  readonly readout: (element: Element | undefined) => void;
  readonly mount: (element: Element | undefined) => void;
}

/** One plot of a grid: its title and menu, a sentence, its legend, its read-out, and its canvases. */
export function plotCard(slot: PlotSlot, actions: CardActions, choice: TemplateResult | undefined): TemplateResult {
  const { spec, hidden, gestures } = slot;
  const { id, title, symbol, unit, about, tall, wide, principal, hero } = spec;
  const own = spec.legend !== 'tab';
  const entries = own ? guard([spec, hidden], () => legendPart(slot, actions)) : nothing;
  const classes = [
    tall && 'tall',
    wide && 'wide',
    principal && 'principal',
    hero && 'hero',
    own && spec.view === undefined && 'own',
  ]
    .filter(Boolean)
    .join(' ');
  return html`<section class="chart ${classes}" data-plot=${id} aria-labelledby=${`title-${id}`}>
    <header>
      <h2 id=${`title-${id}`}>
        ${symbol ? html`<span class="symbol">${symbol}</span>` : nothing}<span class="title">${title}</span
        >${unit ? html`<span class="unit">${unit}</span>` : nothing}
      </h2>
      ${spec.explanations?.length ? guard([spec.explanations], () => html`<div class="hover" role="tooltip">${explanations(spec.explanations!)}</div>`) : nothing}
      ${slot.zoomed && spec.view === undefined ? html`<button type="button" class="link apart" @click=${() => gestures.reset()}>Reset zoom</button>` : nothing}
      ${choice ?? nothing}
      ${guard([title, actions, spec.explanations?.length], () => menu(`menu-${id}`, `Actions for ${title}`, actions.items()))}
    </header>
    ${about === undefined ? nothing : html`<p class="about-line">${about}</p>`} ${entries}
    <ul class="readout" aria-label="Values at the cursor" ${ref(actions.readout)}></ul>
    <div class="stage">
      <div
        class="plot"
        role="img"
        tabindex="0"
        aria-label=${guard([spec, hidden], () => labelOf(slot))}
        @pointermove=${(event: PointerEvent) => gestures.move(event)}
        @pointerdown=${(event: PointerEvent) => gestures.press(event)}
        @pointerup=${() => gestures.release()}
        @pointerleave=${() => slot.point(undefined)}
        @wheel=${(event: WheelEvent) => gestures.wheel(event)}
        @dblclick=${(event: MouseEvent) => (spec.handles ? slot.handles.gestures.add(slot.valueAt(event)) : gestures.reset())}
        @keydown=${(event: KeyboardEvent) => keysOf(slot, event)}
        ${ref(actions.mount)}
      >
        <canvas></canvas><canvas class="cover" aria-hidden="true"></canvas>
      </div>
      ${handleLayer(slot.handles)}
    </div>
  </section>`;
}

/** Keys move the cursor and zoom; Enter adds a point at the cursor, where there are points to take hold of. */
function keysOf(slot: PlotSlot, event: KeyboardEvent): void {
  if (event.key === 'Enter' && slot.spec.handles) slot.handles.gestures.add(slot.cursorValue());
  else slot.gestures.keys(event);
}

function legendPart({ spec, hidden }: PlotSlot, { toggle }: CardActions) {
  const entries = legendOf(spec);
  return entries.length > 1 ? legend(`What is shown: ${spec.title}`, entries, hidden, toggle) : nothing;
}

/** The plot in words, for who cannot see it. */
function labelOf({ spec, hidden }: PlotSlot): string {
  const { title, symbol, about } = spec;
  const name = symbol ? `${title}, ${symbol}` : title;
  const head = about === undefined ? `${name}.` : `${name}. ${about}`;
  return [
    head,
    summaryOf(spec, hidden),
    'Arrow keys move the cursor.',
    spec.handles ? 'Enter adds a point at the cursor.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
