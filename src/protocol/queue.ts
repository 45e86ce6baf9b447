import type { TrainingProgress } from './progress';

/** A training that waits for a thread, or has one. */
export interface QueueJob {
  /** Its own id: a job that waits has no run yet. */
  readonly id: string;
  /** The run's id, once its folder exists. */
  readonly run?: string | undefined;
  /** The experiment's name. */
  readonly name: string;
  /** What the runs of one experiment of several seeds share. */
  readonly group?: string | undefined;
  readonly seed: number;
  readonly state: 'waiting' | 'running';
  readonly step: number;
  readonly steps: number;
  /** Why its last save failed, in words, and the step that is kept on disk; absent while it can be saved. */
  readonly saveProblem?: string | undefined;
  readonly keptStep?: number | undefined;
  /** The step at which it was saved again, after saves that had failed. */
  readonly savedAgain?: number | undefined;
}

/** A job with what its training reports. */
export function jobAfter(job: QueueJob, { step, saveProblem, keptStep }: TrainingProgress): QueueJob {
  const again = job.saveProblem === undefined ? job.savedAgain : step;
  const savedAgain = saveProblem === undefined ? again : undefined;
  return { ...job, step, saveProblem, keptStep: saveProblem === undefined ? undefined : keptStep, savedAgain };
}
