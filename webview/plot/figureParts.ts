import { drawMarker } from './markers';
import type { LegendEntry } from './marks/mark';
import { drawSegment, type Pen } from './pen';
import { legendOf, type PlotSpec } from './spec';
import type { Theme } from './theme';

/** Pixels of a legend's symbol, from it to its name, and from the name to the next symbol. */
const [SYMBOL, NAME, NEXT] = [24, 6, 16];

/** An entry of a legend, with its left edge and the middle of its row. */
export interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly x: number;
  readonly y: number;
}

/** The title of a figure: the plot's, with its symbol and unit. */
export const titleOf = ({ title, symbol, unit }: PlotSpec): string =>
  `${title}${symbol ? `: ${symbol}` : ''}${unit ? ` (${unit})` : ''}`;

/** The title in lines that fit a width; the symbol is left out where there is no room for it. */
export function titleLines(pen: Pen, spec: PlotSpec, width: number): string[] {
  const whole = titleOf(spec);
  if (pen.measureText(whole).width <= width) return [whole];
  return wrapped(pen, titleOf({ ...spec, symbol: undefined }), width);
}

/** Words in lines that fit a width. */
export function wrapped(pen: Pen, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** What the legend of a saved plot names: what is shown, where it is more than one thing or the tab's. */
export function namedEntries(spec: PlotSpec, hidden: ReadonlySet<string>): LegendEntry[] {
  const entries = legendOf(spec).filter(({ key }) => !hidden.has(key));
  return entries.length > 1 || spec.legend === 'tab' ? entries : [];
}

/** Entries in rows that fit a width, from (0, 0); the pen has the font of their names. */
export function placeEntries(
  pen: Pen,
  entries: readonly LegendEntry[],
  width: number,
  row: number,
): { readonly entries: PlacedEntry[]; readonly rows: number } {
  let x = 0;
  let rows = entries.length ? 1 : 0;
  const placed = entries.map((entry) => {
    const wide = SYMBOL + NAME + pen.measureText(entry.label).width;
    if (x && x + wide > width) {
      x = 0;
      rows++;
    }
    const place = { entry, x, y: row * (rows - 0.5) };
    x += wide + NEXT;
    return place;
  });
  return { entries: placed, rows };
}

/** Draws a legend's symbol in 24 pixels from a left edge, around a height. */
function drawSymbol(pen: Pen, { color, dash = [], marker, line = true }: LegendEntry, x: number, y: number): void {
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  if (line) drawSegment(pen, x + 1, y, x + SYMBOL - 1, y, dash);
  if (marker) drawMarker(pen, marker, color, x + SYMBOL / 2, y);
}

/** Draws the entries of a legend. */
export function drawEntries(pen: Pen, entries: readonly PlacedEntry[], theme: Theme): void {
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const { entry, x, y } of entries) {
    drawSymbol(pen, entry, x, y);
    pen.fillStyle = theme.foreground;
    pen.fillText(entry.label, x + SYMBOL + NAME, y);
  }
}
