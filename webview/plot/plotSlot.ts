import { placeText, snapped, valueOn, type AxisSpec } from './axis';
import { type Range } from './range';
import { Gestures, type Box, type Target } from './gestures';
import { HandleLayer } from './handleLayer';
import type { Zoom } from './content';
import { Plot } from './plot';
import { atValue, nearPoint, NOTHING, type Found, type Position } from './reading';
import { visibleMarks, type PlotSpec } from './spec';
import type { Theme } from './theme';
import { ownView, type PlotView } from './view';

/** Milliseconds of rest before a screen reader is told where the cursor stands. */
const PAUSE = 600;

/** The axes of a plot that is not on the page. */
const NOWHERE: { readonly x: Range; readonly y: Range } = { x: [0, 0], y: [0, 0] };

/** What a slot needs of the grid it is in. */
export interface SlotOwner {
  theme(): Theme;
  /** The view that several plots share, by its name. */
  view(name: string): PlotView;
  /** To be called when a cursor moved: overlays and read-outs follow. */
  moved(): void;
  /** To be called when what is shown of a plot changed: the page is drawn again. */
  changed(): void;
  /** To be called when the page must be drawn before what follows. */
  drawNow(): void;
  /** Tells a screen reader something. */
  speak(text: string): void;
}

/** One plot of a grid as long as the page has it: its canvases, where it is looked at, and what of it is hidden. */
export class PlotSlot implements Target {
  readonly gestures = new Gestures(this);
  readonly handles: HandleLayer;
  /** Keys of its own legend that are hidden; another set with every change. */
  hidden: ReadonlySet<string> = new Set();
  plot: Plot | undefined;
  private own = ownView();
  /** Where its cursor stands on y, and which part of y is shown, where the cursor is a point. */
  private y: number | undefined;
  private yRange: Range | undefined;
  private chosen: Box | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether it is in sight, or near it. */
  visible = true;
  /** What it had at its cursor when that was drawn last. */
  latest: Found = NOTHING;

  constructor(
    private current: PlotSpec,
    private readonly owner: SlotOwner,
  ) {
    const slot = () => this;
    this.handles = new HandleLayer({
      get handles() {
        return slot().spec.handles;
      },
      get frame() {
        return slot().plot?.frame;
      },
      get yRange() {
        return slot().plot?.range.y;
      },
      changed: () => owner.changed(),
      drawNow: () => owner.drawNow(),
    });
  }

  get spec(): PlotSpec {
    return this.current;
  }

  set spec(spec: PlotSpec) {
    const { x, y } = this.current;
    // on other axes the old places mean nothing
    if (spec.x.title !== x.title || spec.y.title !== y.title || spec.x.log !== x.log) this.forget();
    this.current = spec;
  }

  /** Takes the plot's canvases when the page makes them, and lets go of them when the page drops them. */
  readonly mount = (element: Element | undefined): void => {
    this.plot?.dispose();
    this.plot = undefined;
    const [base, cover] = element?.querySelectorAll('canvas') ?? [];
    if (base && cover) this.plot = new Plot(base, cover, () => this.handles.place());
  };

  /** Draws what changed of the plot, and its cursor. */
  draw(): void {
    const { plot, spec, hidden } = this;
    if (!plot) return;
    plot.show({
      spec,
      hidden,
      theme: this.owner.theme(),
      zoom: this.part,
    });
    this.handles.place();
    this.drawCursor();
  }

  /** Draws the cursor alone. */
  drawCursor(): void {
    const position = this.isMoved ? this.position() : undefined;
    this.latest = this.found();
    // before it was moved the cursor is not drawn
    const found = position || this.isFollower ? this.latest : NOTHING;
    this.plot?.cursor({ position, found, brush: this.chosen });
  }

  /** Whether its cursor was moved; before that it may be read, and is not drawn. */
  get isMoved(): boolean {
    return this.view.cursor() !== undefined;
  }

  /** What the plot has at its cursor. */
  found(): Found {
    const { spec, plot, hidden } = this;
    const marks = visibleMarks(spec, hidden);
    const position = this.position();
    if (spec.cursor !== 'point') return atValue(spec, marks, valueOn(spec.x, position.x));
    const near = plot?.frame && this.isMoved ? nearPoint(spec, marks, position, plot.frame) : NOTHING;
    if (!this.isFollower) return near;
    const { dots } = spec.at!(this.sharedCursor());
    return { ...near, dots: [...dots, ...near.dots] };
  }

  /** Where the cursor stands in words. */
  positionText(): string {
    const { spec } = this;
    const { x, y } = this.position();
    const on = (axis: AxisSpec, place: number) => `${axis.symbol ?? axis.title} ${placeText(axis, place)}`;
    if (spec.view !== undefined && spec.cursor !== 'point') return this.view.text?.() ?? on(spec.x, x);
    return y === undefined || spec.cursor !== 'point' ? on(spec.x, x) : `${on(spec.x, x)}, ${on(spec.y, y)}`;
  }

  /** The part of the plot that is shown. */
  get part(): Zoom {
    return { x: this.view.range(), y: this.handles.held ?? this.yRange };
  }

  /** Whether anything but the whole plot is shown. */
  get zoomed(): boolean {
    return this.view.range() !== undefined || this.yRange !== undefined;
  }

  placeAt(event: { readonly clientX: number; readonly clientY: number }): { readonly x: number; readonly y: number } {
    this.ready();
    return this.plot!.placeAt(event);
  }

  /** The value of the x axis at a pointer, and at the cursor. */
  valueAt(event: { readonly clientX: number; readonly clientY: number }): number {
    return valueOn(this.spec.x, this.placeAt(event).x);
  }

  cursorValue(): number {
    return valueOn(this.spec.x, this.position().x);
  }

  shown(): Box {
    this.ready();
    const { x, y } = this.plot!.range;
    return this.spec.cursor === 'point' ? { x, y } : { x };
  }

  full(): Box {
    const { x, y } = this.plot!.full;
    return this.spec.cursor === 'point' ? { x, y } : { x };
  }

  step() {
    const { x, y } = this.spec;
    return { x: x.names && 1, y: y.names && 1 };
  }

  position(): Position {
    const { spec, plot } = this;
    const cursor = this.view.cursor();
    if (spec.cursor !== 'point') return { x: cursor ?? spec.start ?? plot?.range.x[1] ?? NaN };
    const middle = ([low, high]: Range) => (low + high) / 2;
    const { x, y } = plot?.range ?? NOWHERE;
    return { x: cursor ?? snapped(spec.x, middle(x)), y: this.y ?? snapped(spec.y, middle(y)) };
  }

  moveTo({ x, y }: Position): void {
    const { spec } = this;
    this.view.moveTo(spec.cursor === 'point' ? x : snapped(spec.x, x));
    this.y = y;
    this.owner.moved();
  }

  /** Tells whoever asked for it what lies at a position; nothing does where undefined. */
  point(at: Position | undefined): void {
    const { spec, plot, hidden } = this;
    if (!spec.pointed) return;
    const found = at && plot?.frame ? nearPoint(spec, visibleMarks(spec, hidden), at, plot.frame) : NOTHING;
    spec.pointed(found.readings[0]?.key);
  }

  zoom(box: Box | undefined): void {
    this.yRange = box?.y;
    this.view.zoom(box?.x);
    this.owner.changed();
  }

  brush(box: Box | undefined): void {
    this.chosen = box;
    this.owner.moved();
  }

  speak(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const list = this.found().readings.map(({ label, text }) => `${label} ${text}`);
      this.owner.speak(`${this.positionText()}. ${this.spec.title}: ${list.join(', ') || 'nothing here'}`);
    }, PAUSE);
  }

  /** Draws the plot where it was never drawn: one out of sight waits, and a key may come before. */
  private ready(): void {
    if (!this.plot?.frame) this.draw();
  }

  /** Whether it shows the cursor of others as points of its own plane. */
  private get isFollower(): boolean {
    return this.spec.cursor === 'point' && this.spec.at !== undefined;
  }

  private sharedCursor(): number {
    const { view } = this.spec;
    return (view === undefined ? undefined : this.owner.view(view).cursor()) ?? NaN;
  }

  private get view(): PlotView {
    const { view, cursor } = this.spec;
    return view === undefined || cursor === 'point' ? this.own : this.owner.view(view);
  }

  private forget(): void {
    this.own = ownView();
    this.y = undefined;
    this.yRange = undefined;
  }
}
