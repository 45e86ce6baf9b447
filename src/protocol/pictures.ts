import type { ScheduleEntry } from '../core/schedules/entrySchema';

/** How far the computation of dynamics has come. */
export interface PictureShare {
  /** What is computed at present. */
  readonly what: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** How far a comparison has come. */
export interface ComparisonShare {
  readonly done: number;
  readonly total: number;
}

/** What the note's conclusion is tested with. */
export interface ConclusionChoice {
  /** The schedules to choose two from, beside the run's own; its experiment's others where absent. */
  readonly schedules?: readonly ScheduleEntry[] | undefined;
  readonly steps?: readonly number[] | undefined;
}
