import type { Store } from '../store';
import type { Board } from './board';
import type { ChartRow } from './registry';
import { readingsAt } from './reading';

/** Share of the x axis that one press of an arrow key moves the cursor; with Shift a tenth of it. */
const STEP = 0.01;

/** Milliseconds of rest before a screen reader is told where the cursor stands. */
const PAUSE = 600;

/** What a pointer, a wheel and the keys do on a chart: move the linked cursor, and zoom. */
export class Gestures {
  private from: number | undefined;
  private timer = 0;

  constructor(
    private readonly store: Store,
    private readonly board: Board,
  ) {}

  move(row: ChartRow, event: PointerEvent): void {
    const view = this.board.views.get(row.id);
    if (!view?.scene.model) return;
    this.store.cursor = view.positionAt(event.clientX);
    if (this.from !== undefined) view.scene.brush = [this.from, this.store.cursor];
    this.store.changed();
  }

  press(row: ChartRow, event: PointerEvent): void {
    if (!event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.from = this.board.views.get(row.id)?.positionAt(event.clientX);
  }

  release(row: ChartRow): void {
    const view = this.board.views.get(row.id);
    const brush = view?.scene.brush;
    this.from = undefined;
    if (!view || !brush) return;
    view.scene.brush = undefined;
    this.zoom([Math.min(...brush), Math.max(...brush)]);
  }

  wheel(row: ChartRow, event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const view = this.board.views.get(row.id);
    if (view) this.scale(1.0015 ** event.deltaY, view.positionAt(event.clientX));
  }

  keys(row: ChartRow, event: KeyboardEvent): void {
    const model = this.board.model();
    if (!model || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = model.range;
    const step = STEP * (high - low) * (event.shiftKey ? 0.1 : 1);
    const { cursor } = this.store;
    const to = { ArrowLeft: cursor - step, ArrowRight: cursor + step, Home: low, End: high }[event.key];
    const factor = { '+': 0.8, '=': 0.8, '-': 1.25 }[event.key];
    if (factor) this.scale(factor, cursor);
    else if (event.key === '0') this.store.look({ zoom: undefined });
    else if (to === undefined) return;
    event.preventDefault();
    if (to === undefined) return;
    // Whole steps, so that the way there and back ends where it began.
    this.store.cursor = Math.min(Math.max(Number(to.toPrecision(12)), low), high);
    this.store.changed();
    this.speak(row);
  }

  /** Tells a screen reader the values of a chart, once the cursor rests. */
  private speak(row: ChartRow): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const model = this.board.model();
      if (!model) return;
      const { symbol } = row.series[row.main]!;
      const values = readingsAt(row, model, this.store.cursor, false);
      const list = values.map(({ line, text }) => `${line.label} ${text}`).join(', ');
      this.store.spoken = `${model.axis.symbol} = ${model.axis.text(this.store.cursor)}. ${symbol}: ${list}`;
      this.store.changed();
    }, PAUSE);
  }

  private scale(factor: number, about: number): void {
    const model = this.board.model();
    if (!model) return;
    const [low, high] = model.range;
    this.zoom([about - (about - low) * factor, about + (high - about) * factor]);
  }

  /** Shows a part of the x axis in every chart; all of it where the part is the whole. */
  private zoom([low, high]: [number, number]): void {
    const model = this.board.model();
    if (!model) return;
    const [first, last] = model.full;
    const range = [Math.max(low, first), Math.min(high, last)] as const;
    const span = range[1] - range[0];
    if (span < 1e-6 * (last - first)) return void this.store.changed();
    const whole = span > 0.999 * (last - first);
    this.store.look({ zoom: whole ? undefined : range });
  }
}
