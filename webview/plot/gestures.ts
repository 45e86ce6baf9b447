import type { Range } from './range';
import type { Position } from './reading';

/** Share of an axis that one press of an arrow key moves the cursor; with Shift a tenth of it. */
const STEP = 0.01;

/** Share of an axis that an arrow key moves a cursor that is a point. */
const POINT_STEP = 0.02;

/** A part of the plot: of the x axis, or of both where the cursor is a point. */
export interface Box {
  readonly x: Range;
  readonly y?: Range | undefined;
}

/** The plot that a gesture is made on, in places of its axes. */
export interface Target {
  /** What a pointer is at. */
  placeAt(event: { readonly clientX: number; readonly clientY: number }): { readonly x: number; readonly y: number };
  /** The shown part of the axes, and all of them; y only where the cursor is a point. */
  shown(): Box;
  full(): Box;
  /** The step of an arrow key on each axis, where places between have no meaning. */
  step(): { readonly x?: number | undefined; readonly y?: number | undefined };
  position(): Position;
  /** Tells whoever asked for it what lies under the pointer. */
  point?(place: Position | undefined): void;
  moveTo(position: Position): void;
  /** Shows a part; all of it where undefined. */
  zoom(box: Box | undefined): void;
  /** Shows, or drops, the part that a drag is choosing. */
  brush(box: Box | undefined): void;
  /** Tells a screen reader what is at the cursor. */
  speak(): void;
}

const between = (a: number, b: number): Range => [Math.min(a, b), Math.max(a, b)];

const scaledAbout = ([low, high]: Range, factor: number, about: number): Range => [
  about - (about - low) * factor,
  about + (high - about) * factor,
];

/** What a pointer, a wheel and the keys do on a plot: move the cursor, and zoom. */
export class Gestures {
  private from: { readonly x: number; readonly y: number } | undefined;
  private chosen: Box | undefined;

  constructor(private readonly target: Target) {}

  move(event: PointerEvent): void {
    // A browser tells of a mouse that rests when the page moves under it: keys must keep the cursor they moved.
    if (event.pointerType === 'mouse' && !event.movementX && !event.movementY) return;
    const { target, from } = this;
    const place = target.placeAt(event);
    const flat = target.shown().y === undefined;
    if (from) {
      this.chosen = { x: between(from.x, place.x), ...(!flat && { y: between(from.y, place.y) }) };
      target.brush(this.chosen);
    }
    target.moveTo(flat ? { x: place.x } : place);
    if (!from) target.point?.(place);
  }

  press(event: PointerEvent): void {
    if (!event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.from = this.target.placeAt(event);
  }

  release(): void {
    const { chosen } = this;
    this.from = undefined;
    this.chosen = undefined;
    if (!chosen) return;
    this.target.brush(undefined);
    this.zoom(chosen);
  }

  wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.scale(1.0015 ** event.deltaY, this.target.placeAt(event));
  }

  keys(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = this;
    const factor = { '+': 0.8, '=': 0.8, '-': 1.25 }[event.key];
    const to = this.reached(event.key, event.shiftKey);
    if (factor) this.scale(factor, target.position());
    else if (event.key === '0') target.zoom(undefined);
    else if (!to) return;
    event.preventDefault();
    if (!to) return;
    target.moveTo(to);
    target.speak();
  }

  /** Shows all of the plot. */
  reset(): void {
    this.target.zoom(undefined);
  }

  /** Where a key moves the cursor; undefined where it moves nothing. */
  private reached(key: string, fine: boolean): Position | undefined {
    const { target } = this;
    const { x, y } = target.shown();
    const at = target.position();
    const share = (y ? POINT_STEP : STEP) * (fine ? 0.1 : 1);
    const step = target.step();
    const dx = step.x ?? share * (x[1] - x[0]);
    const dy = step.y ?? (y ? share * (y[1] - y[0]) : 0);
    const kept = (value: number, [low, high]: Range) =>
      // whole steps, so that the way there and back ends where it began
      Math.min(Math.max(Number(value.toPrecision(12)), low), high);
    const across = { ArrowLeft: at.x - dx, ArrowRight: at.x + dx, Home: x[0], End: x[1] }[key];
    if (across !== undefined) return { ...at, x: kept(across, x) };
    if (!y || at.y === undefined) return undefined;
    const up = { ArrowUp: at.y + dy, ArrowDown: at.y - dy }[key];
    return up === undefined ? undefined : { ...at, y: kept(up, y) };
  }

  private scale(factor: number, about: Position): void {
    const { x, y } = this.target.shown();
    const upright = y && about.y !== undefined ? scaledAbout(y, factor, about.y) : undefined;
    this.zoom({ x: scaledAbout(x, factor, about.x), y: upright });
  }

  /** Shows a part of the plot; all of it where the part is the whole, and nothing new where it is a point. */
  private zoom(box: Box): void {
    const full = this.target.full();
    const x = within(box.x, full.x);
    const y = box.y && full.y ? within(box.y, full.y) : undefined;
    if (!x || (box.y && !y)) return;
    const whole = isWhole(x, full.x) && (!y || !full.y || isWhole(y, full.y));
    this.target.zoom(whole ? undefined : { x, y });
  }
}

/** The part of a range inside another; undefined where that is no more than a point of it. */
function within([low, high]: Range, [first, last]: Range): Range | undefined {
  const range = [Math.max(low, first), Math.min(high, last)] as const;
  return range[1] - range[0] < 1e-6 * (last - first) ? undefined : range;
}

const isWhole = ([low, high]: Range, [first, last]: Range): boolean => high - low > 0.999 * (last - first);
