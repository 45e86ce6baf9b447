import type { Curves } from '../../src/core/schedules/quantities';

/** What was last made of each series of each curves: a drag moves one schedule, and the others' need not be made again. */
export class CurveMemo<T> {
  private readonly kept = new WeakMap<Curves, { key: string; value: T }[]>();

  /** The kept value where all that it depends on, beside the curves, is the same; else a new one. */
  get(curves: Curves, series: number, inputs: readonly unknown[], make: () => T): T {
    let row = this.kept.get(curves);
    if (!row) this.kept.set(curves, (row = []));
    const key = inputs.join();
    const before = row[series];
    if (before?.key === key) return before.value;
    const value = make();
    row[series] = { key, value };
    return value;
  }
}
