import { denoiserFamily } from '../../src/core/denoisers';
import { withBenchmark } from '../../src/core/experiment/experimentFlow';
import type { Experiment } from '../../src/core/experiment/experiment';
import type { ComparisonShare } from '../../src/protocol/pictures';
import type { ComparisonSummary, StoredComparison } from '../../src/core/runs/storedComparison';
import type { ComparedPaths } from '../../src/core/compare/comparedPaths';
import type { ComparedRow, Comparison } from '../../src/core/compare/comparison';
import type { Store } from './store';

/** The most rows whose paths are shown together. */
const TOGETHER = 2;

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The data that u in closed form is made from, where it is. */
export const dataOfU = ({ denoiser, data }: Experiment) => (denoiserFamily(denoiser.id).needs ? data : undefined);

/** What of an experiment a comparison depends on, on a run or in closed form. */
function keyOf(experiment: Experiment, run: string | undefined, also: readonly string[] = []): string {
  const { schedules, window, denoiser, dynamics, grid, start, seed, comparison } = withBenchmark(experiment);
  const closed = [schedules[0], window, denoiser, dataOfU(withBenchmark(experiment)), start, seed];
  return JSON.stringify([run, also, run === undefined ? closed : [], dynamics, grid, comparison]);
}

/** The comparison that is looked at, those that are kept, and the paths of chosen rows. */
export class Comparing {
  shown: StoredComparison | undefined;
  /** Why the last one did not come. */
  error: string | undefined;
  busy = false;
  done: ComparisonShare | undefined;
  /** Newest first; undefined until they are known. */
  kept: readonly ComparisonSummary[] | undefined;
  /** The run that is to be compared on, by its id; u in closed form where undefined. */
  run: string | undefined;
  /** The other runs of its experiment that are pooled with it. */
  also: readonly string[] = [];
  paths: ComparedPaths | undefined;
  pathsError: string | undefined;
  pathsBusy = false;
  private rows: readonly ComparedRow[] = [];
  private asked: string | undefined;

  constructor(private readonly store: Store) {}

  /** Whether the experiment has changed since the comparison that is shown. */
  get old(): boolean {
    const { shown, store, run, also } = this;
    return (
      shown !== undefined && keyOf(shown.experiment, shown.run, shown.also) !== keyOf(store.experiment!, run, also)
    );
  }

  /** Chooses the run to compare on, and those that are pooled with it; u in closed form without one. */
  pick(run: string | undefined, also: readonly string[] = []): void {
    [this.run, this.also] = [run, also];
  }

  /** Asks for what is kept of the experiment, and shows the newest where nothing is shown. */
  follow(): void {
    const name = this.store.experiment?.name ?? '';
    if (this.asked === name) return;
    this.asked = name;
    void this.store.ask('comparisons').then(async (kept) => {
      this.kept = kept;
      this.store.changed();
      if (kept?.[0] && !this.shown && !this.busy) await this.open(kept[0].id);
    });
  }

  /** Compares, on the chosen run or in closed form. */
  async compare(): Promise<void> {
    const { run, also, store } = this;
    [this.busy, this.error, this.done] = [true, undefined, undefined];
    store.changed();
    try {
      this.show(
        await store.request(
          'compare',
          ...((run === undefined ? [] : [run, also]) as [run?: string, also?: readonly string[]]),
        ),
      );
      this.kept = await store.request('comparisons');
    } catch (error) {
      this.error = textOf(error);
    }
    this.busy = false;
    store.changed();
  }

  share(done: ComparisonShare): void {
    if (this.busy) this.done = done;
    this.store.changed();
  }

  /** Shows a comparison that was kept. */
  async open(id: string): Promise<void> {
    const found = await this.store.ask('comparison', id);
    if (found) this.show(found);
    this.store.changed();
  }

  /** Deletes the comparison that is shown. */
  async remove(): Promise<void> {
    const { shown } = this;
    if (!shown?.id) return;
    const kept = await this.store.ask('removeComparison', shown.id);
    if (!kept) return;
    [this.kept, this.shown] = [kept, undefined];
    this.clearPaths();
    if (kept[0]) await this.open(kept[0].id);
    this.store.changed();
  }

  /** The place of a row among those whose paths are shown; undefined where it is none. */
  placeOf(row: ComparedRow): number | undefined {
    const at = this.rows.indexOf(row);
    return at < 0 ? undefined : at;
  }

  /** Shows the paths of a row, or no longer; the oldest of those shown gives way to a third. */
  async choose(row: ComparedRow): Promise<void> {
    const { shown, store } = this;
    if (!shown) return;
    const kept = this.rows.filter((one) => one !== row);
    const rows = (this.rows = kept.length < this.rows.length ? kept : [...kept, row].slice(-TOGETHER));
    if (!rows.length) this.clearPaths();
    this.pathsBusy = rows.length > 0;
    store.changed();
    if (!rows.length) return;
    try {
      const { experiment, run } = shown;
      const choices = rows.map(({ integrator, grid, steps, asked, tolerance }) => ({
        integrator,
        grid,
        steps: asked ?? steps,
        ...(tolerance !== undefined && { tolerance }),
      }));
      const paths = await store.request('comparedPaths', { experiment, run }, choices);
      if (rows === this.rows) [this.paths, this.pathsError] = [paths, undefined];
    } catch (error) {
      if (rows === this.rows) this.pathsError = textOf(error);
    }
    if (rows === this.rows) this.pathsBusy = false;
    store.changed();
  }

  private show(comparison: StoredComparison): void {
    [this.shown, this.error] = [{ ...comparison, picture: whole(comparison.picture) }, undefined];
    this.clearPaths();
  }

  private clearPaths(): void {
    [this.rows, this.paths, this.pathsError, this.pathsBusy] = [[], undefined, undefined, false];
  }
}

/** A picture with the numbers that a message to a page cannot hold, which come as null: NaN in rows, else infinite. */
const whole = ({ reference, ...picture }: Comparison): Comparison => ({
  ...picture,
  reference: {
    ...reference,
    error: reference.error ?? Infinity,
    errors: Object.fromEntries(Object.entries(reference.errors).map(([norm, value]) => [norm, value ?? Infinity])) as typeof reference.errors, // prettier-ignore
  },
  rows: picture.rows.map((row) => ({
    ...row,
    error: row.error ?? NaN,
    ...(row.sampling !== undefined && { sampling: row.sampling ?? NaN }),
    ...(row.floor !== undefined && { floor: row.floor ?? Infinity }),
  })),
});
