import type { Axis } from './axis';
import type { CurveMemo } from './curveMemo';
import type { ChartRow, Series } from './registry';
import { times, type Line, type Model } from './model';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Whether the y axis of a chart is logarithmic over an x axis. */
export const isLog = ({ scale }: ChartRow, axis: Axis): boolean =>
  scale === 'log' || (scale === 'adaptive' && axis.id !== 't');

/** A value as the y axis of a chart lays it out: its decimal logarithm on a log axis. */
export const layout = (row: ChartRow, axis: Axis, value: number): number =>
  isLog(row, axis) ? Math.log10(value) : value;

/** Sizes of a plot in pixels, near enough to tell which points matter. */
const [WIDTH, HEIGHT] = [360, 160];

/** Largest distance in pixels between a curve and the line that is drawn for it. */
const TOLERANCE = 0.12;

/** How far beyond the axis a point is kept, in axis lengths: a pole leaves the picture, but stays within canvas range. */
const BEYOND = 4;

/** Ends of what a curve covers; undefined where it covers nothing. */
export type Extent = readonly [number, number] | undefined;

/**
 * The range of the y axis: what the data cover in view and inside each window, with poles cut at one bulk
 * (10 % to 90 % of the values) beyond it, so that they do not squash the rest.
 */
export function valueRange(row: ChartRow, model: Model, memo: CurveMemo<Extent>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const line of model.lines)
    for (const [k, series] of row.series.entries()) {
      const inputs = [model.axis.id, model.range, line.window?.start, line.window?.end];
      const extent = memo.get(line.curves, k, inputs, () => extentOf(row, series, line, model));
      if (!extent) continue;
      low = Math.min(low, extent[0]);
      high = Math.max(high, extent[1]);
    }
  const zoomed = model.range !== model.full;
  const { min, max } = isLog(row, model.axis) ? {} : row;
  if (min !== undefined && (!zoomed || max === undefined)) low = min;
  if (max !== undefined && !zoomed) high = max;
  if (!(low <= high)) return [min ?? 0, max ?? 1];
  // A constant gets a band of its own, or a line at the very edge could not be seen.
  const flat = high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? Math.max(Math.abs(high) / 2, 0.5) : 0;
  const margin = flat || (high - low) * 0.04;
  return [low === min ? low : low - margin, high === max ? high : high + margin];
}

function extentOf(row: ChartRow, series: Series, line: Line, model: Model): Extent {
  const values = visibleValues(row, series, line, model);
  if (!values.length) return undefined;
  const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
  const bulk = at(0.9) - at(0.1);
  return [Math.max(at(0), at(0.1) - bulk), Math.min(at(1), at(0.9) + bulk)];
}

/** Sorted finite values of a series in view, at even steps of x so that dense samples at the ends do not count more. */
function visibleValues(row: ChartRow, series: Series, line: Line, { axis, range }: Model): number[] {
  const step = (range[1] - range[0]) / 200;
  const { start, end } = line.window ?? { start: 0, end: 1 };
  const values: number[] = [];
  let last = -Infinity;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    const x = axis.of(t, line.curves.logSnr[i]!);
    if (t < start || t > end || x < range[0] || x > range[1] || x - last < step) continue;
    const y = layout(row, axis, series.of(line.curves, i));
    if (!Number.isFinite(y)) continue;
    values.push(y);
    last = x;
  }
  return values.sort((a, b) => a - b);
}

/** The points of a curve that are needed to draw it within the tolerance. */
export function curvePoints(
  row: ChartRow,
  series: Series,
  { curves }: Line,
  { axis, range }: Model,
  [low, high]: readonly [number, number],
): Point[] {
  const [xScale, yScale] = [WIDTH / (range[1] - range[0]), HEIGHT / (high - low)];
  const [floor, ceiling] = [low - BEYOND * (high - low), high + BEYOND * (high - low)];
  const points: Point[] = [];
  for (let i = 0; i < times.length; i++) {
    const x = axis.of(times[i]!, curves.logSnr[i]!);
    const value = layout(row, axis, series.of(curves, i));
    if (Number.isNaN(value) || !Number.isFinite(x)) continue;
    const y = Math.min(Math.max(value, floor), ceiling);
    // Of the points outside the view only the nearest on each side matter.
    if (x < range[0]) points.length = 0;
    points.push({ x, y });
    if (x > range[1]) break;
  }
  return thin(points, xScale, yScale);
}

/** Leaves out points that lie within the tolerance of the line between their kept neighbours (Reumann-Witkam). */
function thin(points: readonly Point[], xScale: number, yScale: number): Point[] {
  if (points.length < 3) return [...points];
  const kept = [points[0]!];
  let [from, ahead] = [points[0]!, points[1]!];
  for (let i = 2; i < points.length; i++) {
    const [dx, dy] = [(ahead.x - from.x) * xScale, (ahead.y - from.y) * yScale];
    const [ex, ey] = [(points[i]!.x - from.x) * xScale, (points[i]!.y - from.y) * yScale];
    const length = Math.hypot(dx, dy);
    const offset = length > 0.5 ? Math.abs(dx * ey - dy * ex) / length : Math.hypot(ex, ey);
    if (length <= 0.5 && offset <= 0.5) ahead = points[i]!;
    else if (offset > TOLERANCE) {
      kept.push(points[i - 1]!);
      from = points[i - 1]!;
      ahead = points[i]!;
    }
  }
  kept.push(points.at(-1)!);
  return kept;
}
