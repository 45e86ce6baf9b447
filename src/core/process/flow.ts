import type { Denoiser } from '../denoisers';
import type { Dynamics } from '../dynamics';
import type { Schedule } from '../schedules';

/** What is integrated: one dynamics, its clock and its u, over n states of dimension d. */
export interface Flow {
  readonly dynamics: Dynamics;
  readonly schedule: Schedule;
  readonly denoiser: Denoiser;
  /** Whether the SDE partner is run, in place of the ODE (no). */
  readonly noise?: boolean;
}
