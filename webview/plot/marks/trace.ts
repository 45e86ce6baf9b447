import type { Pen } from '../pen';
import type { Frame } from './mark';

/** Largest distance in pixels between a curve and the line that is drawn for it. */
const TOLERANCE = 0.12;

/** Pixels that a point must be away to give the direction of a line. */
const NEAR = 0.25;

/** How far beyond the plot a point may lie, in its heights: a pole leaves the plot, but stays in a canvas' range. */
const BEYOND = 4;

/** A line in pixels: x and y by turns; NaN twice where it is broken. */
export type Trace = Float64Array;

/** The pixels of points, one after the other, as few as draw the same line. What is not finite breaks it. */
function traceOf(x: ArrayLike<number>, y: ArrayLike<number>, frame: Frame): Trace {
  const { left, right, top, bottom } = frame.area;
  const height = bottom - top;
  const ceiling = top - BEYOND * height;
  const floor = bottom + BEYOND * height;
  const thin = new Thinner(x.length);
  // Of the points beside the plot only the last before it and the first after it matter, where x ascends.
  const ascends = x.length > 2 && x[0]! < x[x.length - 1]! && isAscending(x);
  let before = NaN;
  let beforeY = NaN;
  for (let i = 0; i < x.length; i++) {
    const px = frame.x(x[i]!);
    const raw = frame.y(y[i]!);
    if (!(Math.abs(px) < Infinity) || raw !== raw) {
      thin.lift();
      before = NaN;
      continue;
    }
    const py = raw < ceiling ? ceiling : raw > floor ? floor : raw;
    if (ascends && px < left) {
      before = px;
      beforeY = py;
      continue;
    }
    if (before === before) {
      thin.add(before, beforeY);
      before = NaN;
    }
    thin.add(px, py);
    if (ascends && px > right) break;
  }
  return thin.end();
}

/** Whether no value is below the one before it. */
function isAscending(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}

/**
 * Leaves out points that lie within the tolerance of the line between their kept neighbours (Reumann and Witkam, 1974).
 */
class Thinner {
  private readonly kept: Float64Array;
  private count = 0;
  /** The last kept point, the one that gives the direction from it, and the last one seen. */
  private fromX = NaN;
  private fromY = NaN;
  private aheadX = NaN;
  private aheadY = NaN;
  private lastX = NaN;
  private lastY = NaN;

  constructor(points: number) {
    this.kept = new Float64Array(4 * points + 4);
  }

  add(x: number, y: number): void {
    if (this.fromX !== this.fromX) {
      this.keep(x, y);
      return;
    }
    if (this.aheadX !== this.aheadX) {
      this.aim(x, y);
      return;
    }
    const dx = this.aheadX - this.fromX;
    const dy = this.aheadY - this.fromY;
    const ex = x - this.fromX;
    const ey = y - this.fromY;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length < NEAR) {
      this.aim(x, y);
      return;
    }
    const offset = Math.abs(dx * ey - dy * ex) / length;
    // A step back along the line is a turn, however near the line it ends.
    const back = (x - this.lastX) * dx + (y - this.lastY) * dy < 0;
    if (offset > TOLERANCE || back) {
      this.keep(this.lastX, this.lastY);
      this.aim(x, y);
      return;
    }
    this.lastX = x;
    this.lastY = y;
  }

  /** Ends the line here: the next point begins another. */
  lift(): void {
    if (this.lastX === this.lastX && (this.lastX !== this.fromX || this.lastY !== this.fromY))
      this.keep(this.lastX, this.lastY);
    if (this.fromX === this.fromX) {
      this.kept[this.count++] = NaN;
      this.kept[this.count++] = NaN;
    }
    this.fromX = NaN;
    this.aheadX = NaN;
    this.lastX = NaN;
  }

  end(): Trace {
    this.lift();
    return this.kept.slice(0, Math.max(0, this.count - 2));
  }

  private aim(x: number, y: number): void {
    this.aheadX = x;
    this.aheadY = y;
    this.lastX = x;
    this.lastY = y;
  }

  private keep(x: number, y: number): void {
    this.kept[this.count++] = x;
    this.kept[this.count++] = y;
    this.fromX = x;
    this.fromY = y;
    this.aheadX = NaN;
    this.lastX = x;
    this.lastY = y;
  }
}

/** Adds a trace to the pen's path. */
export function follow(pen: Pen, trace: Trace): void {
  let down = false;
  for (let i = 0; i < trace.length; i += 2) {
    const x = trace[i]!;
    if (x !== x) down = false;
    else if (down) pen.lineTo(x, trace[i + 1]!);
    else {
      pen.moveTo(x, trace[i + 1]!);
      down = true;
    }
  }
}

/** Keeps the last trace of points as long as they are drawn in one frame. */
export function traceMemo(x: ArrayLike<number>, y: ArrayLike<number>): (frame: Frame) => Trace {
  let frame: Frame | undefined;
  let trace: Trace = new Float64Array(0);
  return (next) => {
    if (next !== frame) {
      trace = traceOf(x, y, next);
      frame = next;
    }
    return trace;
  };
}
