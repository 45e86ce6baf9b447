import { SvgContext } from '../charts/svgContext';
import { drawMarker } from './draw';
import type { Series } from './picture';
import type { Plot } from './plot';

/** Pixels of a saved PNG for each pixel on the screen. */
const DENSITY = 3;

const [MARGIN, ROW] = [12, 18];

/** A sign of a key: a piece of line, a marker, or both. */
export type Sign = Pick<Series, 'label' | 'color' | 'dash' | 'marker' | 'line'>;

/** What stands around a saved picture: what it shows, what its lines are, and what made it. */
export interface Legend {
  readonly title: string;
  readonly signs: readonly Sign[];
  readonly problem?: string | undefined;
}

/** Draws a sign in 24 x 10 pixels from a corner. */
function drawSign(ctx: CanvasRenderingContext2D, sign: Sign, x: number, y: number): void {
  ctx.strokeStyle = ctx.fillStyle = sign.color;
  ctx.lineWidth = 2;
  if (sign.line !== false) {
    ctx.setLineDash([...(sign.dash ?? [])]);
    ctx.beginPath();
    ctx.moveTo(x + 1, y + 5);
    ctx.lineTo(x + 23, y + 5);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  if (sign.marker) drawMarker(ctx, sign.marker, x + 12, y + 5);
}

/** Words in lines that fit a width. */
function wrapped(ctx: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && ctx.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Where everything stands, in pixels of the screen. */
function arrange({ chart, theme }: Plot, { signs, problem }: Legend) {
  const { ctx, width } = chart;
  ctx.save();
  ctx.font = `11px ${theme!.font}`;
  let [x, row] = [MARGIN, 0];
  const places = signs.map((sign) => {
    const wide = ctx.measureText(sign.label).width + 46;
    if (x > MARGIN && x + wide > width) [x, row] = [MARGIN, row + 1];
    const place = { sign, x, y: MARGIN + ROW * (row + 1) };
    x += wide;
    return place;
  });
  const notes = problem ? wrapped(ctx, problem, width - 2 * MARGIN) : [];
  ctx.restore();
  const top = MARGIN + ROW * ((signs.length ? row + 1 : 0) + 1) + 4;
  return { width, height: top + chart.height + ROW * notes.length + MARGIN, top, places, notes };
}

function drawFigure(plot: Plot, ctx: CanvasRenderingContext2D, legend: Legend): void {
  const { width, height, top, places, notes } = arrange(plot, legend);
  const theme = plot.theme!;
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = theme.foreground;
  ctx.font = `600 13px ${theme.font}`;
  ctx.fillText(legend.title, MARGIN, MARGIN + ROW / 2);
  ctx.font = `11px ${theme.font}`;
  for (const { sign, x, y } of places) {
    drawSign(ctx, sign, x, y + ROW / 2 - 5);
    ctx.fillStyle = theme.foreground;
    ctx.fillText(sign.label, x + 30, y + ROW / 2);
  }
  ctx.fillStyle = theme.muted;
  notes.forEach((line, i) => ctx.fillText(line, MARGIN, top + plot.chart.height + ROW * (i + 0.5)));
  ctx.save();
  ctx.translate(0, top);
  plot.drawStill(ctx);
  ctx.restore();
}

/** A picture with its title, its key and what made it, as a PNG, base64. */
export function pngOf(plot: Plot, legend: Legend): string {
  const { width, height } = arrange(plot, legend);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * DENSITY, height * DENSITY];
  const ctx = canvas.getContext('2d')!;
  ctx.scale(DENSITY, DENSITY);
  drawFigure(plot, ctx, legend);
  return canvas.toDataURL('image/png').split(',')[1]!;
}

/** The same as an SVG document. */
export function svgOf(plot: Plot, legend: Legend): string {
  const { width, height } = arrange(plot, legend);
  const ctx = new SvgContext({ width, height, ctx: document.createElement('canvas').getContext('2d')! });
  drawFigure(plot, ctx as unknown as CanvasRenderingContext2D, legend);
  return ctx.getSerializedSvg();
}
