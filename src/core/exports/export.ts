import type { Experiment } from '../experiment/experiment';

/** A format an experiment can be written in: one file and one row of the registry. */
export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** File extension, without the dot. */
  readonly extension: string;
  /** An InputError says what cannot be written. */
  readonly write: (experiment: Experiment) => string;
  /** What of an experiment the format does not hold, in words, where that is not plain from the format itself. */
  readonly lost?: (experiment: Experiment) => readonly string[];
}
