import { Chart, LinearScale, type ScaleOptions } from 'chart.js';
import { curvesAt } from './axis';
import { CurveMemo } from './curveMemo';
import type { Model } from './model';
import { namePlugin } from './namePlugin';
import {
  cursorPlugin,
  exitPlugin,
  fontPlugin,
  holdPlugin,
  linePlugin,
  TEXT,
  windowPlugin,
  type Scene,
} from './plugins';
import { curvePoints, isLog, layout, valueRange, type Extent, type Point } from './points';
import type { ChartRow } from './registry';
import { ownText, powerTicks, roundTicks, ticksAt, tickTexts, type Tick } from './ticks';

Chart.register(LinearScale);

/** Width of the y axis in pixels: the same for all charts, so that plots above each other line up. */
const AXIS = 46;

/** Most marks on an axis. */
const TICKS = 5;

/**
 * One chart on one canvas: kept as long as the canvas, and given each new model. chart.js does the canvas and the axes;
 * the curves are drawn by plugins from points of their own, at a fraction of the cost of its datasets.
 */
export class ChartView {
  readonly scene: Scene;
  readonly chart: Chart;
  /** Ends of the x axis and of the y axis. */
  private axes: readonly number[] = [];
  private readonly extents = new CurveMemo<Extent>();
  private readonly points = new CurveMemo<readonly Point[]>();

  constructor(
    canvas: HTMLCanvasElement,
    readonly row: ChartRow,
  ) {
    const scene: Scene = {
      row,
      model: undefined,
      drawn: [],
      cursor: undefined,
      marks: [],
      brush: undefined,
      hold: false,
      still: false,
    };
    this.scene = scene;
    const plugins = [holdPlugin, fontPlugin, windowPlugin, linePlugin, exitPlugin, namePlugin, cursorPlugin];
    this.chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 8, right: 10 } },
        scales: { x: this.axis('x'), y: this.axis('y') },
      },
      plugins: plugins.map((plugin) => plugin(scene)),
    });
  }

  /** Draws a model with the cursor at a position. */
  show(model: Model, cursor: number): void {
    const { row, scene, chart } = this;
    if (model !== scene.model) {
      const range = valueRange(row, model, this.extents);
      const shown = [model.axis.id, model.range, range];
      scene.drawn = model.lines.flatMap((line, i) =>
        row.series.map((series, k) => {
          const make = () => curvePoints(row, series, line, model, range);
          return { line: i, series: k, points: this.points.get(line.curves, k, shown, make) };
        }),
      );
      const same = scene.model?.theme === model.theme && scene.model.axis === model.axis;
      scene.model = model;
      const axes = [model.range, range].flat();
      if (!same || axes.some((end, i) => end !== this.axes[i])) this.layOut(axes, model);
    }
    scene.cursor = cursor;
    scene.marks = model.lines.map(({ schedule }) => {
      const curves = curvesAt(model.axis, schedule, cursor);
      return curves && layout(row, model.axis, row.series[row.main]!.of(curves, 0));
    });
    chart.draw();
  }

  /** The position on the x axis of a pointer, kept inside the plot. */
  positionAt(clientX: number): number {
    const { left, right } = this.chart.chartArea;
    const pixel = clientX - this.chart.canvas.getBoundingClientRect().left;
    return this.chart.scales.x!.getValueForPixel(Math.min(Math.max(pixel, left), right))!;
  }

  dispose(): void {
    this.chart.destroy();
  }

  /** Lays out the axes anew, which costs as much as all curves: only when their ends or looks change. */
  private layOut(axes: number[], { theme }: Model): void {
    this.axes = axes;
    const { x, y } = this.chart.options.scales as Record<'x' | 'y', ScaleOptions<'linear'>>;
    [x.min, x.max, y.min, y.max] = axes as [number, number, number, number];
    for (const side of [x, y])
      Object.assign(side, {
        border: { color: theme.border },
        grid: { color: theme.grid, drawTicks: false },
        ticks: { ...side.ticks, color: theme.muted, font: { size: TEXT, family: theme.font } },
      });
    this.scene.hold = true;
    this.chart.update('none');
    this.scene.hold = false;
  }

  private axis(side: 'x' | 'y') {
    const log = () => {
      const axis = this.scene.model?.axis;
      return side === 'x' ? axis?.id === 'snr' : axis !== undefined && isLog(this.row, axis);
    };
    return {
      type: 'linear' as const,
      ticks: {
        padding: 5,
        autoSkip: side === 'x',
        autoSkipPadding: 12,
        maxRotation: 0,
        callback: ownText,
      },
      afterBuildTicks: (scale: { min: number; max: number; ticks: Tick[] }) => {
        const marks = log() ? powerTicks(scale.min, scale.max, TICKS) : roundTicks(scale.min, scale.max, TICKS);
        scale.ticks = ticksAt(marks, tickTexts(marks, log()));
      },
      ...(side === 'y' && {
        afterFit: (scale: { width: number }) => {
          scale.width = AXIS;
        },
      }),
    };
  }
}
