import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import type { PaperChart } from './paper/paperLayout';
import { plotCard, type CardActions } from './plotCard';
import { plotItems, type MenuHost } from './plotMenu';
import { plotDialog, showDialog, type DialogKind } from './plotDialog';
import { PlotSlot, type SlotOwner } from './plotSlot';
import { Readout, textIn } from './readout';
import { legendOf, type PlotSpec } from './spec';
import type { Theme } from './theme';
import { toggled, type PlotView } from './view';

/** What plots use of the page they are on. */
export interface PlotHost extends MenuHost {
  /** Draws the page in the next frame. */
  changed(): void;
  /** Draws the page at once. */
  drawNow(): void;
  /** Takes the charts that are asked for, in place of their cards, while a figure is made of them. */
  readonly gathered: PaperChart[] | undefined;
}

/** Milliseconds without a change after which plots out of sight are drawn too. */
const REST = 80;

/** What a card of a grid holds beside its plot. */
interface Card {
  readonly slot: PlotSlot;
  readonly actions: CardActions;
  readonly readout: Readout;
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
  private readonly places = new Map<string, Text>();
  private readonly placeRefs = new Map<string, (element: Element | undefined) => void>();
  private readonly live = (element: Element | undefined): void => {
    this.spoken = element as HTMLElement | undefined;
  };
  private readonly seen = new Map<Element, Card>();
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
    const { gathered } = this.host;
    if (gathered) {
      gathered.push(...specs.map((spec) => this.chartOf(spec)));
      return [];
    }
    this.order = specs.map((spec) => this.cardOf(spec));
    const drawn = this.order.map(({ slot, actions }) => plotCard(slot, actions, choices[slot.spec.id]));
    return [...drawn.map((card, i) => html`${keyed(specs[i]!.id, card)}`), this.rest()];
  }

  /** Draws every plot that changed, with its cursor: what is in sight at once, the rest when there is a rest. */
  draw(): void {
    for (const card of this.order) if (card.slot.visible) drawCard(card);
    this.follow();
  }

  /** Where the cursor of a shared view stands, in words that follow it. */
  position(view: string): TemplateResult {
    let take = this.placeRefs.get(view);
    if (!take) {
      take = (element) => {
        if (element) this.places.set(view, textIn(element));
        else this.places.delete(view);
      };
      this.placeRefs.set(view, take);
    }
    return html`<output class="cursor" data-readout="x"><span ${ref(take)}></span></output>`;
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
      for (const { slot, readout } of this.order)
        if (slot.visible) {
          slot.drawCursor();
          readout.show(slot);
        }
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

  /** A plot with what is looked at of it. */
  private chartOf(spec: PlotSpec): PaperChart {
    const slot = this.cards.get(spec.id)?.slot;
    return { spec, hidden: slot?.hidden ?? new Set(), zoom: slot?.part ?? {} };
  }

  /** Takes note of a plot that comes into sight or leaves it. */
  private see(element: Element, visible: boolean): void {
    const card = this.seen.get(element);
    if (!card) return;
    const came = visible && !card.slot.visible;
    card.slot.visible = visible;
    if (came) drawCard(card);
  }

  /** Writes positions as the cursors stand now, and draws what is out of sight when there is a rest. */
  private follow(): void {
    clearTimeout(this.later);
    const hidden = this.order.filter(({ slot }) => !slot.visible);
    if (hidden.length) this.later = setTimeout(() => hidden.forEach(drawCard), REST);
    for (const [view, place] of this.places) {
      const text = this.view(view).text?.() ?? '';
      if (place.data !== text) place.data = text;
    }
  }

  private cardOf(spec: PlotSpec): Card {
    const known = this.cards.get(spec.id);
    if (known) {
      known.slot.spec = spec;
      return known;
    }
    const slot = new PlotSlot(spec, this);
    const readout = new Readout();
    let element: Element | undefined;
    const card: Card = {
      slot,
      readout,
      // made once a plot: lit would take another function for another element, and the plot be made anew
      actions: {
        items: () => plotItems(slot, this.host, (kind) => this.open(slot.spec.id, kind)),
        toggle: (key, alone) => {
          const keys = legendOf(slot.spec).map((entry) => entry.key);
          slot.hidden = toggled(slot.hidden, keys, key, alone);
          this.changed();
        },
        readout: readout.mount,
        mount: (next) => {
          if (element) this.observer?.unobserve(element);
          if (element) this.seen.delete(element);
          element = next;
          slot.mount(next);
          if (!next) return;
          this.seen.set(next, card);
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

  private open(id: string, kind: DialogKind): void {
    this.dialog = { id, kind };
    this.host.drawNow();
    showDialog();
  }
}

/** Draws what changed of a plot, its cursor and its read-out. */
function drawCard({ slot, readout }: Card): void {
  slot.draw();
  readout.show(slot);
}
