import { formatNumber } from '../../../src/core/text/format';
import type { Range } from '../range';
import { fade } from '../colors';
import { interpolate, placeIn } from '../interpolate';
import { drawMarker, type Marker } from '../markers';
import type { Frame, LegendEntry, Mark, Scope } from './mark';
import { extentOf, nearest, pointsExtent } from './mark';
import { follow, traceMemo, type Trace } from './trace';

/** A line through points; x and y have one length, and what is not finite breaks the line. */
export interface LineOptions {
  /** Its name in the legend; none where empty. */
  readonly label: string;
  /** What it is hidden and read by, where that is not its name. */
  readonly key?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  readonly dash?: readonly number[] | undefined;
  /** In pixels (1.75). */
  readonly width?: number | undefined;
  readonly opacity?: number | undefined;
  /** At every point: they are then what was measured, and nothing is read between them. */
  readonly marker?: Marker | undefined;
  /** Left out of the read-out and of copied and saved data: a guide for the eye. */
  readonly guide?: boolean | undefined;
  /** Whether the read-out has its value at the cursor (yes), and whether a dot stands there (yes). */
  readonly reads?: boolean | undefined;
  readonly dots?: boolean | undefined;
  /**
   * The part of x whose values count for the ends of the y axis, with poles cut at one bulk (10 % to 90 % of the values)
   * beyond it, so that they do not squash the rest.
   */
  readonly bulk?: Range | undefined;
}

/** A mark that is one line: its pixels are at hand for others that follow it. */
export interface LineMark extends Mark {
  readonly color: string;
  trace(frame: Frame): Trace;
}

/** Draws a line through points. */
export function line(options: LineOptions): LineMark {
  const { label, x, y, color, dash = [], width = 1.75, opacity = 1, marker, guide = false } = options;
  const { key = label || undefined, reads = !guide, dots = !guide, bulk } = options;
  const trace = traceMemo(x, y);
  const ink = opacity < 1 ? fade(color, opacity) : color;
  const legend: LegendEntry | undefined =
    label && key !== undefined ? { key, label, color, dash, marker, line: true } : undefined;
  const symbol = { color, dash, marker };
  const extents = new Map<string, Range | undefined>();
  let summary: string | undefined;

  const readAt = (at: number): { readonly x: number; readonly y: number } => {
    const place = placeIn(x, at);
    const last = x.length - 1;
    if (!x.length || at < x[0]! || at > x[last]!) return { x: at, y: NaN };
    if (!marker) return { x: at, y: interpolate(y, place) };
    const index = place.share < 0.5 ? place.index : Math.min(place.index + 1, last);
    return { x: x[index]!, y: y[index]! };
  };

  return {
    key,
    legend,
    color,
    trace,
    extent(side, scope) {
      if (!bulk || side === 'x') return pointsExtent(x, y, side, scope);
      const kept = `${scope.log} ${scope.shown?.join() ?? ''}`;
      if (!extents.has(kept)) {
        extents.clear(); // one part of the axis is shown at a time
        extents.set(kept, bulkExtent(x, y, bulk, scope));
      }
      return extents.get(kept);
    },
    draw(pen, frame) {
      pen.strokeStyle = ink;
      pen.lineWidth = width;
      pen.lineJoin = 'round';
      pen.setLineDash([...dash]);
      pen.beginPath();
      follow(pen, trace(frame));
      pen.stroke();
      pen.setLineDash([]);
    },
    ...(marker && {
      drawAbove(pen, frame) {
        const { left, right, top, bottom } = frame.area;
        for (let i = 0; i < x.length; i++) {
          const px = frame.x(x[i]!);
          const py = frame.y(y[i]!);
          if (px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1)
            drawMarker(pen, marker, ink, px, py);
        }
      },
    }),
    at(value) {
      const found = readAt(value);
      const text = Number.isNaN(found.y) ? '–' : formatNumber(found.y);
      return {
        dots: dots && Number.isFinite(found.y) ? [{ ...found, color }] : [],
        readings: reads && key !== undefined ? [{ key, label, text, symbol }] : [],
      };
    },
    near(px, py, frame) {
      const found = nearest(x, y, px, py, frame);
      if (!found || key === undefined || guide) return undefined;
      const at = { x: x[found.index]!, y: y[found.index]! };
      const text = `${formatNumber(at.x)}, ${formatNumber(at.y)}`;
      return { distance: found.distance, dot: { ...at, color }, reading: { key, label, text, symbol } };
    },
    summary() {
      summary ??= guide || !label ? '' : summaryOf(label, y);
      return summary;
    },
    ...(!guide && {
      numbers: (titles) => ({
        names: [`${titles.x} ${label}`, `${titles.y} ${label}`],
        columns: [Float64Array.from(x), Float64Array.from(y)],
      }),
    }),
  };
}

/** A line in a sentence: its first and its last value. */
function summaryOf(label: string, y: ArrayLike<number>): string {
  let first = 0;
  let last = y.length - 1;
  while (first < last && Number.isNaN(y[first]!)) first++;
  while (last > first && Number.isNaN(y[last]!)) last--;
  return last < 0 || Number.isNaN(y[first]!)
    ? ''
    : `${label} from ${formatNumber(y[first]!)} to ${formatNumber(y[last]!)}.`;
}

/** Steps of x over the shown part at which values count: dense samples at the ends do not count more. */
const STEPS = 200;

/** The extent of what a line has in a part of x, with poles cut. */
function bulkExtent(x: ArrayLike<number>, y: ArrayLike<number>, [start, end]: Range, scope: Scope): Range | undefined {
  const [from, to] = scope.shown ?? extentOf(x, false) ?? [0, 1];
  const step = (to - from) / STEPS;
  const values: number[] = [];
  let last = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const at = x[i]!;
    if (at < start || at > end || at < from || at > to || at - last < step) continue;
    const place = scope.log ? Math.log10(y[i]!) : y[i]!;
    if (!Number.isFinite(place)) continue;
    values.push(place);
    last = at;
  }
  if (!values.length) return undefined;
  values.sort((a, b) => a - b);
  const quantile = (share: number) => values[Math.round(share * (values.length - 1))]!;
  const bulk = quantile(0.9) - quantile(0.1);
  return [Math.max(quantile(0), quantile(0.1) - bulk), Math.min(quantile(1), quantile(0.9) + bulk)];
}
