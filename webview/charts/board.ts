import type { Store } from '../state/store';
import { ChartView } from './chartView';
import type { Range, Surface } from './gestures';
import { ModelCache, type Model } from './model';
import { readingsAt } from './reading';
import { charts, type ChartRow } from './registry';

/** The charts of a page: one view a canvas, one model for all, drawn once a frame. */
export class Board implements Surface {
  readonly views = new Map<string, ChartView>();
  private readonly mounts = new Map<string, (canvas: Element | undefined) => void>();
  private readonly cache = new ModelCache();
  private key: unknown[] = [];
  private last: Model | undefined;
  private drawn = new WeakMap<ChartView, { model: Model; cursor: number }>();

  constructor(private readonly store: Store) {}

  /** The model of what the store shows now; the same object as long as nothing in it changed. */
  model(): Model | undefined {
    const { experiment, hidden, theme, view, study } = this.store;
    if (!experiment) return undefined;
    const { learning } = study;
    const key = [experiment, [...hidden].sort().join(), theme, view.axis, view.zoom?.join(), learning];
    if (!this.last || key.some((part, i) => part !== this.key[i])) {
      this.key = key;
      this.last = this.cache.build(experiment, hidden, theme, view.axis, view.zoom, learning);
    }
    return this.last;
  }

  /** Takes a chart's canvas when the page makes it, and lets go of it when the page drops it. */
  canvasOf(row: ChartRow): (canvas: Element | undefined) => void {
    // One function a chart, for good: lit would see another one as another canvas, and the chart be made anew.
    let mount = this.mounts.get(row.id);
    if (!mount) this.mounts.set(row.id, (mount = (canvas) => this.mount(row, canvas)));
    return mount;
  }

  /** Brings every chart up to date. */
  draw(): void {
    const model = this.model();
    if (!model) return;
    const { cursor } = this.store;
    for (const view of this.views.values()) {
      const before = this.drawn.get(view);
      if (before?.model === model && before.cursor === cursor) continue;
      view.show(model, cursor);
      this.drawn.set(view, { model, cursor });
    }
  }

  extent() {
    return this.model();
  }

  cursor(): number {
    return this.store.cursor;
  }

  moveTo(x: number): void {
    this.store.cursor = x;
    this.store.changed();
  }

  zoom(zoom: Range | undefined): void {
    this.store.look({ zoom });
  }

  positionAt(id: string, clientX: number): number | undefined {
    const view = this.views.get(id);
    return view?.scene.model && view.positionAt(clientX);
  }

  brush(id: string, range: Range | undefined): void {
    const view = this.views.get(id);
    if (view) view.scene.brush = range;
    this.store.changed();
  }

  speak(id: string): void {
    const model = this.model();
    const row = charts.find((chart) => chart.id === id);
    if (!model || !row) return;
    const { cursor } = this.store;
    const list = readingsAt(row, model, cursor, false).map(({ line, text }) => `${line.label} ${text}`);
    const { symbol } = row.series[row.main]!;
    this.store.spoken = `${model.axis.symbol} = ${model.axis.text(cursor)}. ${symbol}: ${list.join(', ')}`;
    this.store.changed();
  }

  private mount(row: ChartRow, canvas: Element | undefined): void {
    const view = this.views.get(row.id);
    if (view?.chart.canvas === canvas) return;
    view?.dispose();
    this.views.delete(row.id);
    if (canvas) this.views.set(row.id, new ChartView(canvas as HTMLCanvasElement, row));
  }
}
