import { html, render, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import type { MenuItem } from '../elements/menu';
import { canvasMeasure, pngOf, svgOf, type Figure } from './figure';
import { numbersText } from './numbers';
import { plotCard, readout, type CardActions } from './plotCard';
import { plotDialog, showDialog, type DialogKind } from './plotDialog';
import { PlotSlot, type SlotOwner } from './plotSlot';
import { legendOf, numbersOf, type PlotSpec } from './spec';
import type { Theme } from './theme';
import { toggled, type PlotView } from './view';

/** What plots use of the page they are on. */
export interface PlotHost {
  theme(): Theme;
  /** Draws the page in the next frame. */
  changed(): void;
  /** Draws the page at once. */
  drawNow(): void;
  /** What saved files are called, before the plot's name. */
  fileName(): string;
  saveFile(name: string, content: string, encoding: 'utf8' | 'base64'): void;
  copy(text: string): void;
}

/** Milliseconds without a change after which plots out of sight are drawn too. */
const REST = 80;

/** What a card of a grid holds beside its plot. */
interface Card {
  readonly slot: PlotSlot;
  readonly actions: CardActions;
  readout: HTMLElement | undefined;
}

/**
 * The plots of a tab on their canvases: their cards, gestures, cursors, legends and the dialog. A cursor that moves draws
 * overlays and read-outs alone, and not the page.
 */
export class PlotGrid implements SlotOwner {
  private readonly cards = new Map<string, Card>();
  private order: readonly Card[] = [];
  private dialog: { readonly id: string; readonly kind: DialogKind } | undefined;
  private frame = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  private spoken: HTMLElement | undefined;
  private readonly places = new Map<string, HTMLElement>();
  private readonly placeRefs = new Map<string, (element: Element | undefined) => void>();
  private readonly live = (element: Element | undefined): void => {
    this.spoken = element as HTMLElement | undefined;
  };
  private readonly seen = new Map<Element, PlotSlot>();
  private readonly observer =
    typeof IntersectionObserver === 'undefined'
      ? undefined
      : new IntersectionObserver(
          (entries) => entries.forEach(({ target, isIntersecting }) => this.see(target, isIntersecting)),
          { rootMargin: '200px' },
        );

  /** `views` are those that several plots share, by their names. */
  constructor(
    private readonly host: PlotHost,
    private readonly views: Readonly<Record<string, PlotView>> = {},
  ) {}

  /** The cards of these plots, in order, and after them what the grid has beside them; `choices` stand beside titles. */
  render(
    specs: readonly PlotSpec[],
    choices: Readonly<Record<string, TemplateResult | undefined>> = {},
  ): TemplateResult[] {
    this.order = specs.map((spec) => this.cardOf(spec));
    const drawn = this.order.map(({ slot, actions }) => plotCard(slot, actions, choices[slot.spec.id]));
    return [...drawn.map((card, i) => html`${keyed(specs[i]!.id, card)}`), this.rest()];
  }

  /** Draws every plot that changed, with its cursor: what is in sight at once, the rest when there is a rest. */
  draw(): void {
    const hidden = this.order.filter(({ slot }) => !slot.visible);
    for (const { slot } of this.order) if (slot.visible) slot.draw();
    this.follow();
    clearTimeout(this.later);
    if (hidden.length) this.later = setTimeout(() => hidden.forEach(({ slot }) => slot.draw()), REST);
  }

  /** Where the cursor of a shared view stands, in words that follow it. */
  position(view: string): TemplateResult {
    let take = this.placeRefs.get(view);
    if (!take) {
      take = (element) => {
        if (element) this.places.set(view, element as HTMLElement);
        else this.places.delete(view);
      };
      this.placeRefs.set(view, take);
    }
    return html`<output class="cursor" data-readout="x" ${ref(take)}></output>`;
  }

  theme(): Theme {
    return this.host.theme();
  }

  view(name: string): PlotView {
    const view = this.views[name];
    if (!view) throw new Error(`no view is called ${name}`);
    return view;
  }

  /** Draws cursors and read-outs in the next frame, however often it is called before that. */
  moved(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      for (const { slot } of this.order) slot.drawCursor();
      this.follow();
    });
  }

  changed(): void {
    this.host.changed();
  }

  drawNow(): void {
    this.host.drawNow();
  }

  speak(text: string): void {
    if (this.spoken) this.spoken.textContent = text;
  }

  /** Takes note of a plot that comes into sight or leaves it. */
  private see(element: Element, visible: boolean): void {
    const slot = this.seen.get(element);
    if (!slot) return;
    const came = visible && !slot.visible;
    slot.visible = visible;
    if (came) slot.draw();
  }

  /** Writes read-outs and positions as the cursors stand now. */
  private follow(): void {
    for (const card of this.order) if (card.readout) render(readout(card.slot), card.readout);
    for (const [view, element] of this.places) {
      const text = this.view(view).text?.() ?? '';
      if (element.textContent !== text) element.textContent = text;
    }
  }

  private cardOf(spec: PlotSpec): Card {
    const known = this.cards.get(spec.id);
    if (known) {
      known.slot.spec = spec;
      return known;
    }
    const slot = new PlotSlot(spec, this);
    let element: Element | undefined;
    const card: Card = {
      slot,
      readout: undefined,
      // made once a plot: lit would take another function for another element, and the plot be made anew
      actions: {
        items: () => this.items(slot),
        toggle: (key, alone) => {
          const keys = legendOf(slot.spec).map((entry) => entry.key);
          slot.hidden = toggled(slot.hidden, keys, key, alone);
          this.changed();
        },
        readout: (list) => {
          card.readout = list as HTMLElement | undefined;
        },
        mount: (next) => {
          if (element) this.observer?.unobserve(element);
          if (element) this.seen.delete(element);
          element = next;
          slot.mount(next);
          if (!next) return;
          this.seen.set(next, slot);
          this.observer?.observe(next);
        },
      },
    };
    this.cards.set(spec.id, card);
    return card;
  }

  /** The dialog while it is open, and what a screen reader is told. */
  private rest(): TemplateResult {
    const { dialog } = this;
    const slot = dialog && this.order.find((card) => card.slot.spec.id === dialog.id)?.slot;
    const close = () => {
      this.dialog = undefined;
      this.changed();
    };
    return html`<div class="spoken" aria-live="polite" ${ref(this.live)}></div>
      ${slot ? plotDialog(slot.spec, dialog.kind, slot.hidden, close) : ''}`;
  }

  private items(slot: PlotSlot): MenuItem[] {
    const { host } = this;
    const { id, explanations } = slot.spec;
    const data = (separator: ',' | '\t') => numbersText(numbersOf(slot.spec, slot.hidden), separator);
    const save = (extension: string, content: string, encoding: 'utf8' | 'base64') =>
      host.saveFile(`${host.fileName()}-${id}.${extension}`, content, encoding);
    const figure = (): Figure => {
      slot.draw();
      return { plot: slot.plot!, spec: slot.spec, theme: host.theme(), hidden: slot.hidden };
    };
    return [
      { label: 'Copy data', act: () => host.copy(data('\t')) },
      { label: 'Show table', act: () => this.open(id, 'table') },
      { label: 'Save as SVG', act: () => save('svg', svgOf(figure(), canvasMeasure()), 'utf8'), apart: true },
      { label: 'Save as PNG', act: () => save('png', pngOf(figure()), 'base64') },
      { label: 'Save as CSV', act: () => save('csv', data(','), 'utf8') },
      ...(explanations?.length ? [{ label: 'What is this', act: () => this.open(id, 'about'), apart: true }] : []),
    ];
  }

  private open(id: string, kind: DialogKind): void {
    this.dialog = { id, kind };
    this.host.drawNow();
    showDialog();
  }
}
