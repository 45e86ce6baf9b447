import type { Parameters, Parametric, Values } from '../registry/parameters';
import type { Problem } from '../registry/problem';
import type { Inputs, InputValues } from './inputs';

/**
 * A noise schedule: gamma(t) = log SNR, increasing from noise (t=0) to data (t=1), in nats.
 * Everything else is derived from gamma and gamma' (quantities.ts).
 */
export interface Schedule {
  /** gamma(t), dimensionless; -Infinity or +Infinity where alphaBar reaches 0 or 1. */
  readonly logSnr: (t: number) => number;
  /** gamma'(t) per unit of time: the prefactor alphaBar' / (alphaBar (1 - alphaBar)) of eq. 26. */
  readonly logSnrRate: (t: number) => number;
  /** [alphaBar'(0), alphaBar'(1)], the limits that gamma' loses where gamma is infinite at an end. */
  readonly endRates?: readonly [number, number];
  /** The time of the least noisy row of a table; 1 where absent. */
  readonly dataEnd?: number;
}

/** What is wrong with an entry; the path begins at the entry, e.g. ['inputs', 'formula']. */
export interface EntryProblem extends Pick<Problem, 'severity' | 'path' | 'message'> {
  /** Offset in the text of an input where it is wrong. */
  readonly at?: number;
}

/** A row of the registry: one family of schedules. */
export interface ScheduleFamily<P extends Parameters = Parameters> extends Parametric<P> {
  /** The definition in LaTeX, with s = 1 - t. */
  readonly equation: string;
  /** What the family takes beside its parameters. */
  readonly inputs?: Inputs;
  /** The parameters that the inputs add, such as the names in a formula. The inputs may be wrong, but have their type. */
  free?(inputs: InputValues): Parameters;
  /** Names of parameters that have no effect under these inputs. */
  idle?(inputs: InputValues): readonly string[];
  /** What is wrong with inputs of the right type, and with values in range under them. */
  checkInputs?(inputs: InputValues, values: Values): readonly EntryProblem[];
  /** The schedule at these values and inputs, which must be allowed. */
  create(values: Values<P>, inputs: InputValues): Schedule;
}

/** Keeps a family's parameter names in its types, and hands it out under the registry's one type. */
export const defineSchedule = <P extends Parameters>(family: ScheduleFamily<P>): ScheduleFamily => family;

/** The problem of two parameters that must increase. */
export function mustIncrease(low: string, high: string, values: Values) {
  const [from, to] = [values[low]!, values[high]!];
  if (from < to) return undefined;
  return { path: [high], message: `${high} must be greater than ${low} (${from}): got ${to}` };
}
