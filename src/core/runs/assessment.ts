import type { Calibration } from '../evaluation';

/** How sure a run is of what it answers for test rows, and with how much right. */
export interface Assessment {
  /** How many test rows were used: all, or, where they are many, some spread evenly. */
  readonly rows: number;
  /** Calls of the network that one answer takes. */
  readonly evaluations: number;
  /** Of classes: their probabilities, and how far these hold. */
  readonly probabilities?: Probabilities | undefined;
}

export interface Probabilities {
  /** The share of starts that lead to a class, or the mean over starts of a read-out's own probabilities. */
  readonly rule: 'votes' | 'read-out';
  /** How many starts; 1 where the answer does not depend on a start. */
  readonly starts: number;
  readonly calibration: Calibration;
}

/** How a run does with each of several step counts, everything else as it was trained. */
export interface StepCurve {
  readonly rows: number;
  readonly steps: readonly number[];
  /** The step count of the run's own experiment. */
  readonly chosen: number;
  /** Calls of the network that one answer takes at each. */
  readonly evaluations: readonly number[];
  /** What is measured: the share of rows labelled right, 0 to 1, or R² where numbers are predicted. */
  readonly measure: 'accuracy' | 'R²';
  readonly scores: readonly number[];
}

/** The step counts that accuracy is measured at unless others are asked for. */
export const STEP_COUNTS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
