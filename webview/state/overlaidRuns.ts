import { joinMetrics, type Metrics } from '../../src/core/runs/metrics';
import type { OverlaidRun } from '../../src/protocol/pageCalls';
import type { TrainingProgress } from '../../src/protocol/progress';
import type { HostCalls } from '../../src/protocol/hostCalls';
import type { Caller } from '../../src/protocol/rpc';

/** What the runs that are laid over another use of their page. */
interface OverlayHost {
  readonly request: Caller<Pick<HostCalls, 'metrics'>>['call'];
  readonly fail: (error: unknown) => void;
  readonly changed: () => void;
}

/** A run whose curves are laid over those of the run in view. */
export interface Overlay extends OverlaidRun {
  readonly metrics: Metrics;
}

/** The runs that are laid over the one in view, with their metrics as far as these are known. */
export class OverlaidRuns {
  private runs: readonly OverlaidRun[] = [];
  private readonly metrics = new Map<string, Metrics>();
  /** What is drawn now; the same list where nothing has changed. */
  shown: readonly Overlay[] = [];

  constructor(private readonly host: OverlayHost) {}

  /** Lays these runs over the one in view, in place of those before. */
  show(runs: readonly OverlaidRun[]): void {
    this.runs = runs;
    for (const id of this.metrics.keys()) if (!runs.some((run) => run.id === id)) this.metrics.delete(id);
    for (const { id } of runs) this.read(id);
    this.make();
  }

  private read(id: string): void {
    this.host.request('metrics', [id]).then((rows) => {
      if (!this.runs.some((run) => run.id === id)) return;
      this.metrics.set(id, rows);
      this.make();
    }, this.host.fail);
  }

  /** Adds what a training has come to. */
  addProgress({ id, metrics }: TrainingProgress): void {
    const before = this.metrics.get(id);
    const last = before?.step.at(-1) ?? 0;
    if (!before || (metrics.step[0] ?? Infinity) <= last) return;
    this.metrics.set(id, joinMetrics(before, metrics));
    this.make();
  }

  private make(): void {
    this.shown = this.runs.flatMap((run) => {
      const metrics = this.metrics.get(run.id);
      return metrics ? { ...run, metrics } : [];
    });
    this.host.changed();
  }
}
