import { html, render, type TemplateResult } from 'lit';
import { legendSymbol } from './legend';
import type { LegendSymbol, Reading } from './marks/mark';
import type { PlotSlot } from './plotSlot';

type Kind = 'place' | 'value' | 'whole';

/** A row of a read-out: where the cursor stands, a value in its column, or words over the whole width. */
interface Row {
  readonly kind: Kind;
  readonly text: string;
  /** Whether it keeps its place and is not shown: nothing is read yet. */
  readonly blank: boolean;
  readonly reading?: Reading | undefined;
}

const NOTHING: Readonly<Record<Kind, number>> = { place: 0, value: 0, whole: 0 };

/** Pixels of a line, of the symbol before it, and of a character, roughly. */
const [LINE, SYMBOL, CHARACTER] = [17, 18, 6.3];

/** Characters that the narrowest column has room for, and those by which a place may be longer than the values. */
const [COLUMN, LONGER] = [11, 3];

/**
 * The read-out of a plot: its values at the cursor, in columns that keep their place. As the cursor moves the texts alone
 * change; rows are made anew only where others are read. No number is cut: columns are as wide as the longest text that
 * they had, and where a plot has no room for that the text goes on in another line.
 */
export class Readout {
  private element: HTMLElement | undefined;
  private texts: readonly Text[] = [];
  private rows: readonly Row[] = [];
  private longest = NOTHING;
  private wraps = false;

  /** Takes the element of the read-out when the page makes it, and lets go of it when the page drops it. */
  readonly mount = (element: Element | undefined): void => {
    this.element = element as HTMLElement | undefined;
    this.texts = [];
    this.rows = [];
    this.longest = NOTHING;
    this.wraps = false;
    this.element?.addEventListener('pointerover', ({ target }) => this.explain(target as Element));
  };

  /** Writes what a plot has at its cursor. */
  show(slot: PlotSlot): void {
    const { element, rows: before } = this;
    if (!element) return;
    const rows = rowsOf(slot);
    this.rows = rows;
    if (valuesOf(rows) !== valuesOf(before)) this.longest = NOTHING;
    if (rows.length !== before.length || rows.some((row, i) => !isAlike(row, before[i]!))) {
      render(rows.map(rowTemplate), element);
      this.texts = [...element.querySelectorAll('.text')].map(textIn);
    }
    rows.forEach(({ text }, i) => {
      const at = this.texts[i]!;
      if (at.data !== text) at.data = text;
    });
    const width = slot.plot?.size.width ?? Infinity;
    for (const { kind, text } of rows)
      if (text.length > this.longest[kind]) this.makeRoom(element, kind, text.length, width);
    const wraps = SYMBOL + this.longest.value * CHARACTER > width;
    if (wraps === this.wraps) return;
    this.wraps = wraps;
    element.classList.toggle('wrapping', wraps);
  }

  /** Makes room for a text that is longer than all before it. The width of the plot is known, so nothing is laid out. */
  private makeRoom(element: HTMLElement, kind: Kind, length: number, width: number): void {
    this.longest = { ...this.longest, [kind]: length };
    const { place, value, whole } = this.longest;
    // a line that is kept free keeps the plot below where it is
    if (kind === 'whole') element.style.minHeight = `${Math.ceil((whole * CHARACTER) / (width - SYMBOL)) * LINE}px`;
    element.style.setProperty('--digits', String(value));
    element.classList.toggle('apart', place > Math.max(value, COLUMN) + LONGER);
  }

  /** Says what a row is when a pointer comes to it. */
  private explain(target: Element): void {
    const item = target.closest('li');
    const row = this.rows[[...(this.element?.children ?? [])].indexOf(item!)];
    if (!item || !row) return;
    const { reading, text } = row;
    item.title = reading ? (reading.detail?.() ?? `${reading.label}: ${reading.text}`) : text;
  }
}

/** What a plot reads, as rows. */
function rowsOf(slot: PlotSlot): Row[] {
  const { spec, latest } = slot;
  const { readings } = latest;
  if (spec.cursor === 'point')
    return readings.map((reading) => ({ kind: 'whole', text: `${reading.label}: ${reading.text}`, blank: false, reading })); // prettier-ignore
  // what is not read yet keeps its place
  const blank = !slot.isMoved && spec.start === undefined;
  const values = readings.map((reading): Row => ({ kind: 'value', text: reading.text, blank, reading }));
  // where it stands is said here where no toolbar says it
  if (spec.view !== undefined || !values.length) return values;
  return [{ kind: 'place', text: slot.positionText(), blank }, ...values];
}

const valuesOf = (rows: readonly Row[]): number => rows.filter(({ kind }) => kind === 'value').length;

const isAlike = (a: Row, b: Row): boolean =>
  a.kind === b.kind &&
  a.blank === b.blank &&
  a.reading?.key === b.reading?.key &&
  (a.reading === undefined || b.reading === undefined || isSameSymbol(a.reading.symbol, b.reading.symbol));

const isSameSymbol = (a: LegendSymbol, b: LegendSymbol): boolean =>
  a === b || (a.color === b.color && a.marker === b.marker && a.line === b.line && a.dash?.join() === b.dash?.join());

/** The node that holds the text of an element: where its data change nothing else is styled anew. */
export function textIn(element: Element): Text {
  element.replaceChildren('');
  return element.firstChild as Text;
}

const rowTemplate = ({ kind, blank, reading }: Row): TemplateResult =>
  reading
    ? html`<li class="${kind} ${blank ? 'blank' : ''}" data-reading=${reading.key}>
        ${legendSymbol(reading.symbol)}<span class="text"></span>
      </li>`
    : html`<li class="${kind} ${blank ? 'blank' : ''}"><span class="text"></span></li>`;
