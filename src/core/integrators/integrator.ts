import type { Dynamics } from '../dynamics';
import type { Denoiser } from '../denoisers';
import type { Schedule } from '../schedules';

/** What is integrated: one dynamics, its clock and its u, over n states of dimension d. */
export interface Flow {
  readonly dynamics: Dynamics;
  readonly schedule: Schedule;
  readonly denoiser: Denoiser;
}

/** A flow as a method sees it: functions of t and z (n x d), which write to `out` and allocate nothing. */
export interface System {
  /** n x d. */
  readonly size: number;
  /** dz/dt at time t; one evaluation of u. */
  readonly slope: (t: number, z: Float64Array, out: Float64Array) => void;
  /** u at time t; one evaluation. */
  readonly target: (t: number, z: Float64Array, out: Float64Array) => void;
  /** phi1/phi2 of a step between two times. */
  readonly retain: (from: number, to: number) => number;
  /** (psi2 - psi1)/phi2 of a step between two times. */
  readonly gain: (from: number, to: number) => number;
}

/** Moves z (n x d, in place) from one time to a later one. */
export type Step = (from: number, to: number, z: Float64Array) => void;

/** What a method must be given: the dynamics' integrating factor and clock, or u at times off the grid. */
export type Requirement = 'clock' | 'all-times';

/** A row of the registry: one method. */
export interface Integrator {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** Order of the global error in the step. */
  readonly order: number;
  /** Calls of u in a step. */
  readonly evaluations: number;
  readonly kind: 'explicit' | 'exponential';
  readonly needs: readonly Requirement[];
  /** The method on a system; all its buffers are made here. */
  create(system: System): Step;
}

/** Why a method cannot run on a flow, in a sentence; undefined where it can. */
export function refusal(
  { id, needs }: Pick<Integrator, 'id' | 'needs'>,
  dynamics: Pick<Dynamics, 'id' | 'needs'>,
  denoiser: Pick<Denoiser, 'times'>,
): string | undefined {
  if (needs.includes('clock') && !dynamics.needs.includes('clock'))
    return `${id} needs an integrating factor and a clock, and the dynamics ${dynamics.id} has none`;
  if (needs.includes('all-times') && denoiser.times !== 'all')
    return `${id} calls u away from the start of a step, and this u exists at its block times only`;
  return undefined;
}
