import type { Frame } from './marks/mark';

/** A point of a plot that a person can take hold of, in values of its axes. */
export interface Handle {
  readonly x: number;
  readonly y: number;
  /** Where it stands, in words. */
  readonly text: string;
}

/** The points of a plot that can be taken hold of, and what happens to what they stand for. */
export interface Handles {
  /** What they are the points of. */
  readonly name: string;
  readonly color: string;
  readonly points: readonly Handle[];
  /** Shows a point somewhere else, as far as that is allowed; answers why it stopped short. */
  move(k: number, to: { readonly x: number; readonly y: number }): string | undefined;
  /** Keeps what was shown; or drops it. */
  commit(): void;
  restore(): void;
  /** Adds a point at a value of x; answers its index, or why there is none. */
  add(x: number): number | string;
  /** Removes a point; answers why it stays. */
  remove(k: number): string | undefined;
}

/** Share of an axis that one press of an arrow key moves a handle; with Shift five times as much. */
const [STEP, LARGE] = [0.01, 5];

/** The plot that the handles are on. */
export interface HandleTarget {
  readonly handles: Handles | undefined;
  readonly frame: Frame | undefined;
  /** Keeps the axes as they are while a handle is held, so that they do not run away under it. */
  hold(held: boolean): void;
  /** Says below the handles why one did not follow. */
  note(text: string): void;
  /** Draws the page at once, and answers the element of a handle. */
  drawn(k: number): HTMLElement | undefined;
}

/** What pointer and keys do to the handles of a plot: a drag or a held key is shown at once, and kept on release. */
export class HandleGestures {
  /** The handle that is dragged, and from the pointer to its middle in pixels. */
  private dragged: { readonly k: number; readonly dx: number; readonly dy: number; moved: boolean } | undefined;
  /** Whether keys moved a handle, and none was released since. */
  private stepped = false;

  constructor(private readonly target: HandleTarget) {}

  press(k: number, event: PointerEvent): void {
    const { handles, frame } = this.target;
    if (event.button !== 0 || !handles || !frame) return;
    event.preventDefault();
    const element = event.currentTarget as HTMLElement;
    element.focus();
    element.setPointerCapture(event.pointerId);
    const { x, y } = handles.points[k]!;
    const box = originOf(element);
    this.dragged = { k, dx: frame.x(x) + box.left - event.clientX, dy: frame.y(y) + box.top - event.clientY, moved: false }; // prettier-ignore
    this.target.hold(true);
  }

  drag(event: PointerEvent): void {
    const { dragged, target } = this;
    const { handles, frame } = target;
    if (!dragged || !handles || !frame) return;
    const { left, right, top, bottom } = frame.area;
    const box = originOf(event.currentTarget as HTMLElement);
    const px = Math.min(Math.max(event.clientX + dragged.dx - box.left, left), right);
    const py = Math.min(Math.max(event.clientY + dragged.dy - box.top, top), bottom);
    dragged.moved = true;
    target.note(handles.move(dragged.k, { x: frame.xAt(px), y: frame.yAt(py) }) ?? '');
  }

  release(): void {
    const { dragged, target } = this;
    if (!dragged) return;
    this.dragged = undefined;
    target.hold(false);
    if (dragged.moved) target.handles?.commit();
    target.note('');
  }

  keys(k: number, event: KeyboardEvent): void {
    const { target } = this;
    const { handles, frame } = target;
    if (!handles || !frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const { left, right, top, bottom } = frame.area;
    const share = STEP * (event.shiftKey ? LARGE : 1);
    const [dx, dy] = [share * (right - left), share * (bottom - top)];
    const way = { ArrowLeft: [-dx, 0], ArrowRight: [dx, 0], ArrowUp: [0, -dy], ArrowDown: [0, dy] }[event.key];
    if (way) {
      const { x, y } = handles.points[k]!;
      const to = { x: way[0] ? frame.xAt(frame.x(x) + way[0]) : x, y: way[1] ? frame.yAt(frame.y(y) + way[1]) : y };
      this.stepped = true;
      target.note(handles.move(k, to) ?? '');
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      const refusal = handles.remove(k);
      target.note(refusal ?? '');
      if (refusal === undefined) target.drawn(Math.max(k - 1, 0))?.focus();
    } else if (event.key === 'Enter' || event.key === 'Insert' || event.key === '+') {
      const [here, next] = [handles.points[k]!, handles.points[k + 1] ?? handles.points[k - 1]!];
      this.added(handles.add((here.x + next.x) / 2));
    } else if (event.key === 'Escape' && (this.dragged || this.stepped)) {
      this.dragged = undefined;
      this.stepped = false;
      target.hold(false);
      handles.restore();
      target.note('');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What is said of a handle ends when it is left. */
  leave(): void {
    this.settle();
    this.target.note('');
  }

  /** Keeps what keys moved. */
  settle(): void {
    if (!this.stepped) return;
    this.stepped = false;
    this.target.handles?.commit();
  }

  /** Adds a point at a value of x, and goes to it. */
  add(x: number): void {
    const { handles } = this.target;
    if (handles) this.added(handles.add(x));
  }

  private added(answer: number | string): void {
    this.target.note(typeof answer === 'string' ? answer : '');
    if (typeof answer === 'number') this.target.drawn(answer)?.focus();
  }
}

/** Where the layer of a handle begins on the page. */
const originOf = (handle: HTMLElement): DOMRect => handle.parentElement!.getBoundingClientRect();
