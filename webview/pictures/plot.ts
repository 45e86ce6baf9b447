import { Chart, LinearScale, type ScaleOptions } from 'chart.js';
import { drawOn } from '../charts/drawOn';
import { SvgContext } from '../charts/svgContext';
import { powerTicks, roundTicks, tickText } from '../charts/ticks';
import { fade, type Theme } from '../theme';

Chart.register(LinearScale);

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross';

/** One line or cloud of a picture; x and y have one length, and what is not finite breaks the line. */
export interface Series {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  readonly dash?: readonly number[] | undefined;
  readonly width?: number | undefined;
  readonly opacity?: number | undefined;
  /** At every point. */
  readonly marker?: Marker | undefined;
  /** Whether the points are joined (yes). */
  readonly line?: boolean | undefined;
  /** Left out of copied and saved data: a guide for the eye. */
  readonly guide?: boolean | undefined;
}

export interface Side {
  readonly title: string;
  readonly log?: boolean | undefined;
  /** The ends where they do not follow from the data, in the data's units. */
  readonly range?: readonly [number, number] | undefined;
}

/** A picture of series over two axes; `under` draws on the plot's area before them. */
export interface Picture {
  readonly x: Side;
  readonly y: Side;
  readonly series: readonly Series[];
  readonly under?: ((paint: Paint) => void) | undefined;
}

/** Where and with what a picture is drawn; `at` gives pixels of data. */
export interface Paint {
  readonly ctx: CanvasRenderingContext2D;
  readonly area: { left: number; right: number; top: number; bottom: number };
  readonly at: (x: number, y: number) => [number, number];
}

const scaled = (value: number, { log }: Side) => (log ? Math.log10(value) : value);

/** The ends of an axis that hold every finite value, with a little room. */
function ends(side: Side, values: Iterable<number>): [number, number] {
  if (side.range) return [scaled(side.range[0], side), scaled(side.range[1], side)];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    const at = scaled(value, side);
    if (!Number.isFinite(at)) continue;
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  if (low > high) return [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  return [low - room, high + room];
}

/** A picture on one canvas: chart.js does the canvas and the axes, the series are drawn over them. */
export class Plot {
  private readonly chart: Chart;
  private picture: Picture | undefined;
  private theme: Theme | undefined;
  /** Where the marker line stands on the x axis; none where undefined. */
  private cursor: number | undefined;

  constructor(readonly canvas: HTMLCanvasElement) {
    const draw = { id: 'picture', beforeDatasetsDraw: () => this.paint() };
    this.chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 8, right: 12 } },
        scales: { x: this.axis('x'), y: this.axis('y') },
      },
      plugins: [draw],
    });
  }

  show(picture: Picture, theme: Theme, cursor?: number): void {
    if (picture === this.picture && theme === this.theme && cursor === this.cursor) return;
    const moved = picture === this.picture && theme === this.theme;
    this.picture = picture;
    this.theme = theme;
    this.cursor = cursor;
    if (moved) return this.chart.draw();
    const { x, y } = this.chart.options.scales as Record<'x' | 'y', ScaleOptions<'linear'>>;
    const all = (key: 'x' | 'y') => picture.series.flatMap((series) => Array.from(series[key]));
    for (const [side, options] of [
      ['x', x],
      ['y', y],
    ] as const) {
      [options.min, options.max] = ends(picture[side], all(side));
      Object.assign(options, {
        border: { color: theme.border },
        grid: { color: theme.grid, drawTicks: false },
        ticks: { ...options.ticks, color: theme.muted, font: { size: 11, family: theme.font } },
        title: { display: true, text: picture[side].title, color: theme.muted, font: { size: 11, family: theme.font } },
      });
    }
    this.chart.update('none');
  }

  /** The picture as a PNG, base64, on the theme's background. */
  png(): string {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [this.canvas.width, this.canvas.height];
    const ctx = copy.getContext('2d')!;
    ctx.fillStyle = this.theme?.background ?? '#fff';
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(this.canvas, 0, 0);
    return copy.toDataURL('image/png').split(',')[1]!;
  }

  /** The picture as an SVG document. */
  svg(): string {
    const { width, height } = this.chart;
    const ctx = new SvgContext({ width, height, ctx: document.createElement('canvas').getContext('2d')! });
    const drawing = ctx as unknown as CanvasRenderingContext2D;
    drawing.fillStyle = this.theme?.background ?? '#fff';
    drawing.fillRect(0, 0, width, height);
    drawOn(this.chart, drawing);
    this.chart.draw();
    return ctx.getSerializedSvg();
  }

  dispose(): void {
    this.chart.destroy();
  }

  private axis(side: 'x' | 'y') {
    const log = () => this.picture?.[side].log ?? false;
    return {
      type: 'linear' as const,
      ticks: {
        padding: 5,
        maxRotation: 0,
        callback: (value: string | number) => tickText(Number(value), log()),
      },
      afterBuildTicks: (scale: { min: number; max: number; ticks: { value: number }[] }) => {
        const marks = log() ? powerTicks(scale.min, scale.max, 5) : roundTicks(scale.min, scale.max, 5);
        scale.ticks = marks.map((value) => ({ value }));
      },
    };
  }

  private paint(): void {
    const { chart, picture, theme } = this;
    if (!picture || !theme) return;
    const { ctx, chartArea: area } = chart;
    const [x, y] = [chart.scales.x!, chart.scales.y!];
    const at = (px: number, py: number): [number, number] => [
      x.getPixelForValue(scaled(px, picture.x)),
      y.getPixelForValue(scaled(py, picture.y)),
    ];
    ctx.save();
    ctx.beginPath();
    ctx.rect(area.left, area.top - 4, area.right - area.left + 4, area.bottom - area.top + 8);
    ctx.clip();
    picture.under?.({ ctx, area, at });
    for (const series of picture.series) drawSeries(ctx, series, at);
    if (this.cursor !== undefined) {
      const [pixel] = at(this.cursor, 1);
      ctx.strokeStyle = theme.foreground;
      ctx.lineWidth = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      ctx.moveTo(pixel, area.top);
      ctx.lineTo(pixel, area.bottom);
      ctx.stroke();
    }
    ctx.restore();
  }
}

function drawSeries(ctx: CanvasRenderingContext2D, series: Series, at: Paint['at']): void {
  const { x, y, color, dash = [], width = 1.75, opacity = 1, marker, line = true } = series;
  ctx.strokeStyle = ctx.fillStyle = opacity < 1 ? fade(color, opacity) : color;
  ctx.lineWidth = width;
  ctx.setLineDash([...dash]);
  if (line) {
    ctx.beginPath();
    let down = false;
    for (let i = 0; i < x.length; i++) {
      const [px, py] = at(x[i]!, y[i]!);
      if (!Number.isFinite(px + py)) down = false;
      else if (down) ctx.lineTo(px, py);
      else {
        ctx.moveTo(px, py);
        down = true;
      }
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
  if (marker)
    for (let i = 0; i < x.length; i++) {
      const [px, py] = at(x[i]!, y[i]!);
      if (Number.isFinite(px + py)) drawMarker(ctx, marker, px, py);
    }
}

/** A marker of eight pixels around a point. */
export function drawMarker(ctx: CanvasRenderingContext2D, marker: Marker, x: number, y: number): void {
  const r = 4;
  ctx.beginPath();
  if (marker === 'circle') ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (marker === 'square') ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (marker === 'triangle')
    polygon(ctx, [
      [x, y - r - 1],
      [x + r + 1, y + r],
      [x - r - 1, y + r],
    ]);
  else if (marker === 'diamond')
    polygon(ctx, [
      [x, y - r - 1],
      [x + r + 1, y],
      [x, y + r + 1],
      [x - r - 1, y],
    ]);
  else {
    ctx.moveTo(x - r, y - r);
    ctx.lineTo(x + r, y + r);
    ctx.moveTo(x + r, y - r);
    ctx.lineTo(x - r, y + r);
    ctx.lineWidth = 2;
    ctx.stroke();
    return;
  }
  ctx.fill();
}

function polygon(ctx: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}
