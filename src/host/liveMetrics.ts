import { completeMetrics, joinMetrics, metricsOf, type Metrics } from '../core/runs/metrics';
import type { TrainingProgress } from '../protocol/progress';

/** The metrics of trainings that run, as they came: what is on disk is some seconds behind. A run has some hundred rows. */
export class LiveMetrics {
  private readonly parts = new Map<string, Metrics[]>();

  add({ id, metrics }: TrainingProgress): void {
    if (!metrics.step.length && !metrics.evaluatedAt.length) return;
    const parts = this.parts.get(id);
    if (parts) parts.push(metrics);
    else this.parts.set(id, [metrics]);
  }

  /** What was read of a run, with what came since. */
  complete(run: string, read: Metrics): Metrics {
    const parts = this.parts.get(run);
    return parts ? completeMetrics(parts.reduce(joinMetrics, metricsOf({})), read) : read;
  }

  /** Forgets the runs that have ended: the disk has all of them. */
  keep(running: (run: string) => boolean): void {
    for (const run of this.parts.keys()) if (!running(run)) this.parts.delete(run);
  }
}
