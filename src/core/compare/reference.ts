import { integrate, integratorOf, type Flow } from '../integrators';
import type { Denoiser } from '../denoisers';
import { uniform } from '../sampling';
import type { Window } from '../window';
import { timeOf } from '../window';
import { rms, rmsDistance } from './norm';

/** What errors are measured against. */
export interface Reference {
  /** n x d states at the end of the window. */
  readonly z: Float64Array;
  /** How they were found, in words. */
  readonly source: string;
  /** RMS error of these states themselves, estimated. */
  readonly error: number;
  /** Calls of u for each state. */
  readonly evaluations: number;
}

/** What is carried over which window, from where. */
export interface ReferenceProblem extends Flow {
  readonly window: Window;
  /** n x d. */
  readonly z0: Float64Array;
  readonly n: number;
  readonly d: number;
  /** The most calls of u a state that the reference may cost (131072). */
  readonly budget?: number | undefined;
}

/** Where doubling the steps no longer helps: double precision's last digits, relative to the states. */
export const ROUNDING = 1e-13;

/**
 * The states at the window's end: in closed form where u is constant, else by RK4 in log-SNR time, in which every
 * dynamics here is smooth, with steps doubled until two results agree to rounding. Yields between doublings.
 */
export function* findReference(problem: ReferenceProblem): Generator<void, Reference> {
  const { denoiser, dynamics, schedule, window, z0, n, d, budget = 131072 } = problem;
  const [from, to] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
  if (denoiser.constant && dynamics.needs.includes('clock')) {
    const u = new Float64Array(z0.length);
    denoiser.denoise(z0, n, d, window.start, from, u);
    const [keep, add] = [dynamics.retain(from, to), dynamics.gain(from, to)];
    const z = z0.map((value, i) => keep * value + add * u[i]!);
    return { z, source: 'the closed form for constant u', error: ROUNDING * rms(z), evaluations: 1 };
  }
  const run = (steps: number) =>
    integrate({
      dynamics,
      schedule: { logSnr: (logSnr) => logSnr, logSnrRate: () => 1 },
      denoiser: inGamma(problem),
      integrator: integratorOf('rk4'),
      times: uniform(from, to, steps + 1),
      z0,
      n,
      d,
    });
  // A run of 2 N steps costs 8 N calls; all runs together stay within the budget.
  let steps = Math.max(1, Math.min(128, Math.floor(budget / 12)));
  let coarse = run(steps);
  let evaluations = coarse.evaluations;
  let error = Infinity;
  do {
    yield;
    steps *= 2;
    const fine = run(steps);
    evaluations += fine.evaluations;
    // An error of order 4 falls by 16 with each doubling, so the finer run is off by 1/15 of the difference.
    const last = error;
    error = rmsDistance(fine.z, coarse.z) / 15;
    coarse = fine;
    if (!(error > ROUNDING * rms(fine.z)) || error > last / 2) break;
  } while (evaluations + 8 * steps <= budget);
  error = Math.max(error, ROUNDING * rms(coarse.z));
  return { z: coarse.z, source: `Runge-Kutta 4 with ${steps} steps in log-SNR`, error, evaluations };
}

/** The denoiser with log-SNR for its time. */
const inGamma = ({ denoiser, schedule, window }: ReferenceProblem): Denoiser => ({
  times: denoiser.times,
  denoise: (z, n, d, _, logSnr, out) => denoiser.denoise(z, n, d, timeOf(schedule, logSnr, window), logSnr, out),
});
