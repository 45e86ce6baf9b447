import type { NormId } from './norms';
import type { Reference } from './reference';
import type { ComparisonRow } from './comparisonRow';
import type { Slope } from './observedOrder';

/** One row of a comparison; a trained run adds the share of rows labelled right. */
export interface ComparedRow extends ComparisonRow {
  /** From 0 to 1, the mean over the seeds. */
  readonly accuracy?: number | undefined;
  /** One for each run and each seed of the starts. */
  readonly accuracies?: readonly number[] | undefined;
}

/** A work-precision comparison in words and numbers: of u in closed form, or of a trained run. */
export interface Comparison {
  /** Which problem, seed and starts made it, in words. */
  readonly problem: string;
  readonly reference: Omit<Reference, 'z' | 'law'>;
  /** How `error` is measured. */
  readonly norm: NormId;
  readonly rows: readonly ComparedRow[];
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}
