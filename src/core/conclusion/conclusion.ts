import type { Window } from '../schedules/window';

/** The dynamics the others are measured by, and those: eqs. 26, 28, 28' and what most public code runs. */
export const BASE = 'noprop-forward';
export const COMPARED = ['near-end', 'near-end-rate', 'community-original'] as const;

/** How an equation is called in sentences. */
export const EQUATIONS: Readonly<Record<string, string>> = {
  [BASE]: 'eqs. 26, 27',
  'near-end': 'eq. 28',
  'near-end-rate': 'eq. 28′',
  'community-original': 'the community’s equation',
};

/** The accuracy of one run; `drop` is that of eq. 26 on the same rows less this one's, with its paired standard error. */
export interface AccuracyPoint {
  /** A place in the list of schedules. */
  readonly schedule: number;
  readonly dynamics: string;
  readonly method: string;
  readonly steps: number;
  readonly accuracy: number;
  readonly drop: number;
  readonly error: number;
}

/** The mean distance to the paths of eq. 26 from the same starts. */
export interface PathGap {
  readonly schedule: number;
  readonly dynamics: string;
  readonly times: readonly number[];
  readonly gap: readonly number[];
  /** Its mean over the first and the second half of the window's time, and its last value. */
  readonly early: number;
  readonly late: number;
  readonly end: number;
  /** Why the paths were not followed to the end; empty where they were. */
  readonly failure: string;
}

/** Whether the conclusion holds for an equation under a schedule. */
export interface EquationVerdict {
  readonly schedule: number;
  readonly dynamics: string;
  readonly holds: boolean;
  /** The run that falls furthest short of eq. 26 among those that count. */
  readonly worst: AccuracyPoint;
}

/** What the runs measured. */
export interface ConclusionMeasurements {
  readonly schedules: readonly { readonly label: string; readonly window: Window }[];
  /** The log-SNR at both ends, which all schedules reach. */
  readonly logSnr: readonly [number, number];
  readonly methods: readonly string[];
  readonly steps: readonly number[];
  readonly rows: number;
  readonly points: readonly AccuracyPoint[];
  readonly gaps: readonly PathGap[];
}

/** The result of the test of the note's conclusion. */
export interface Conclusion extends ConclusionMeasurements {
  readonly findings: readonly EquationVerdict[];
  /** The rule, and what it says. */
  readonly rule: string;
  readonly sentence: string;
}

/** The note's conclusion, tested on a run. */
export interface RunConclusion extends Conclusion {
  /** Which run, rows and starts made it, in words. */
  readonly problem: string;
  /** Steps the run had taken. */
  readonly step: number;
}
