import type { Comparison } from '../compare/comparison';
import type { Experiment } from '../experiment/experiment';

/** A comparison as it is kept: in the folder of its run, or among those of its experiment. */
export interface StoredComparison {
  readonly version: 1;
  /** Its file, relative to the folder of all runs; empty where it is not kept. */
  readonly id: string;
  /** ISO 8601. */
  readonly made: string;
  /** As it was then. */
  readonly experiment: Experiment;
  /** The run, by its id, and those whose results are pooled with it. */
  readonly run?: string | undefined;
  readonly also?: readonly string[] | undefined;
  readonly picture: Comparison;
}

/** What a list of kept comparisons says of each. */
export interface ComparisonSummary extends Pick<StoredComparison, 'id' | 'made' | 'run'> {
  readonly problem: string;
  readonly verdict: string;
}
