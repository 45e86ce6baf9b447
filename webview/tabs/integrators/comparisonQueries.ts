import type { ComparedPaths } from '../../../src/core/compare/comparedPaths';
import type { ComparedRow, Comparison } from '../../../src/core/compare/comparison';
import type { Experiment } from '../../../src/core/experiment/experiment';
import type { ComparisonSummary, StoredComparison } from '../../../src/core/runs/storedComparison';
import type { Request } from '../../state/host';
import { Query, type QueryError } from '../../state/query';
import { comparisonKey } from '../../state/queryKeys';

/** The most rows whose paths are shown together. */
const TOGETHER = 2;

/** What the comparison of integrators asks of the host: comparisons, those that are kept, and the paths of chosen rows. */
export class ComparisonQueries {
  /** The comparison that is looked at. */
  shown: StoredComparison | undefined;
  /** The comparison that is made. */
  readonly comparison: Query<StoredComparison>;
  /** The comparison that is opened, of those that are kept. */
  readonly opened: Query<StoredComparison>;
  /** Those that are kept, newest first. */
  readonly kept: Query<readonly ComparisonSummary[]>;
  /** The paths of the chosen rows. */
  readonly paths: Query<ComparedPaths>;
  /** The run to compare on, by its id; u in closed form where undefined. */
  run: string | undefined;
  /** The other runs of its experiment that are pooled with it. */
  also: readonly string[] = [];
  private rows: readonly ComparedRow[] = [];
  /** Counts the changes of which data files may be read. */
  private readable = 0;
  /** Counts the questions: to ask the same again is another question. */
  private count = 0;

  constructor(
    private readonly request: Request,
    private readonly changed: () => void,
  ) {
    this.comparison = new Query(changed, Infinity);
    this.opened = new Query(changed, 0);
    this.kept = new Query(changed, 0);
    this.paths = new Query(changed, 0);
  }

  /** Why the last question came to nothing. */
  get error(): QueryError | undefined {
    return this.comparison.error ?? this.opened.error ?? this.kept.error;
  }

  /** Whether an experiment has changed since the comparison that is shown. */
  isOld(experiment: Experiment): boolean {
    const { shown, run, also } = this;
    return (
      shown !== undefined &&
      comparisonKey(shown.experiment, shown.run, shown.also) !== comparisonKey(experiment, run, also)
    );
  }

  /** Chooses the run to compare on, and those that are pooled with it; u in closed form without one. */
  pick(run: string | undefined, also: readonly string[] = []): void {
    this.run = run;
    this.also = also;
  }

  /** Asks for what is kept of an experiment, and shows the newest where nothing is shown. */
  update(name: string): void {
    this.kept.follow(name, async () => {
      const kept = await this.request('comparisons', []);
      if (kept[0] && !this.shown && !this.comparison.busy) this.open(kept[0].id);
      return kept;
    });
  }

  /** Compares, on the chosen run or in closed form, unless that is done already. */
  compare(): void {
    if (this.comparison.busy) return;
    const { run, also } = this;
    this.comparison.error = undefined;
    this.comparison.follow(String(++this.count), async (options) => {
      const made = await this.request('compare', [{ run, also }], options);
      this.kept.take(this.kept.key, await this.request('comparisons', []));
      return this.show(made);
    });
    this.changed();
  }

  /** Compares again what was refused for a file that was not read, once what may be read has changed. */
  allow(readable: number): void {
    const changed = readable !== this.readable;
    this.readable = readable;
    const code = this.comparison.error?.code;
    if (changed && (code === 'untrusted' || code === 'outside')) this.compare();
  }

  /** Shows a comparison that was kept. */
  open(id: string): void {
    this.opened.follow(`${id} ${++this.count}`, async () => this.show(await this.request('comparison', [id])));
  }

  /** Deletes the comparison that is shown, and shows the newest of the others. Rejects where it cannot. */
  async remove(): Promise<void> {
    const { shown } = this;
    if (!shown?.id) return;
    const kept = await this.request('removeComparison', [shown.id]);
    this.kept.take(this.kept.key, kept);
    this.shown = undefined;
    this.clearPaths();
    if (kept[0]) this.open(kept[0].id);
    this.changed();
  }

  /** The place of a row among those whose paths are shown; undefined where it is none. */
  placeOf(row: ComparedRow): number | undefined {
    const at = this.rows.indexOf(row);
    return at < 0 ? undefined : at;
  }

  /** Shows the paths of a row, or no longer. The oldest of those shown gives way to a third. */
  choose(row: ComparedRow): void {
    const { shown } = this;
    if (!shown) return;
    const others = this.rows.filter((one) => one !== row);
    this.rows = others.length < this.rows.length ? others : [...others, row].slice(-TOGETHER);
    if (!this.rows.length) this.clearPaths();
    else {
      const choices = this.rows.map(({ integrator, grid, steps, asked, tolerance }) => ({
        integrator,
        grid,
        steps: asked ?? steps,
        ...(tolerance !== undefined && { tolerance }),
      }));
      const { experiment, run } = shown;
      this.paths.follow(JSON.stringify([shown.made, choices]), () =>
        this.request('comparedPaths', [{ experiment, run }, choices]),
      );
    }
    this.changed();
  }

  private show(found: StoredComparison): StoredComparison {
    this.shown = { ...found, picture: withNumbers(found.picture) };
    this.clearPaths();
    return this.shown;
  }

  private clearPaths(): void {
    this.rows = [];
    this.paths.take(undefined, undefined);
  }
}

/** A comparison with the numbers that a message to a page cannot hold, which come as null: NaN in rows, else infinite. */
const withNumbers = ({ reference, ...comparison }: Comparison): Comparison => ({
  ...comparison,
  reference: {
    ...reference,
    error: reference.error ?? Infinity,
    errors: Object.fromEntries(Object.entries(reference.errors).map(([norm, value]) => [norm, value ?? Infinity])) as typeof reference.errors, // prettier-ignore
  },
  rows: comparison.rows.map((row) => ({
    ...row,
    error: row.error ?? NaN,
    ...(row.sampling !== undefined && { sampling: row.sampling ?? NaN }),
    ...(row.floor !== undefined && { floor: row.floor ?? Infinity }),
  })),
});
