import type { ChartView } from './chartView';
import { drawOn } from './drawOn';
import { SvgContext } from './svgContext';

/** Pixels of a saved PNG for each pixel on the screen. */
const DENSITY = 3;

const [MARGIN, ROW] = [12, 18];

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  /** Left edge and row of each schedule's name. */
  readonly names: readonly { x: number; row: number }[];
}

/** Where the title, the names and the chart of a figure stand. */
function arrange({ chart, scene }: ChartView): Layout {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `11px ${scene.model?.theme.font}`;
  let [x, row] = [MARGIN, 0];
  const names = (scene.model?.lines ?? []).map(({ label }) => {
    const width = ctx.measureText(label).width + 42;
    if (x > MARGIN && x + width > chart.width) [x, row] = [MARGIN, row + 1];
    const place = { x, row };
    x += width;
    return place;
  });
  ctx.restore();
  const top = MARGIN + ROW * (row + 2) + 4;
  return { width: chart.width, height: chart.height + top + ROW, top, names };
}

/** Draws a chart with its title, axis and names on any context, without cursor. */
function drawFigure(view: ChartView, ctx: CanvasRenderingContext2D, { width, height, top, names }: Layout): void {
  const { chart, scene, row } = view;
  const model = scene.model!;
  const { theme } = model;
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.foreground;
  ctx.font = `600 13px ${theme.font}`;
  // Several series are named beside their curves.
  const symbol = row.series.length === 1 ? `: ${row.series[0]!.symbol}` : '';
  ctx.fillText(`${row.title}${symbol}${row.unit === '1' ? '' : ` (${row.unit})`}`, MARGIN, MARGIN + ROW / 2);
  ctx.font = `11px ${theme.font}`;
  model.lines.forEach(({ label, stroke }, i) => {
    const { x, row: line } = names[i]!;
    const y = MARGIN + ROW * (line + 1.5);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 20, y);
    ctx.strokeStyle = stroke.color;
    ctx.lineWidth = 1.75;
    ctx.setLineDash([...stroke.dash]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.foreground;
    ctx.fillText(label, x + 26, y);
  });
  ctx.textAlign = 'center';
  ctx.fillStyle = theme.muted;
  ctx.fillText(`${model.axis.title} (${model.axis.symbol})`, width / 2, height - ROW / 2 - 2);
  ctx.save();
  ctx.translate(0, top);
  scene.still = true;
  try {
    drawOn(chart, ctx);
  } finally {
    scene.still = false;
    ctx.restore();
    chart.draw();
  }
}

/** The chart as a PNG, base64. */
export function pngOf(view: ChartView): string {
  const layout = arrange(view);
  const canvas = document.createElement('canvas');
  canvas.width = layout.width * DENSITY;
  canvas.height = layout.height * DENSITY;
  const ctx = canvas.getContext('2d')!;
  ctx.scale(DENSITY, DENSITY);
  drawFigure(view, ctx, layout);
  return canvas.toDataURL('image/png').split(',')[1]!;
}

/** The chart as an SVG document; one that holds the PNG where the drawing cannot be written as SVG. */
export function svgOf(view: ChartView): string {
  const layout = arrange(view);
  const { width, height } = layout;
  try {
    const ctx = new SvgContext({ width, height, ctx: document.createElement('canvas').getContext('2d')! });
    drawFigure(view, ctx as unknown as CanvasRenderingContext2D, layout);
    return ctx.getSerializedSvg();
  } catch {
    const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${pngOf(view)}"/>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
  }
}
