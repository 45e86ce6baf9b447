import type { Step } from './step';

/** A quantity that a claim gives at a step: one number a part. */
export type Claim = (at: Step) => readonly number[];

/**
 * Where a claim is tried. `steps`: on steps of every size, for what is exact. `increments`: on steps that shrink, for
 * what holds to first order in dt. `points`: at single times. `start`: at the start of the window.
 */
export type Scope = 'steps' | 'increments' | 'points' | 'start';

/** The limit in which an approximation should become exact. */
export interface Limit {
  /** What alphaBar goes to. */
  readonly alphaBar: 0 | 1;
  /** The size that each part's difference should have in that limit: LaTeX, and its value. */
  readonly asymptotes: readonly { readonly latex: string; readonly of: (at: Step) => number }[];
}

/** Two computations of the same thing: as the note has it, and by another way. */
export interface Check {
  readonly scope: Scope;
  /** What each part is. */
  readonly parts: readonly string[];
  /** The other way, in words. */
  readonly against: string;
  /** How a form that is not meant literally is read here; the row then says that its correction is one of notation. */
  readonly reading?: string;
  readonly printed: Claim;
  readonly corrected?: Claim;
  readonly truth: Claim;
  /** What differences are relative to; the truth where absent. */
  readonly scale?: Claim;
  readonly limit?: Limit;
}

/** An equation of Beck's note. LaTeX marks with \differ{...} what differs between the two forms. */
export interface Equation {
  /** Its number; "prior" for the law at t = 0, which the note gives in words. */
  readonly eq: string;
  readonly printed: string;
  readonly corrected?: string;
  /** What it says, in one sentence. */
  readonly says: string;
  /** Absent where there is nothing to check. */
  readonly check?: Check;
}

/** Equations that belong together. */
export interface Section {
  readonly title: string;
  readonly equations: readonly Equation[];
}
