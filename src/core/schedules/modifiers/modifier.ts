import type { Parameters, Parametric, Values } from '../../registry/parameters';
import type { Schedule } from '../schedule';

/** A row of the registry: a change that can be made to any schedule. */
export interface Modifier<P extends Parameters = Parameters> extends Parametric<P> {
  /** What it makes of gamma, in LaTeX. */
  readonly equation: string;
  /** The changed schedule at these values, which must be in range. */
  apply(schedule: Schedule, values: Values<P>): Schedule;
}

/** Keeps a modifier's parameter names in its types, and hands it out under the registry's one type. */
export const defineModifier = <P extends Parameters>(modifier: Modifier<P>): Modifier => modifier;

/** The schedule with gamma moved by a constant (nat): the SNR times exp(offset). */
export function shifted(schedule: Schedule, offset: number): Schedule {
  const { logSnr, endRates } = schedule;
  return {
    ...schedule,
    logSnr: (t) => logSnr(t) + offset,
    // alphaBar' is gamma' exp(gamma) where alphaBar is 0, and gamma' exp(-gamma) where it is 1
    ...(endRates && { endRates: [endRates[0] * Math.exp(offset), endRates[1] * Math.exp(-offset)] }),
  };
}
