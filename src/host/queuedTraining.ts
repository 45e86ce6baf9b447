import type { RunRecord } from '../core/runs/record';

/** A training that was queued: the jobs that do it, and their records when all have ended. */
export interface QueuedTraining {
  readonly jobs: readonly string[];
  /** Without those that were stopped before they began. */
  readonly ended: Promise<RunRecord[]>;
}

/** A queued training of jobs that answer a record each; undefined where one was stopped before it began. */
export const queued = (
  jobs: readonly string[],
  trained: readonly Promise<RunRecord | undefined>[],
): QueuedTraining => ({
  jobs,
  ended: Promise.all(trained).then((records) => records.filter((record) => record !== undefined)),
});
