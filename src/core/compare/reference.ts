import type { Denoiser } from '../denoisers';
import { constantStep } from '../dynamics';
import { gridOf } from '../grids';
import { integrate, integratorOf, type Flow } from '../integrators';
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
 * The states at the window's end: in closed form where u is constant, else by RK4 in a time in which the dynamics is
 * smooth, with steps doubled until two results agree to rounding. Yields between doublings. Its error is
 * Infinity where none of them ended in finite states.
 */
export function* findReference(problem: ReferenceProblem): Generator<void, Reference> {
  const { denoiser, dynamics, schedule, window, z0, n, d, budget = 131072 } = problem;
  if (denoiser.constant) {
    const u = new Float64Array(z0.length);
    denoiser.denoise(z0, n, d, window.start, schedule.logSnr(window.start), u);
    const { retain, gain } = constantStep(dynamics, schedule, window.start, window.end);
    const z = z0.map((value, i) => retain * value + gain * u[i]!);
    return { z, source: 'the closed form for constant u', error: ROUNDING * rms(z), evaluations: 1 };
  }
  const { flow, times, unit } = smoothTime(problem);
  const run = (steps: number) => integrate({ ...flow, integrator: integratorOf('rk4'), times: times(steps), z0, n, d });
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
    // Where a run was not finite there is nothing to judge by yet.
    if (error <= ROUNDING * rms(fine.z) || error > last / 2) break;
  } while (evaluations + 8 * steps <= budget);
  error = Number.isFinite(error) ? Math.max(error, ROUNDING * rms(coarse.z)) : Infinity;
  return { z: coarse.z, source: `Runge-Kutta 4 with ${steps} steps ${unit}`, error, evaluations };
}

/** A flow over times in which it is smooth, so that steps of equal size show their order. */
function smoothTime({ dynamics, schedule, denoiser, window }: ReferenceProblem): SmoothTime {
  const flow = { dynamics, schedule, denoiser };
  const [from, to] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
  // With a view u follows t itself, and steps shrink towards t = 1, where the last one is of order 1 and must be tiny.
  if (dynamics.view) {
    const times = (steps: number) => uniform(1, 0, steps + 1).map((left) => end - (end - start) * left ** 3);
    const { start, end } = window;
    return { flow, times, unit: 'that shrink towards the end' };
  }
  if (!dynamics.clock)
    return { flow, times: (steps) => gridOf('uniform-gamma').times(schedule, window, steps), unit: 'of equal log-SNR' };
  const inGamma: Denoiser = {
    times: denoiser.times,
    denoise: (z, n, d, _, logSnr, out) => denoiser.denoise(z, n, d, timeOf(schedule, logSnr, window), logSnr, out),
  };
  return {
    flow: { dynamics, schedule: { logSnr: (logSnr) => logSnr, logSnrRate: () => 1 }, denoiser: inGamma },
    times: (steps) => uniform(from, to, steps + 1),
    unit: 'in log-SNR',
  };
}

interface SmoothTime {
  readonly flow: Flow;
  readonly times: (steps: number) => Float64Array;
  readonly unit: string;
}
