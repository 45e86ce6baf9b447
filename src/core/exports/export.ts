import type { Experiment } from '../experiment/experiment';

/** A format an experiment can be written in: one file and one row of the registry. */
export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** File extension, without the dot. */
  readonly extension: string;
  readonly write: (experiment: Experiment) => string;
}
