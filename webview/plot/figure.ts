import { drawEntries, namedEntries, placeEntries, titleLines, titleOf, wrapped, type PlacedEntry } from './figureParts';
import type { Pen } from './pen';
import type { Plot } from './plot';
import { summaryOf, type PlotSpec } from './spec';
import { SvgPen } from './svgPen';
import type { Theme } from './theme';

/** Pixels of a saved PNG for each pixel on the screen. */
const DENSITY = 3;

const [MARGIN, ROW] = [12, 18];

/** A plot with what a saved figure says around it. */
export interface Figure {
  readonly plot: Pick<Plot, 'draw' | 'size'>;
  readonly spec: PlotSpec;
  readonly theme: Theme;
  /** Keys of marks that are hidden. */
  readonly hidden: ReadonlySet<string>;
}

const fontOf = (theme: Theme, bold = false) => `${bold ? '600 13' : '11'}px ${theme.font}`;

/** Where everything of a figure stands, in pixels of the screen. */
interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  /** The top of the plot, and of what stands below it. */
  readonly top: number;
  readonly below: number;
  readonly entries: readonly PlacedEntry[];
  /** Lines below the plot: the title of its x axis where it does not show that, and what made it. */
  readonly axis: string | undefined;
  readonly notes: readonly string[];
}

function arrange(pen: Pen, { plot, spec, theme, hidden }: Figure): Arrangement {
  const { width, height } = plot.size;
  pen.font = fontOf(theme, true);
  const title = titleLines(pen, spec, width - 2 * MARGIN);
  pen.font = fontOf(theme);
  const legend = placeEntries(pen, namedEntries(spec, hidden), width - 2 * MARGIN, ROW);
  const entries = legend.entries.map(({ entry, x, y }) => ({
    entry,
    x: MARGIN + x,
    y: MARGIN + ROW * title.length + y,
  }));
  const axis = spec.x.untitled ? spec.x.title : undefined;
  const notes = spec.problem ? wrapped(pen, spec.problem, width - 2 * MARGIN) : [];
  const top = MARGIN + ROW * (title.length + legend.rows) + 4;
  const below = top + height + (axis ? ROW : 0);
  return { width, height: below + ROW * notes.length + MARGIN / 2, title, top, below, entries, axis, notes };
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
  drawEntries(pen, entries, theme);
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
