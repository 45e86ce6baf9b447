import type { Dynamics } from '../dynamics';
import type { Denoiser } from '../denoisers';
import type { Tableau } from './tableau';

/** An ODE dz/dt = slope(t, z) over states of one size; `slope` writes to `out` and allocates nothing. */
export interface Ode {
  /** n x d. */
  readonly size: number;
  /** dz/dt at time t; in a flow one evaluation of u. */
  readonly slope: (t: number, z: Float64Array, out: Float64Array) => void;
}

/** A flow as a method sees it: functions of t and z (n x d), which write to `out` and allocate nothing. */
export interface System extends Ode {
  /** u at time t; one evaluation. */
  readonly target: (t: number, z: Float64Array, out: Float64Array) => void;
  /** phi1/phi2 of a step between two times. */
  readonly retain: (from: number, to: number) => number;
  /** (psi2 - psi1)/phi2 of a step between two times. */
  readonly gain: (from: number, to: number) => number;
  /** gamma at time t. */
  readonly logSnr: (t: number) => number;
  /** The time at which gamma has gone this share of its way between two times. */
  readonly between: (from: number, to: number, share: number) => number;
  /** The integrals of powers of the share in gamma over a step between two times: see `stepMoments`. */
  readonly moments: (from: number, to: number, out: Float64Array) => void;
  /** The standard deviation of the exact noise of a step between two times. */
  readonly spread: (from: number, to: number) => number;
  /** The variance of the noise per unit t, l^2 delta, at time t. */
  readonly diffusion: (t: number) => number;
  /** Fills `out` with N(0, 1). */
  readonly draw: (out: Float64Array) => void;
}

/**
 * Moves z (n x d, in place) from one time to a later one. A method with a memory starts afresh where a step does not
 * begin at the time at which the last one ended. Where it is asked for a first-order step it holds u, or the slope.
 */
export type Step = (from: number, to: number, z: Float64Array, firstOrder?: boolean) => void;

/** What a method must be given: the dynamics' integrating factor and clock, or u at times off the grid. */
export type Requirement = 'clock' | 'all-times';

/**
 * A normal number drawn for a step of length h: the increment of a Brownian path over sqrt(h); the part of the
 * path's integral over the step that is independent of that, I10 being h^1.5 (increment + area/sqrt(3))/2; or the
 * exact noise of the step over its deviation.
 */
export type Draw = 'increment' | 'area' | 'exact';

/** A row of the registry: one method. */
export interface Integrator {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** Order of the global error in the step; the strong order of a stochastic method. */
  readonly order: number;
  /** Order of the error in the mean and the variance, where that is another. */
  readonly weakOrder?: number;
  /** Calls of u in a fixed step. */
  readonly evaluations: number;
  /** Calls of u that the first steps of a multistep method cost beyond that, all together; none where absent. */
  readonly starting?: number;
  /** Whether it uses what earlier steps found; it can then take a first-order step. */
  readonly multistep?: boolean;
  /** What it follows: the ODE by slopes, or by its clock with u held fixed; or the SDE partner. */
  readonly kind: 'explicit' | 'exponential' | 'sde';
  readonly needs: readonly Requirement[];
  /** The largest step times decay rate at which a decaying state does not grow; absent where any is stable. */
  readonly stability?: number;
  /** The meaning of the normal numbers that a stochastic method draws in a step, in order. */
  readonly draws?: readonly Draw[];
  /** The coefficients of a Runge-Kutta method; with an embedded error it can choose its own steps. */
  readonly tableau?: Tableau;
  /** The method on a system; all its buffers are made here. */
  create(system: System): Step;
}

/** Why a method cannot run on a flow, in a sentence; undefined where it can. */
export function refusal(
  { id, needs, kind }: Pick<Integrator, 'id' | 'needs' | 'kind'>,
  { dynamics, denoiser, noise }: FlowTraits,
): string | undefined {
  if (dynamics.noise === undefined && (noise || kind === 'sde'))
    return noise
      ? `the dynamics ${dynamics.id} has no noise of its own, and dynamics.noise is on: turn it off`
      : `${id} draws noise, and the dynamics ${dynamics.id} has none of its own`;
  if (noise && kind !== 'sde')
    return `${id} follows an ODE, and dynamics.noise is on: choose a stochastic method or turn the noise off`;
  if (!noise && kind === 'sde')
    return `${id} draws noise, and dynamics.noise is off: turn it on or choose another method`;
  if (needs.includes('clock') && !dynamics.clock)
    return `${id} needs an integrating factor and a clock, and the dynamics ${dynamics.id} has none`;
  if (needs.includes('all-times') && denoiser.times !== 'all')
    return `${id} calls u away from the start of a step, and this u exists at its block times only`;
  return undefined;
}

/** What decides whether a method can run on a flow. */
export interface FlowTraits {
  readonly dynamics: Pick<Dynamics, 'id' | 'clock' | 'noise'>;
  readonly denoiser: Pick<Denoiser, 'times'>;
  readonly noise?: boolean;
}
