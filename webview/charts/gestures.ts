/** Share of the x axis that one press of an arrow key moves the cursor; with Shift a tenth of it. */
const STEP = 0.01;

/** Milliseconds of rest before a screen reader is told where the cursor stands. */
const PAUSE = 600;

export type Range = readonly [number, number];

/** Pictures over one x axis, with one cursor and one zoom; a picture is named by its id. */
export interface Surface {
  /** The shown part of the x axis and all of it; undefined while there is nothing to show. */
  extent(): { readonly range: Range; readonly full: Range } | undefined;
  cursor(): number;
  moveTo(x: number): void;
  /** Shows a part of the x axis; all of it where undefined. */
  zoom(range: Range | undefined): void;
  /** The position on the x axis of a pointer, kept inside the plot; undefined where the picture is not on the page. */
  positionAt(id: string, clientX: number): number | undefined;
  /** Shows, or drops, the stretch that a drag is choosing in one picture. */
  brush(id: string, range: Range | undefined): void;
  /** Tells a screen reader what a picture has at the cursor. */
  speak(id: string): void;
}

/** What a pointer, a wheel and the keys do on a picture: move the linked cursor, and zoom. */
export class Gestures {
  private from: number | undefined;
  private chosen: Range | undefined;
  private timer = 0;

  constructor(private readonly surface: Surface) {}

  move(id: string, event: PointerEvent): void {
    const x = this.surface.positionAt(id, event.clientX);
    if (x === undefined || !this.surface.extent()) return;
    if (this.from !== undefined) {
      this.chosen = [Math.min(this.from, x), Math.max(this.from, x)];
      this.surface.brush(id, this.chosen);
    }
    this.surface.moveTo(x);
  }

  press(id: string, event: PointerEvent): void {
    if (!event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.from = this.surface.positionAt(id, event.clientX);
  }

  release(id: string): void {
    const { chosen } = this;
    [this.from, this.chosen] = [undefined, undefined];
    if (!chosen) return;
    this.surface.brush(id, undefined);
    this.zoom(chosen);
  }

  wheel(id: string, event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const about = this.surface.positionAt(id, event.clientX);
    if (about !== undefined) this.scale(1.0015 ** event.deltaY, about);
  }

  keys(id: string, event: KeyboardEvent): void {
    const extent = this.surface.extent();
    if (!extent || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = extent.range;
    const step = STEP * (high - low) * (event.shiftKey ? 0.1 : 1);
    const cursor = this.surface.cursor();
    const to = { ArrowLeft: cursor - step, ArrowRight: cursor + step, Home: low, End: high }[event.key];
    const factor = { '+': 0.8, '=': 0.8, '-': 1.25 }[event.key];
    if (factor) this.scale(factor, cursor);
    else if (event.key === '0') this.surface.zoom(undefined);
    else if (to === undefined) return;
    event.preventDefault();
    if (to === undefined) return;
    // Whole steps, so that the way there and back ends where it began.
    this.surface.moveTo(Math.min(Math.max(Number(to.toPrecision(12)), low), high));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.surface.speak(id), PAUSE);
  }

  /** Shows all of the x axis. */
  reset(): void {
    this.surface.zoom(undefined);
  }

  private scale(factor: number, about: number): void {
    const extent = this.surface.extent();
    if (!extent) return;
    const [low, high] = extent.range;
    this.zoom([about - (about - low) * factor, about + (high - about) * factor]);
  }

  /** Shows a part of the x axis in every picture; all of it where the part is the whole, none of it where it is a point. */
  private zoom([low, high]: Range): void {
    const extent = this.surface.extent();
    if (!extent) return;
    const [first, last] = extent.full;
    const range = [Math.max(low, first), Math.min(high, last)] as const;
    const span = range[1] - range[0];
    if (span < 1e-6 * (last - first)) return;
    this.surface.zoom(span > 0.999 * (last - first) ? undefined : range);
  }
}
