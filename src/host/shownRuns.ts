import type { DamagedRun, RunSummary } from '../core/runs/runList';
import type { RunsSnapshot } from '../protocol/hostCalls';
import type { RunStore } from './runStore';

/** What a page was told of the runs of its experiment, so that it is told only what has changed. */
export class ShownRuns {
  private rows: ReadonlyMap<string, RunSummary> = new Map();

  /** Whether the page may know something else: a message to it was lost. */
  private unsure = false;

  constructor(private readonly runStore: RunStore) {}

  /** All runs that bear an experiment's name, for a page that knows none; later changes are told from these. */
  async all(name: string | undefined): Promise<RunsSnapshot> {
    await this.runStore.runs();
    this.forget();
    return this.change(name);
  }

  /** The page may know something else than it was told: it is told everything next. */
  forget(): void {
    this.rows = new Map();
    this.unsure = true;
  }

  /** What has changed since the page was told last. */
  change(name: string | undefined): RunsSnapshot {
    const { queue, damaged } = this.runStore;
    const rows = this.runStore.known.filter((row) => row.name === name);
    const before = this.rows;
    const whole = this.unsure;
    this.unsure = false;
    this.rows = new Map(rows.map((row) => [row.id, row]));
    return {
      whole,
      // a row that changes is another object
      rows: rows.filter((row) => before.get(row.id) !== row),
      gone: [...before.keys()].filter((id) => !this.rows.has(id)),
      damaged: damaged.filter((run) => run.name === name || isUnnamed(run)),
      queue,
    };
  }
}

/** Whether it is unknown which experiment a damaged run is of: it may be of any. */
const isUnnamed = ({ id, name }: DamagedRun) => id === name;
