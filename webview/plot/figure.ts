import { drawMarker } from './markers';
import type { LegendEntry } from './marks/mark';
import { drawSegment, type Pen } from './pen';
import type { Plot } from './plot';
import { legendOf, summaryOf, type PlotSpec } from './spec';
import { SvgPen } from './svgPen';
import type { Theme } from './theme';

/** Pixels of a saved PNG for each pixel on the screen. */
const DENSITY = 3;

const [MARGIN, ROW] = [12, 18];

/** Pixels of a legend's symbol, from it to its name, and from the name to the next symbol. */
const [SYMBOL, NAME, NEXT] = [24, 6, 16];

/** A plot with what a saved figure says around it. */
export interface Figure {
  readonly plot: Pick<Plot, 'draw' | 'size'>;
  readonly spec: PlotSpec;
  readonly theme: Theme;
  /** Keys of marks that are hidden. */
  readonly hidden: ReadonlySet<string>;
}

/** Where everything of a figure stands, in pixels of the screen. */
interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  /** The top of the plot, and of what stands below it. */
  readonly top: number;
  readonly below: number;
  readonly entries: readonly { readonly entry: LegendEntry; readonly x: number; readonly y: number }[];
  /** Lines below the plot: the title of its x axis where it does not show that, and what made it. */
  readonly axis: string | undefined;
  readonly notes: readonly string[];
}

/** The title of a figure: the plot's, with its symbol and unit. */
const titleOf = ({ title, symbol, unit }: PlotSpec): string =>
  `${title}${symbol ? `: ${symbol}` : ''}${unit ? ` (${unit})` : ''}`;

/** The title in lines that fit a width; the symbol is left out where there is no room for it. */
function titleLines(pen: Pen, spec: PlotSpec, width: number): string[] {
  const whole = titleOf(spec);
  if (pen.measureText(whole).width <= width) return [whole];
  return wrapped(pen, titleOf({ ...spec, symbol: undefined }), width);
}

const fontOf = (theme: Theme, bold = false) => `${bold ? '600 13' : '11'}px ${theme.font}`;

/** Words in lines that fit a width. */
function wrapped(pen: Pen, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function arrange(pen: Pen, { plot, spec, theme, hidden }: Figure): Arrangement {
  const { width, height } = plot.size;
  pen.font = fontOf(theme, true);
  const title = titleLines(pen, spec, width - 2 * MARGIN);
  pen.font = fontOf(theme);
  let x = MARGIN;
  let row = title.length - 1;
  const named = legendOf(spec).filter(({ key }) => !hidden.has(key));
  const entries = (named.length > 1 || spec.legend === 'tab' ? named : []).map((entry) => {
    const wide = SYMBOL + NAME + pen.measureText(entry.label).width + NEXT;
    if (x > MARGIN && x + wide > width) {
      x = MARGIN;
      row++;
    }
    const place = { entry, x, y: MARGIN + ROW * (row + 1.5) };
    x += wide;
    return place;
  });
  const axis = spec.x.untitled ? spec.x.title : undefined;
  const notes = spec.problem ? wrapped(pen, spec.problem, width - 2 * MARGIN) : [];
  const top = MARGIN + ROW * (entries.length ? row + 2 : title.length) + 4;
  const below = top + height + (axis ? ROW : 0);
  return { width, height: below + ROW * notes.length + MARGIN / 2, title, top, below, entries, axis, notes };
}

/** Draws a legend's symbol in 24 pixels from a left edge, around a height. */
function drawSymbol(pen: Pen, { color, dash = [], marker, line = true }: LegendEntry, x: number, y: number): void {
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  if (line) drawSegment(pen, x + 1, y, x + SYMBOL - 1, y, dash);
  if (marker) drawMarker(pen, marker, color, x + SYMBOL / 2, y);
}

function drawFigure(pen: Pen, { plot, theme }: Figure, arrangement: Arrangement): void {
  const { width, height, title, top, below, entries, axis, notes } = arrangement;
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = theme.foreground;
  pen.font = fontOf(theme, true);
  title.forEach((line, i) => pen.fillText(line, MARGIN, MARGIN + ROW * (i + 0.5)));
  pen.font = fontOf(theme);
  for (const { entry, x, y } of entries) {
    drawSymbol(pen, entry, x, y);
    pen.fillStyle = theme.foreground;
    pen.fillText(entry.label, x + SYMBOL + NAME, y);
  }
  pen.fillStyle = theme.muted;
  notes.forEach((line, i) => pen.fillText(line, MARGIN, below + ROW * (i + 0.5)));
  pen.textAlign = 'center';
  if (axis) pen.fillText(axis, width / 2, below - ROW / 2);
  pen.save();
  pen.translate(0, top);
  plot.draw(pen);
  pen.restore();
}

/** A plot with its title, its legend and what made it, as a PNG, base64. */
export function pngOf(figure: Figure): string {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d')!;
  const arrangement = arrange(pen, figure);
  canvas.width = arrangement.width * DENSITY;
  canvas.height = arrangement.height * DENSITY;
  pen.scale(DENSITY, DENSITY);
  drawFigure(pen, figure, arrangement);
  return canvas.toDataURL('image/png').split(',')[1]!;
}

/** The same as an SVG document; `measure` gives the width of a text in a font. */
export function svgOf(figure: Figure, measure: (text: string, font: string) => number): string {
  const arrangement = arrange(new SvgPen(0, 0, measure), figure);
  const pen = new SvgPen(arrangement.width, arrangement.height, measure, figure.spec.id);
  drawFigure(pen, figure, arrangement);
  const { spec, hidden } = figure;
  const words = [spec.about, summaryOf(spec, hidden), spec.problem];
  return pen.document(titleOf(spec), words.filter(Boolean).join(' '));
}

/** Widths of texts as a canvas sets them. */
export function canvasMeasure(): (text: string, font: string) => number {
  const pen = document.createElement('canvas').getContext('2d')!;
  return (text, font) => {
    pen.font = font;
    return pen.measureText(text).width;
  };
}
