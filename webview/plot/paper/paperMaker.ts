import { canvasMeasure } from '../figure';
import { SvgPen } from '../svgPen';
import { paperSvg } from './paperFigure';
import { layOutPaper, type PaperChart, type PaperChoice, type PaperLayout } from './paperLayout';
import { drawOnPaper } from './paperPlots';

/** A figure of charts: where everything stands, and it as SVG. */
export interface PaperFigure {
  readonly layout: PaperLayout;
  readonly svg: string;
}

/** Makes a figure of charts that the page has; at least one. */
export function makeFigure(charts: readonly PaperChart[], choice: PaperChoice): PaperFigure {
  const measure = canvasMeasure();
  const layout = layOutPaper(new SvgPen(0, 0, measure), charts, choice);
  return { layout, svg: paperSvg(layout, drawOnPaper, measure) };
}
