import type { Parameters, Parametric, Values } from '../registry/parameters';
import type { Schedule } from '../schedules';
import { sigmoid } from '../math/stable';

/** What a dynamics must be given; one that needs no schedule has a clock of its own. */
export type Need = 'schedule';

/** The factors of dz/dt = pull u - decay z, per unit t. */
export interface Rates {
  readonly pull: number;
  readonly decay: number;
}

/** Where u sees a state: as z / scale, at this log-SNR. */
export interface NoiseLevel {
  readonly scale: number;
  readonly logSnr: number;
}

/**
 * The clock of a dynamics dz/dt = gamma' (A u - B z), in stable form from gamma. Its integrating factor phi and
 * clock psi obey d(phi z) = u d(psi), so that with u constant a step from gamma1 to gamma2 is exactly
 * z2 = retain z1 + gain u, however large it is.
 */
export interface Clock {
  /** What psi is, in words. */
  readonly psi: string;
  /** A(gamma), the factor on u; dimensionless, with its limits at -Infinity and +Infinity. */
  readonly pull: (logSnr: number) => number;
  /** B(gamma), the factor on z; dimensionless, with its limits. */
  readonly decay: (logSnr: number) => number;
  /** log phi(gamma); infinite where phi is 0 or infinite. */
  readonly logPhi: (logSnr: number) => number;
  /** log psi(gamma). */
  readonly logPsi: (logSnr: number) => number;
  /** phi1/phi2 of a step from gamma1 to gamma2 >= gamma1, in [0, 1]; either may be infinite. */
  readonly retain: (from: number, to: number) => number;
  /** (psi2 - psi1)/phi2 of the same step. */
  readonly gain: (from: number, to: number) => number;
}

/** A deterministic dynamics dz/dt = pull u - decay z with u = u(z, x, t). */
export interface Dynamics {
  readonly id: string;
  readonly needs: readonly Need[];
  /** The rates at t, where gamma and gamma' per unit t are these; infinite where the state is u at once. */
  readonly rates: (t: number, logSnr: number, logSnrRate: number) => Rates;
  /** For the family that gamma drives; the others have `kept`. */
  readonly clock?: Clock;
  /** The share of z - u that is left after a step between two times, for constant u. */
  readonly kept?: (schedule: Schedule, from: number, to: number) => number;
  /** l^2, where there is an SDE partner: it adds sqrt(l^2 delta) dW. */
  readonly noise?: number;
  /** Where u sees the state at t, unless that is the state itself at the schedule's gamma. */
  readonly noiseLevel?: (t: number) => NoiseLevel;
}

/** A row of the registry: one family of dynamics. */
export interface DynamicsFamily<P extends Parameters = Parameters> extends Parametric<P> {
  /** In LaTeX. */
  readonly equation: string;
  /** Its number in Beck's note; empty where it has none. */
  readonly number: string;
  /** The dynamics at these values, which must be in range. */
  create(values: Values<P>): Dynamics;
}

/** Keeps a family's parameter names in its types, and hands it out under the registry's one type. */
export const defineDynamics = <P extends Parameters>(family: DynamicsFamily<P>): DynamicsFamily => family;

/** What defines a clock; the coefficients of its steps follow from it. */
export interface ClockForm extends Omit<Clock, 'retain' | 'gain'> {
  /** psi/phi, finite everywhere; formed without psi and phi, which overflow. */
  readonly psiOverPhi: (logSnr: number) => number;
}

/**
 * A dynamics from its clock: phi1/phi2 = exp(log phi1 - log phi2), and
 * (psi2 - psi1)/phi2 = -expm1(log psi1 - log psi2) psi2/phi2, which keep their digits in steps of any size.
 */
export const clocked = (id: string, { psiOverPhi, ...form }: ClockForm, noise?: number): Dynamics => ({
  id,
  needs: ['schedule'],
  rates: (_t, logSnr, rate) => ({ pull: rate * form.pull(logSnr), decay: rate * form.decay(logSnr) }),
  clock: {
    ...form,
    retain: (from, to) => (from === to ? 1 : Math.exp(form.logPhi(from) - form.logPhi(to))),
    gain: (from, to) => (from === to ? 0 : -Math.expm1(form.logPsi(from) - form.logPsi(to)) * psiOverPhi(to)),
  },
  ...(noise === undefined ? {} : { noise }),
});

/**
 * The standard deviation of the exact noise of a step of the SDE partner with l^2 = noise: in phi z it is
 * N(0, SNR2^noise - SNR1^noise), so that the variance in z is (1 - exp(noise (gamma1 - gamma2))) (1 - alphaBar2).
 */
export const spread = (noise: number, from: number, to: number): number =>
  noise && from !== to ? Math.sqrt(-Math.expm1(noise * (from - to)) * sigmoid(-to)) : 0;
