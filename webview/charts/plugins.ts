import type { Chart, ChartArea, Plugin } from 'chart.js';
import { toFont } from 'chart.js/helpers';
import { fade } from '../plot/theme';
import type { Model } from './model';
import type { Point } from './points';
import type { ChartRow } from './registry';

/** One curve of one schedule, as drawn. */
export interface Drawn {
  readonly line: number;
  readonly series: number;
  readonly points: readonly Point[];
}

/** What the plugins of a chart draw; the view keeps it current. */
export interface Scene {
  row: ChartRow;
  model: Model | undefined;
  drawn: readonly Drawn[];
  cursor: number | undefined;
  /** Where each visible schedule stands at the cursor, on the y axis. */
  marks: readonly (number | undefined)[];
  /** The stretch of the x axis that a drag is choosing. */
  brush: readonly [number, number] | undefined;
  /** Whether nothing is drawn yet, as the axes are only being laid out. */
  hold: boolean;
  /** Whether the cursor is left out, as in a saved picture. */
  still: boolean;
}

/** Size in pixels of the marks of an axis. */
export const TEXT = 11;

type Paint = (ctx: CanvasRenderingContext2D, area: ChartArea, at: (point: Point) => Point, model: Model) => void;

/** Runs a painter with the plot's area as its clip. */
function inside(chart: Chart, scene: Scene, paint: Paint, margin = 1): void {
  const { ctx, chartArea: area, scales } = chart;
  if (!scene.model) return;
  const at = ({ x, y }: Point) => ({ x: scales.x!.getPixelForValue(x), y: scales.y!.getPixelForValue(y) });
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left - margin, area.top - margin, area.width + 2 * margin, area.height + 2 * margin);
  ctx.clip();
  paint(ctx, area, at, scene.model);
  ctx.restore();
}

/** Keeps chart.js from drawing as part of an update: the view draws once, when all is in place. */
export const holdPlugin = (scene: Scene): Plugin => ({
  id: 'hold',
  beforeRender: () => (scene.hold ? false : undefined),
});

/** Sets the axes' font once: parsing it anew for each mark costs more than drawing the mark. */
export const fontPlugin = (scene: Scene): Plugin => ({
  id: 'font',
  beforeDraw({ ctx }) {
    if (scene.model) ctx.font = toFont({ size: TEXT, family: scene.model.theme.font }).string;
  },
});

/** Shades what lies outside the window of the first schedule; at least a hair's width, so that it is never lost. */
export const windowPlugin = (scene: Scene): Plugin => ({
  id: 'window',
  beforeDraw: (chart) =>
    inside(chart, scene, (ctx, area, at, { inside: [start, end], full, theme }) => {
      const [left, right] = [at({ x: start, y: 0 }).x, at({ x: end, y: 0 }).x];
      ctx.fillStyle = theme.shade;
      if (start > full[0] && left > area.left - 2)
        ctx.fillRect(area.left, area.top, Math.max(left - area.left, 2), area.height);
      if (end < full[1] && right < area.right + 2) {
        const width = Math.max(area.right - right, 2);
        ctx.fillRect(area.right - width, area.top, width, area.height);
      }
    }),
});

function trace(ctx: CanvasRenderingContext2D, points: readonly Point[], start: boolean): void {
  points.forEach(({ x, y }, i) => (i || !start ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
}

/**
 * Draws the curves, the first schedule on top. Done here and not by chart.js, which draws with Path2D: a context that
 * writes SVG has no such thing.
 */
export const linePlugin = (scene: Scene): Plugin => ({
  id: 'lines',
  beforeDatasetsDraw(chart) {
    inside(chart, scene, (ctx, _, at, { lines }) => {
      const { row, drawn } = scene;
      const of = (line: number, series: number) => drawn.find((one) => one.line === line && one.series === series);
      for (let i = lines.length - 1; i >= 0; i--) {
        const { color, dash } = lines[i]!.stroke;
        // More than three shaded bands hide each other: then only the first schedule has one.
        const [upper, lower] = row.between?.map((series) => of(i, series)) ?? [];
        if (upper && lower && (lines.length <= 3 || i === 0)) {
          ctx.beginPath();
          trace(ctx, upper.points.map(at), true);
          trace(ctx, lower.points.map(at).reverse(), false);
          ctx.closePath();
          ctx.fillStyle = fade(color, 0.16);
          ctx.fill();
        }
        for (const [k] of row.series.entries()) {
          const curve = of(i, k);
          if (!curve) continue;
          const main = k === row.main;
          ctx.beginPath();
          trace(ctx, curve.points.map(at), true);
          ctx.strokeStyle = main ? color : fade(color, lines.length > 3 ? 0.45 : 0.75);
          ctx.lineWidth = main ? 1.75 : 1;
          ctx.lineJoin = 'round';
          ctx.setLineDash([...dash]);
          ctx.stroke();
        }
      }
      ctx.setLineDash([]);
    });
    return false;
  },
});

/** Marks where a curve leaves the picture, with an arrow at the edge. */
export const exitPlugin = (scene: Scene): Plugin => ({
  id: 'exits',
  afterDraw: (chart) =>
    inside(chart, scene, (ctx, area, at, { lines }) => {
      for (const { line, series, points } of scene.drawn) {
        if (series !== scene.row.main) continue;
        const pixels = points.map(at);
        ctx.fillStyle = lines[line]!.stroke.color;
        for (let i = 1; i < pixels.length; i++)
          for (const [edge, way] of [
            [area.top, 1],
            [area.bottom, -1],
          ] as const) {
            const [before, after] = [pixels[i - 1]!, pixels[i]!];
            const [a, b] = [(before.y - edge) * way, (after.y - edge) * way];
            if (a < -0.5 === b < -0.5) continue;
            const x = before.x + ((after.x - before.x) * a) / (a - b);
            ctx.beginPath();
            ctx.moveTo(x, edge);
            ctx.lineTo(x - 3.5, edge + 6 * way);
            ctx.lineTo(x + 3.5, edge + 6 * way);
            ctx.fill();
          }
      }
    }),
});

/** Draws the linked cursor, a dot where it meets each schedule, and the stretch that a drag chooses. */
export const cursorPlugin = (scene: Scene): Plugin => ({
  id: 'cursor',
  afterDraw: (chart) =>
    inside(
      chart,
      scene,
      (ctx, area, at, { lines, theme }) => {
        if (scene.still) return;
        if (scene.brush) {
          const [from, to] = scene.brush.map((x) => at({ x, y: 0 }).x) as [number, number];
          ctx.fillStyle = fade(theme.accent, 0.25);
          ctx.fillRect(Math.min(from, to), area.top, Math.abs(to - from), area.height);
        }
        if (scene.cursor === undefined) return;
        const { x } = at({ x: scene.cursor, y: 0 });
        ctx.strokeStyle = fade(theme.foreground, theme.contrast ? 1 : 0.55);
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(Math.round(x) + 0.5, area.top);
        ctx.lineTo(Math.round(x) + 0.5, area.bottom);
        ctx.stroke();
        for (let i = scene.marks.length - 1; i >= 0; i--) {
          const y = scene.marks[i];
          const [low, high] = [chart.scales.y!.min, chart.scales.y!.max];
          if (y === undefined || y < low || y > high) continue;
          ctx.beginPath();
          ctx.arc(x, at({ x: 0, y }).y, 3, 0, 2 * Math.PI);
          ctx.fillStyle = lines[i]!.stroke.color;
          ctx.strokeStyle = theme.background;
          ctx.lineWidth = 1.5;
          ctx.fill();
          ctx.stroke();
        }
      },
      5,
    ),
});
