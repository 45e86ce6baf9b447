import { formatNumber } from '../../src/core/text/format';
import type { Mark } from './marks/mark';
import type { Range } from './range';
import { powerTicks, roundTicks, stepOf, tickTexts, ticksAt, type Tick } from './ticks';

/**
 * One axis of a plot. A value of the data has a place on it: itself, or its decimal logarithm on a logarithmic axis.
 * Zoom, cursor and layout are in places; what marks hold is in values.
 */
export interface AxisSpec {
  readonly title: string;
  /** What the read-out calls it, where the title is long. */
  readonly symbol?: string | undefined;
  /** Whether the title stands elsewhere on the page; a saved figure has it all the same. */
  readonly untitled?: boolean | undefined;
  readonly log?: boolean | undefined;
  /** Whether values are decimal logarithms already: ticks are then powers of ten of them. */
  readonly powers?: boolean | undefined;
  /** The ends, where they do not follow from the marks; they may depend on the part of x that is shown. */
  readonly range?: Range | ((shown: Range | undefined) => Range) | undefined;
  /** Ends that do not follow from the marks while all of x is shown. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** What stands in [0, 1], [1, 2] and so on: named in the middle of each, in place of numbers. */
  readonly names?: readonly string[] | undefined;
  /** Values that have a tick, where those are not round numbers. */
  readonly ticks?: readonly number[] | undefined;
  /** The largest value there can be: the axis ends at it. Markers there stand whole, as they reach beyond the plot. */
  readonly most?: number | undefined;
  /** A value in words. */
  readonly text?: ((value: number) => string) | undefined;
}

/** Most ticks on an axis. */
const TICKS = 5;

/** Room beyond the data at each end of an axis, as a share of what they cover. */
const ROOM = 0.04;

/**
 * Ends that follow from the data are moved outward to a whole step, of which the axis has at least so many: while a value
 * is dragged an axis then stays as it is from one frame to the next, which is calm to look at and quick to draw.
 */
const STEPS = 40;

/** Most characters of a name beside an axis. */
const LONG = 16;

const shorten = (name: string) => (name.length > LONG ? `${name.slice(0, LONG - 1)}…` : name);

/** The place of a value on an axis. */
export const placeOn = ({ log }: Pick<AxisSpec, 'log'>, value: number): number => (log ? Math.log10(value) : value);

/** The value at a place of an axis. */
export const valueOn = ({ log }: Pick<AxisSpec, 'log'>, place: number): number => (log ? 10 ** place : place);

/** A place of an axis in words: the name there, or the value. */
export function placeText(axis: AxisSpec, place: number): string {
  if (axis.names) return axis.names[Math.floor(place)] ?? '';
  const value = valueOn(axis, place);
  if (axis.text) return axis.text(value);
  return formatNumber(axis.powers ? 10 ** value : value);
}

/** The place nearest to a place at which a cursor can stand: the middle of a name where the axis has names. */
export const snapped = ({ names }: AxisSpec, place: number): number =>
  names ? Math.min(Math.max(Math.floor(place), 0), names.length - 1) + 0.5 : place;

/**
 * The ends of an axis in places: those it asks for, else what its marks cover and a little room. `shown` is the part of
 * the x axis in view, in its places; undefined where that is all of it.
 */
export function axisEnds(axis: AxisSpec, side: 'x' | 'y', marks: readonly Mark[], x: AxisSpec, shown?: Range): Range {
  const values = shown && ([valueOn(x, shown[0]), valueOn(x, shown[1])] as const);
  const range = typeof axis.range === 'function' ? axis.range(values) : axis.range;
  if (range) return [placeOn(axis, range[0]), placeOn(axis, range[1])];
  let low = Infinity;
  let high = -Infinity;
  for (const mark of marks) {
    const extent = mark.extent?.(side, { log: axis.log ?? false, shown: values });
    if (!extent) continue;
    low = Math.min(low, extent[0]);
    high = Math.max(high, extent[1]);
  }
  const { min, max } = axis;
  // Of two given ends both are let go when a part of x is shown, or nothing could be seen better.
  if (min !== undefined && (!shown || max === undefined)) low = min;
  if (max !== undefined && !shown) high = max;
  if (!(low <= high)) return [min ?? 0, max ?? 1];
  // A constant gets a band of its own, or a line at the very edge could not be seen.
  const flat = high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-300);
  const room = flat ? Math.max(Math.abs(high) / 2, 0.5) : (high - low) * ROOM;
  const span = high - low + 2 * room;
  if (!Number.isFinite(span)) return [low, high];
  const step = stepOf(span / STEPS);
  const start = low === min ? low : Number((Math.floor((low - room) / step) * step).toPrecision(12));
  const end = high === max ? high : Number((Math.ceil((high + room) / step) * step).toPrecision(12));
  const most = axis.most === undefined ? Infinity : placeOn(axis, axis.most);
  return [start, most > start ? Math.min(end, most) : end];
}

/** The ticks of an axis between two places: its names, the values it was given, written out, or round ones. */
export function ticksOf(axis: AxisSpec, low: number, high: number): Tick[] {
  const { names, ticks, most = Infinity, log = false, powers = false } = axis;
  const inView = (tick: Tick) => tick.value >= low - 1e-9 && tick.value <= high + 1e-9;
  if (names)
    return ticksAt(
      names.map((_, i) => i + 0.5),
      names.map(shorten),
    ).filter(inView);
  if (ticks) {
    const texts = tickTexts(powers ? ticks.map((value) => 10 ** value) : ticks, false);
    return ticksAt(
      ticks.map((value) => placeOn(axis, value)),
      texts,
    ).filter(inView);
  }
  const decades = log || powers;
  const round = decades ? powerTicks(low, high, TICKS) : roundTicks(low, high, TICKS).filter((value) => value <= most);
  return ticksAt(round, tickTexts(round, decades));
}
