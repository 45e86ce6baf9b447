import { joinMetrics, type Metrics } from '../core/runs/metrics';

/** How far a computation is: so much of a total. */
export interface TaskProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted, or what is computed at present, in words. */
  readonly what?: string | undefined;
}

/** How far a training is, sent at most 20 times a second. */
export interface TrainingProgress {
  /** The run's id. */
  readonly id: string;
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** The rows that are new. */
  readonly metrics: Metrics;
  /** The weights of the schedule now, where it is trained with the model. */
  readonly schedule?: readonly number[] | undefined;
  /** Why the last save failed, in words; absent while the last save worked. */
  readonly saveProblem?: string | undefined;
  /** The step that is kept on disk, while there is a save problem. */
  readonly keptStep?: number | undefined;
}

/** Two reports of one training, the older one first, as one. */
export const mergeProgress = (older: TrainingProgress, newer: TrainingProgress): TrainingProgress => ({
  ...newer,
  metrics: joinMetrics(older.metrics, newer.metrics),
});
