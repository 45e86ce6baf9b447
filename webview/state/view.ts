/** A share of what a page keeps of itself: values by name. */
export interface ViewPart<T extends object> {
  readonly value: T;
  /** Changes some of the values, and draws the page. */
  set(change: Partial<T>): void;
}

/** Where a page's view is kept while it is hidden. */
export interface ViewStore {
  getState(): unknown;
  setState(state: unknown): void;
}

/** What a page keeps of itself when it is hidden: its tab, zoom and scroll. Everything else is in the document. */
export class ViewState {
  private values: Readonly<Record<string, unknown>>;

  constructor(
    private readonly store: ViewStore,
    private readonly changed: () => void,
  ) {
    this.values = (store.getState() ?? {}) as Record<string, unknown>;
  }

  /** The values of these names, with their defaults where nothing is kept. */
  part<T extends object>(defaults: T): ViewPart<T> {
    const read = (): T =>
      Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, this.values[key] ?? value])) as T;
    return {
      get value() {
        return read();
      },
      set: (change) => {
        this.values = { ...this.values, ...change };
        this.store.setState(this.values);
        this.changed();
      },
    };
  }
}
