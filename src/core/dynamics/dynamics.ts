/** What a dynamics must be given: a schedule, whose gamma is its clock. */
export type Need = 'clock';

/**
 * A deterministic dynamics dz/dt = gamma'(t) (A u - B z) with u = u(z, x, t), in stable form from gamma.
 * Its integrating factor phi and clock psi obey d(phi z) = u d(psi), so that with u constant a step from
 * gamma1 to gamma2 is exactly z2 = retain z1 + gain u, however large it is.
 */
export interface Dynamics {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** In LaTeX. */
  readonly equation: string;
  /** Its number in Beck's note; empty where it has none. */
  readonly number: string;
  readonly source: string;
  readonly needs: readonly Need[];
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

/** What sets one dynamics of the family apart; the step coefficients follow. */
export interface DynamicsRow extends Omit<Dynamics, 'needs' | 'retain' | 'gain'> {
  /** psi/phi, finite everywhere; formed without psi and phi, which overflow. */
  readonly psiOverPhi: (logSnr: number) => number;
}

/**
 * The row with its step coefficients: phi1/phi2 = exp(log phi1 - log phi2), and
 * (psi2 - psi1)/phi2 = -expm1(log psi1 - log psi2) psi2/phi2, which keep their digits in steps of any size.
 */
export const defineDynamics = ({ psiOverPhi, ...row }: DynamicsRow): Dynamics => ({
  ...row,
  needs: ['clock'],
  retain: (from, to) => (from === to ? 1 : Math.exp(row.logPhi(from) - row.logPhi(to))),
  gain: (from, to) => (from === to ? 0 : -Math.expm1(row.logPsi(from) - row.logPsi(to)) * psiOverPhi(to)),
});
