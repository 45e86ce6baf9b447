import type { Schedule } from '../schedules';
import type { Window } from '../schedules/window';
import type { Equation, Section } from './derivation';
import { densities } from './equations/densities';
import { dynamics } from './equations/dynamics';
import { exactStep } from './equations/exactStep';
import { forwardMean, increments } from './equations/increments';
import { loss } from './equations/loss';
import { prior, process } from './equations/process';
import { measure, type Measure } from './measure';
import { samplesOf, type Samples } from './samples';
import { equationVerdict, type Verdict } from './verdict';

/** The equations of Beck, NoProp Forward Process, 2025, in order; a new one is a row of its file. */
export const derivation: readonly Section[] = [
  { title: 'The backward process', equations: process },
  { title: 'Bayes’s rule', equations: densities },
  { title: 'The exact step', equations: exactStep },
  { title: 'To first order', equations: increments },
  { title: 'The loss', equations: loss },
  { title: 'The forward process', equations: [...forwardMean, ...dynamics] },
  { title: 'The start', equations: [prior] },
];

/** A verdict with the numbers it comes from. */
export interface DerivationRow {
  readonly equation: Equation;
  readonly verdict: Verdict;
  /** Absent where there is nothing to check. */
  readonly printed?: Measure;
  readonly corrected?: Measure;
}

/**
 * Every equation checked on a schedule over its window, in the note's order. An InputError where the window has nothing that
 * can be checked.
 */
export function checkDerivation(schedule: Schedule, window: Window): DerivationRow[] {
  const samples = samplesOf(schedule, window);
  return derivation.flatMap(({ equations }) => equations.map((equation) => checkEquation(equation, samples)));
}

/** One equation on these samples. */
export function checkEquation(equation: Equation, samples: Samples): DerivationRow {
  const { check } = equation;
  if (!check) return { equation, verdict: 'blank' };
  const measures = measure(check, samples);
  return { equation, verdict: equationVerdict({ ...measures, notation: check.reading !== undefined }), ...measures };
}
