import type { Range } from '../range';
import type { Marker } from '../markers';
import type { Numbers } from '../numbers';
import type { Area, Pen } from '../pen';
import type { Theme } from '../theme';

/** A line with its symbol and name. */
export interface LineName {
  readonly symbol: string;
  readonly name: string;
  readonly color: string;
  readonly width: number;
  readonly dash: readonly number[];
}

/** The symbol of a legend: a piece of line, a marker, or both. */
export interface LegendSymbol {
  readonly color: string;
  readonly dash?: readonly number[] | undefined;
  readonly marker?: Marker | undefined;
  /** Whether there is a piece of line (yes). */
  readonly line?: boolean | undefined;
  /** Pixels of its line; 2.5 where left out. */
  readonly width?: number | undefined;
}

/** What a mark adds to the legend; marks with one key are one entry. */
export interface LegendEntry extends LegendSymbol {
  readonly key: string;
  readonly label: string;
}

/** What a plot says of one of its lines at the cursor. */
export interface Reading {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  /** What a pointer that rests on the text is told. */
  readonly detail?: (() => string) | undefined;
  readonly symbol: LegendSymbol;
}

/** A point that stands where the cursor meets a mark, in values of the axes. */
export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

/** What a plot, or a mark of it, has at a position of the x axis. */
export interface AtCursor {
  readonly dots: readonly Dot[];
  readonly readings: readonly Reading[];
}

/** What of a mark lies under a pointer: how far away in pixels, what it is, and the point or the cell, in values. */
export interface Hit {
  readonly distance: number;
  readonly reading: Reading;
  readonly dot?: Dot | undefined;
  readonly cell?: { readonly x: Range; readonly y: Range } | undefined;
}

/** What of the data counts for an axis. */
export interface Scope {
  /** Whether the axis is logarithmic: what is not above 0 has no place on it. */
  readonly log: boolean;
  /** The part of the x axis in view, in its values; undefined where that is all of it. */
  readonly shown: Range | undefined;
}

/** Where a mark is drawn: pixels of values, NaN where a value has no place. The same object as long as none changed. */
export interface Frame {
  readonly area: Area;
  readonly theme: Theme;
  x(value: number): number;
  y(value: number): number;
  /** The values at pixels. */
  xAt(pixel: number): number;
  yAt(pixel: number): number;
}

/** One layer of a plot: what it covers, how it is drawn, and what it adds to legend, read-out and numbers. */
export interface Mark {
  /** Marks with one key are hidden and shown together; what has none is always shown. */
  readonly key?: string | undefined;
  readonly legend?: LegendEntry | undefined;
  /** The ends of what it covers along an axis, in places of that axis; undefined where it covers nothing. */
  extent?(side: 'x' | 'y', scope: Scope): Range | undefined;
  /** Draws it, clipped to the plot's area. */
  draw?(pen: Pen, frame: Frame): void;
  /** Draws what stands above all other marks, and whole at the edges: markers and names. */
  drawAbove?(pen: Pen, frame: Frame): void;
  /** Draws what stands beside the plot, in the gutter that its spec asks for. */
  drawBeside?(pen: Pen, frame: Frame): void;
  /** What it writes there, for where there is no room. */
  readonly beside?: readonly LineName[];
  /** What it has at a value of the x axis. */
  at?(x: number): AtCursor;
  /** What of it lies nearest to a pixel; undefined where that is far away. */
  near?(px: number, py: number, frame: Frame): Hit | undefined;
  /** It in a sentence, for who cannot see it. */
  summary?(): string;
  /** Its data as columns, to be copied and saved. */
  numbers?(titles: { readonly x: string; readonly y: string }): Numbers;
}

/** The ends of some values in places of an axis; undefined where none has one. */
export function extentOf(values: ArrayLike<number>, log: boolean, counts?: (i: number) => boolean): Range | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (counts && !counts(i)) continue;
    const place = log ? Math.log10(values[i]!) : values[i]!;
    if (!Number.isFinite(place)) continue;
    if (place < low) low = place;
    if (place > high) high = place;
  }
  return low <= high ? [low, high] : undefined;
}

/** The extent of points along an axis: along y only of those in the shown part of x. */
export const pointsExtent = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  side: 'x' | 'y',
  { log, shown }: Scope,
): Range | undefined =>
  side === 'x' ? extentOf(x, log) : extentOf(y, log, shown && ((i) => x[i]! >= shown[0] && x[i]! <= shown[1]));

/** Both extents together. */
export const joined = (a: Range | undefined, b: Range | undefined): Range | undefined =>
  a && b ? [Math.min(a[0], b[0]), Math.max(a[1], b[1])] : (a ?? b);

/** How far from the pointer, in pixels, a point still counts as under it. */
const REACH = 24;

/** The point nearest to a pixel, within reach: its index and distance. */
export function nearest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  px: number,
  py: number,
  frame: Frame,
): { readonly index: number; readonly distance: number } | undefined {
  let index = -1;
  let distance = REACH;
  for (let i = 0; i < x.length; i++) {
    const away = Math.hypot(frame.x(x[i]!) - px, frame.y(y[i]!) - py);
    if (away >= distance) continue;
    distance = away;
    index = i;
  }
  return index < 0 ? undefined : { index, distance };
}

/** An entry of the legend alone: it gives the entries their order where what is drawn comes in another. */
export const named = (legend: LegendEntry): Mark => ({ key: legend.key, legend });
