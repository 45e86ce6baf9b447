import { Chart, LinearScale, type ScaleOptions } from 'chart.js';
import { drawOn } from '../charts/drawOn';
import type { Range } from '../charts/gestures';
import { ownText, powerTicks, roundTicks, ticksAt, tickTexts, type Tick } from '../charts/ticks';
import type { Theme } from '../plot/theme';
import { drawBand, drawLook, drawOutside, drawSeries } from './draw';
import type { Look, Picture, Side } from './picture';

Chart.register(LinearScale);

const scaled = (value: number, { log }: Side) => (log ? Math.log10(value) : value);

const BARE: Look = {};

/** Most characters of a name beside an axis. */
const LONG = 16;

const shorten = (name: string) => (name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name);

/** The ends of an axis that hold every finite value, with a little room; `shown` is the part of x, if not all. */
function ends(side: Side, values: Iterable<number>, shown?: Range): [number, number] {
  const range = typeof side.range === 'function' ? side.range(shown) : side.range;
  if (range) return [scaled(range[0], side), scaled(range[1], side)];
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

/** The values of a picture along an axis; along y only those in the shown part of x. */
function* valuesOf({ series, bands = [] }: Picture, key: 'x' | 'y', range: Range | undefined): Generator<number> {
  const lines = [...series, ...bands.flatMap(({ x, low, high }) => [low, high].map((y) => ({ x, y })))];
  for (const { x, y } of lines)
    for (let i = 0; i < x.length; i++)
      if (key === 'x' || !range || (x[i]! >= range[0] && x[i]! <= range[1])) yield (key === 'x' ? x : y)[i]!;
}

/** Least width of the y axis in pixels, so that plots above each other line up. */
const AXIS = 64;

/** A picture on one canvas: chart.js does the canvas and the axes, the series are drawn over them. */
export class Plot {
  readonly chart: Chart;
  theme: Theme | undefined;
  private picture: Picture | undefined;
  private look = BARE;

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

  show(picture: Picture, theme: Theme, look = BARE): void {
    if (picture === this.picture && theme === this.theme && look === this.look) return;
    const same = picture === this.picture && theme === this.theme && look.range === this.look.range;
    this.picture = picture;
    this.theme = theme;
    this.look = look;
    if (same) return this.chart.draw();
    const { x, y } = this.chart.options.scales as Record<'x' | 'y', ScaleOptions<'linear'>>;
    [x.min, x.max] = look.range ?? ends(picture.x, valuesOf(picture, 'x', undefined));
    [y.min, y.max] = ends(picture.y, valuesOf(picture, 'y', look.range), look.range);
    for (const [side, options] of [
      ['x', x],
      ['y', y],
    ] as const)
      Object.assign(options, {
        border: { color: theme.border },
        grid: { color: theme.grid, drawTicks: false, display: !picture[side].names },
        ticks: { ...options.ticks, color: theme.muted, font: { size: 11, family: theme.font } },
        title: { display: true, text: picture[side].title, color: theme.muted, font: { size: 11, family: theme.font } },
      });
    this.chart.update('none');
  }

  /** The ends of the x axis as it is shown. */
  get shown(): Range {
    const { min, max } = this.chart.scales.x!;
    return [min, max];
  }

  /** The position on the x axis of a pointer, kept inside the plot. */
  positionAt(clientX: number): number {
    const { left, right } = this.chart.chartArea;
    const pixel = clientX - this.canvas.getBoundingClientRect().left;
    return this.chart.scales.x!.getValueForPixel(Math.min(Math.max(pixel, left), right))!;
  }

  /** Draws the picture without its cursor on another context. */
  drawStill(ctx: CanvasRenderingContext2D): void {
    const { look } = this;
    this.look = BARE;
    try {
      drawOn(this.chart, ctx);
    } finally {
      this.look = look;
      this.chart.draw();
    }
  }

  dispose(): void {
    this.chart.destroy();
  }

  private axis(side: 'x' | 'y') {
    const log = () => {
      const shown = this.picture?.[side];
      return (shown?.log ?? false) || (shown?.powers ?? false);
    };
    return {
      type: 'linear' as const,
      ticks: {
        padding: 5,
        autoSkip: side === 'x',
        maxRotation: 0,
        callback: ownText,
      },
      afterBuildTicks: (scale: { min: number; max: number; ticks: Tick[] }) => {
        scale.ticks = this.ticks(side, scale.min, scale.max, log());
      },
      ...(side === 'y' && {
        afterFit: (scale: { width: number }) => {
          scale.width = Math.max(scale.width, AXIS);
        },
      }),
    };
  }

  /** The marks of an axis: its names, the places that were given, written out, or round ones. */
  private ticks(side: 'x' | 'y', low: number, high: number, log: boolean): Tick[] {
    const { names, marks, most = Infinity } = this.picture?.[side] ?? {};
    if (names) {
      const middles = names.map((_, i) => i + 0.5);
      return ticksAt(middles, names.map(shorten));
    }
    if (marks) {
      const places = marks.map((value) => scaled(value, this.picture![side]));
      const values = log ? places.map((place) => 10 ** place) : places;
      return ticksAt(places, tickTexts(values, false));
    }
    const round = log ? powerTicks(low, high, 5) : roundTicks(low, high, 5).filter((value) => value <= most);
    return ticksAt(round, tickTexts(round, log));
  }

  private paint(): void {
    const { chart, picture, theme, look } = this;
    if (!picture || !theme) return;
    const { ctx, chartArea: area } = chart;
    const [x, y] = [chart.scales.x!, chart.scales.y!];
    const at = (px: number, py: number): [number, number] => [
      x.getPixelForValue(scaled(px, picture.x)),
      y.getPixelForValue(scaled(py, picture.y)),
    ];
    const paint = { ctx, area, at };
    ctx.save();
    ctx.beginPath();
    ctx.rect(area.left, area.top - 4, area.right - area.left + 4, area.bottom - area.top + 8);
    ctx.clip();
    if (picture.inside) drawOutside(paint, picture.inside, theme);
    picture.under?.(paint);
    for (const band of picture.bands ?? []) drawBand(paint, band);
    for (const series of picture.series) drawSeries(paint, series);
    drawLook(paint, look, theme);
    ctx.restore();
  }
}
