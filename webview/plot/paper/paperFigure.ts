import { drawEntries } from '../figureParts';
import type { Pen } from '../pen';
import { summaryOf } from '../spec';
import { SvgPen } from '../svgPen';
import { fonts, type PaperChart, type PaperLayout, type PaperPanel } from './paperLayout';
import { paperTitle } from './paperSpec';
import { PAPER } from './paperTheme';

/** Draws one plot, from (0, 0), at a width and height in pixels. */
export type DrawPlot = (pen: Pen, chart: PaperChart, width: number, height: number) => void;

/** Draws a figure. */
function drawPaper(pen: Pen, { width, height, entries, panels }: PaperLayout, drawPlot: DrawPlot): void {
  pen.fillStyle = PAPER.background;
  pen.fillRect(0, 0, width, height);
  pen.font = fonts.text;
  drawEntries(pen, entries, PAPER);
  for (const panel of panels) drawPanel(pen, panel, drawPlot);
}

function drawPanel(pen: Pen, panel: PaperPanel, drawPlot: DrawPlot): void {
  const { chart, letter, title, indent, left, top, entries, plot } = panel;
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = PAPER.foreground;
  pen.font = fonts.letter;
  if (letter) pen.fillText(letter, left, top + 12);
  pen.font = fonts.text;
  title.forEach((line, i) => line && pen.fillText(line, left + indent, top + 12 + 16 * i));
  drawEntries(pen, entries, PAPER);
  pen.save();
  pen.translate(left, plot.top);
  drawPlot(pen, chart, plot.width, plot.height);
  pen.restore();
}

/** The title of a figure, and what it shows in words. */
export function wordsOf(panels: readonly PaperPanel[]): { readonly title: string; readonly description: string } {
  const named = (letter: string, words: string) => (letter ? `${letter} ${words}` : words);
  return {
    title: panels.map(({ letter, chart }) => named(letter, paperTitle(chart.spec))).join('; '),
    description: panels
      .map(({ letter, chart: { spec, hidden } }) =>
        named(letter, [spec.about, summaryOf(spec, hidden), spec.problem].filter(Boolean).join(' ')),
      )
      .join(' '),
  };
}

/** Units of the document to a hundredth, as all of its lengths. */
const length = (value: number) => `${Math.round(value * 100) / 100}mm`;

/**
 * A figure as an SVG document: its size in millimetres, all that it draws in points; `measure` gives the width of a text in
 * a font.
 */
export function paperSvg(
  layout: PaperLayout,
  drawPlot: DrawPlot,
  measure: (text: string, font: string) => number,
): string {
  const { width, height, unit, millimetres, panels } = layout;
  const size = { width: length(millimetres.width), height: length(millimetres.height), unit };
  const pen = new SvgPen(width, height, measure, 'figure', size);
  drawPaper(pen, layout, drawPlot);
  const { title, description } = wordsOf(panels);
  return pen.document(title, description);
}
