import { Chart, LinearScale, type ScaleOptions } from 'chart.js';
import { drawAxes, PADDING, TEXT } from './axes';
import { axisEnds, ticksOf, type AxisSpec } from './axis';
import { alike, isSame, type Content } from './content';
import { equalEnds, isEven } from './equalAxes';
import { type Range } from './range';
import { frameOf } from './frame';
import { drawOverlay, type Overlay } from './overlay';
import type { Frame, Mark } from './marks/mark';
import { clipped, type Area, type Pen } from './pen';
import { visibleMarks, type PlotSpec } from './spec';
import type { Theme } from './theme';
import { ownText, type Tick } from './ticks';

Chart.register(LinearScale);

/** Least width of the y axis in pixels, without and with a title, so that plots above each other line up. */
const [AXIS, TITLED] = [46, 64];

/** Pixels right of a plot's area. */
const RIGHT = 12;

/** How often in a row axes are laid out to share their unit: texts beside them may change the area each time. */
const TRIES = 3;

/** Pixels around a plot's area where markers, exits and dots may reach. */
const MARGIN = 6;

/**
 * One plot on two canvases: the base with axes and marks, and over it the overlay with cursor, dots and the stretch that
 * a drag chooses. chart.js makes the scales: their ticks, their layout, pixels of values and values of pixels, and the
 * size of the canvas. What is drawn is drawn here, by the same code as in a saved figure.
 */
export class Plot {
  private readonly chart: Chart<'line'>;
  private content: Content | undefined;
  private shownMarks: readonly Mark[] = [];
  private kept: Frame | undefined;
  private overlay: Overlay | undefined;
  /** The ends of the axes as they were laid out: x, then y. */
  private ends: readonly number[] = [];
  /** Those that were asked for: where both axes share their unit, one is longer than that. */
  private asked: readonly number[] = [];
  private painted = false;
  private tries = 0;
  private disposed = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly cover: HTMLCanvasElement,
    /** To be called when the base was drawn: what stands over it follows. */
    private readonly drawn: () => void = () => undefined,
  ) {
    this.chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 8, right: RIGHT } },
        scales: { x: this.scale('x'), y: this.scale('y') },
      },
      plugins: [{ id: 'marks', beforeDraw: () => this.paint() }],
    });
  }

  /** The marks that are shown. */
  get marks(): readonly Mark[] {
    return this.shownMarks;
  }

  /** Where values of the axes stand, in pixels of the canvas; undefined before anything was shown. */
  get frame(): Frame | undefined {
    return this.kept;
  }

  /** Width and height in pixels of the page. */
  get size(): { readonly width: number; readonly height: number } {
    return { width: this.chart.width, height: this.chart.height };
  }

  /** The ends of both axes as they are shown, in places. */
  get range(): { readonly x: Range; readonly y: Range } {
    const [left = 0, right = 1, low = 0, high = 1] = this.ends;
    return { x: [left, right], y: [low, high] };
  }

  /** The ends of the whole x and y axes, in places, whatever part is shown. */
  get full(): { readonly x: Range; readonly y: Range } {
    const { spec } = this.content!;
    return {
      x: axisEnds(spec.x, 'x', this.shownMarks, spec.x),
      y: axisEnds(spec.y, 'y', this.shownMarks, spec.x),
    };
  }

  /** Draws the base where anything of it changed, and the overlay over it. */
  show(content: Content): void {
    const before = this.content;
    if (this.painted && before && isSame(before, content)) return;
    const { spec, theme, zoom, hidden } = content;
    const looks = before?.theme === theme && alike(before.spec.x, spec.x) && alike(before.spec.y, spec.y);
    this.content = content;
    this.shownMarks = visibleMarks(spec, hidden);
    const x = zoom.x ?? axisEnds(spec.x, 'x', this.shownMarks, spec.x);
    const y = zoom.y ?? axisEnds(spec.y, 'y', this.shownMarks, spec.x, zoom.x);
    const ends = [...x, ...y];
    // Laying out costs as much as drawing: only where ends or looks changed.
    if (looks && ends.every((end, i) => end === this.asked[i])) this.paint();
    else this.layOut(ends, theme, spec);
  }

  /** Draws the overlay alone. */
  cursor(overlay: Overlay): void {
    this.overlay = overlay;
    this.drawCover();
  }

  /** The places of a pointer on the axes, kept inside the plot. */
  placeAt(event: { readonly clientX: number; readonly clientY: number }): { readonly x: number; readonly y: number } {
    const { left, right, top, bottom } = this.chart.chartArea;
    const box = this.canvas.getBoundingClientRect();
    const px = Math.min(Math.max(event.clientX - box.left, left), right);
    const py = Math.min(Math.max(event.clientY - box.top, top), bottom);
    const { x, y } = this.chart.scales;
    return { x: x!.getValueForPixel(px)!, y: y!.getValueForPixel(py)! };
  }

  /** Draws axes and marks, without the cursor. */
  draw(pen: Pen): void {
    const { content, kept: frame } = this;
    if (!content || !frame) return;
    const { spec, theme } = content;
    const { x, y } = this.chart.scales as {
      x: NonNullable<Chart['scales']['x']>;
      y: NonNullable<Chart['scales']['x']>;
    };
    drawAxes(pen, frame.area, { x, y }, spec, theme);
    clipped(pen, frame.area, 1, () => this.shownMarks.forEach((mark) => mark.draw?.(pen, frame)));
    if (this.shownMarks.some((mark) => mark.drawAbove !== undefined))
      clipped(pen, frame.area, MARGIN, () => this.shownMarks.forEach((mark) => mark.drawAbove?.(pen, frame)));
    for (const mark of this.shownMarks) mark.drawBeside?.(pen, frame);
  }

  dispose(): void {
    this.disposed = true;
    this.chart.destroy();
  }

  private layOut(asked: readonly number[], theme: Theme, spec: PlotSpec): void {
    this.asked = asked;
    this.setEnds(spec.equal ? equalEnds(asked, this.chart.chartArea) : asked);
    this.chart.options.layout = { padding: { top: 8, right: RIGHT + (spec.gutter ?? 0) } };
    const { x, y } = this.chart.options.scales as Record<'x' | 'y', ScaleOptions<'linear'>>;
    for (const [options, axis] of [
      [x, spec.x],
      [y, spec.y],
    ] as const) {
      const font = { size: TEXT, family: theme.font };
      Object.assign(options, {
        ticks: { ...options.ticks, font },
        title: { display: !axis.untitled, text: axis.title, font },
      });
    }
    this.kept = undefined;
    // chart.js draws as the last step of an update, and asks `beforeDraw` first
    this.chart.update('none');
  }

  private setEnds(ends: readonly number[]): void {
    this.ends = ends;
    const { x, y } = this.chart.options.scales as Record<'x' | 'y', ScaleOptions<'linear'>>;
    x.min = ends[0]!;
    x.max = ends[1]!;
    y.min = ends[2]!;
    y.max = ends[3]!;
  }

  /** Lays out again where both axes are to share their unit, and do not in the area that there is now. */
  private evens(area: Area): boolean {
    const wanted = this.content?.spec.equal ? equalEnds(this.asked, area) : this.ends;
    if (isEven(this.ends, wanted) || this.tries++ >= TRIES) {
      this.tries = 0;
      return false;
    }
    this.setEnds(wanted);
    queueMicrotask(() => !this.disposed && this.chart.update('none'));
    return true;
  }

  /** Draws the base; answers false, for chart.js to draw nothing itself. */
  private paint(): false {
    const { chart, content } = this;
    if (!content) return false;
    const { chartArea: area, ctx } = chart;
    const { x, y } = chart.scales;
    const { left, top, right, bottom } = this.kept?.area ?? { left: NaN, top: NaN, right: NaN, bottom: NaN };
    const fits = area.left === left && area.top === top && area.right === right && area.bottom === bottom;
    if (!fits && this.evens(area)) return false;
    if (!this.kept || !fits) this.kept = frameOf(area, { x: x!, y: y! }, content.spec, content.theme);
    ctx.clearRect(0, 0, chart.width, chart.height);
    this.draw(ctx);
    this.painted = true;
    this.drawCover();
    this.drawn();
    return false;
  }

  private drawCover(): void {
    const { chart, cover, content, kept } = this;
    if (!content || !kept) return;
    const { width, height, currentDevicePixelRatio: density } = chart;
    const [columns, rows] = [Math.round(width * density), Math.round(height * density)];
    if (cover.width !== columns || cover.height !== rows) {
      cover.width = columns;
      cover.height = rows;
    }
    const pen = cover.getContext('2d')!;
    pen.setTransform(density, 0, 0, density, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (this.overlay) drawOverlay(pen, kept, content.spec, this.overlay, MARGIN);
  }

  private scale(side: 'x' | 'y') {
    const axis = (): AxisSpec | undefined => this.content?.spec[side];
    return {
      type: 'linear' as const,
      grid: { drawTicks: false },
      ticks: { padding: PADDING, autoSkip: side === 'x', autoSkipPadding: 12, maxRotation: 0, callback: ownText },
      afterBuildTicks: (scale: { min: number; max: number; ticks: Tick[] }) => {
        const spec = axis();
        if (spec) scale.ticks = ticksOf(spec, scale.min, scale.max);
      },
      ...(side === 'y' && {
        afterFit: (scale: { width: number }) => {
          scale.width = Math.max(scale.width, axis()?.untitled ? AXIS : TITLED);
        },
      }),
    };
  }
}
