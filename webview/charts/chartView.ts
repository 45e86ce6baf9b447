import { Chart, LinearScale, LineController, LineElement, PointElement, type ScaleOptions } from 'chart.js';
import { timeAt } from './axis';
import { evaluate } from '../../src/core/quantities';
import type { Model } from './model';
import { namePlugin } from './namePlugin';
import { cursorPlugin, exitPlugin, linePlugin, windowPlugin, type Scene } from './plugins';
import { curvePoints, layout, valueRange, type Point } from './points';
import type { ChartRow } from './registry';
import { powerTicks, roundTicks, tickText } from './ticks';

Chart.register(LineController, LineElement, PointElement, LinearScale);

/** Width of the y axis in pixels: the same for all charts, so that plots above each other line up. */
const AXIS = 46;

type Lines = Chart<'line', Point[]>;

/** One chart on one canvas: kept as long as the canvas, and given each new model. */
export class ChartView {
  readonly scene: Scene;
  readonly chart: Lines;

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
      still: false,
    };
    this.scene = scene;
    const plugins = [windowPlugin, linePlugin, exitPlugin, namePlugin, cursorPlugin];
    this.chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        normalized: true,
        events: [],
        layout: { padding: { top: 8, right: 10 } },
        elements: { point: { radius: 0 } },
        scales: { x: this.axis('x'), y: this.axis('y') },
      },
      plugins: plugins.map((plugin) => plugin(scene)),
    });
  }

  /** Draws a new model. */
  show(model: Model): void {
    const { row, scene, chart } = this;
    const range = valueRange(row, model);
    scene.model = model;
    scene.drawn = model.lines.flatMap((line, i) =>
      row.series.map((series, k) => ({ line: i, series: k, points: curvePoints(row, series, line, model, range) })),
    );
    chart.data.datasets.length = scene.drawn.length;
    scene.drawn.forEach(({ line, series, points }, i) => {
      const label = [model.lines[line]!.label, row.series[series]!.symbol].join(' ');
      const dataset = (chart.data.datasets[i] ??= { data: [] });
      Object.assign(dataset, { label, data: points });
    });
    const options = chart.options.scales as { x: ScaleOptions<'linear'>; y: ScaleOptions<'linear'> };
    [options.x.min, options.x.max] = model.range;
    [options.y.min, options.y.max] = range;
    for (const side of [options.x, options.y]) side.border = { ...side.border, color: model.theme.border };
    chart.update('none');
  }

  /** Moves the cursor, and draws. */
  point(x: number | undefined): void {
    const { scene, row } = this;
    scene.cursor = x;
    scene.marks = (scene.model?.lines ?? []).map(({ schedule }) => {
      const t = x === undefined ? undefined : timeAt(scene.model!.axis, schedule, x);
      return t === undefined
        ? undefined
        : layout(row, row.series[row.main]!.of(evaluate(schedule, Float64Array.of(t)), 0));
    });
    this.chart.draw();
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

  private axis(side: 'x' | 'y') {
    const theme = () => this.scene.model?.theme;
    const log = () => (side === 'y' ? this.row.scale === 'log' : this.scene.model?.axis.id === 'snr');
    return {
      type: 'linear' as const,
      grid: { color: () => theme()?.grid ?? '', drawTicks: false },
      ticks: {
        color: () => theme()?.muted ?? '',
        font: () => ({ size: 11, family: theme()?.font ?? '' }),
        padding: 5,
        autoSkip: side === 'x',
        autoSkipPadding: 12,
        maxRotation: 0,
        callback: (value: string | number) => tickText(Number(value), log()),
      },
      afterBuildTicks: (scale: { min: number; max: number; ticks: { value: number }[]; width: number }) => {
        const count = side === 'x' ? 5 : 4;
        const marks = log() ? powerTicks(scale.min, scale.max, count) : roundTicks(scale.min, scale.max, count);
        scale.ticks = marks.map((value) => ({ value }));
      },
      ...(side === 'y' && {
        afterFit: (scale: { width: number }) => {
          scale.width = AXIS;
        },
      }),
    };
  }
}
