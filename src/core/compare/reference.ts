import type { Denoiser } from '../denoisers';
import { createGrid } from '../grids';
import { integrate, integrating, integratorOf } from '../integrators';
import { type Flow } from '../process/flow';
import { uniform } from '../math/spacing';
import type { StartMoments } from '../process/starts';
import { timeOf } from '../schedules/window';
import { closedForm } from './closedForm';
import { distances, byNorm, isWeak, rms, type Errors } from './norms';
import { exactMoments } from './affineMoments';
import type { ReferenceProblem } from './referenceProblem';

/** What errors are measured against. */
export interface Reference {
  /** n x d states at the end of the window; none where a law is compared, or each path with a finer one of its own. */
  readonly z: Float64Array;
  /** Mean and variance of the states at the end of the window, in place of these. */
  readonly law?: StartMoments | undefined;
  /** How they were found, in words. */
  readonly source: string;
  /** Whether finer steps were no better: what is left is how u is rounded. */
  readonly settled?: boolean | undefined;
  /** RMS error of these states themselves, estimated. */
  readonly error: number;
  /** The same by every norm. */
  readonly errors: Errors;
  /** Calls of u for each state. */
  readonly evaluations: number;
  /** Finds it anew with twice the steps; there where that helps and the reserve allows it. */
  readonly refine?: (() => Generator<void, Reference>) | undefined;
}

/** Where doubling the steps no longer helps: double precision's last digits, relative to the states. */
const ROUNDING = 1e-13;

/** A difference of two results, relative to the states, above which it is their steps that are too long, and not rounding. */
const COARSE = 1e-5;

/** By how much an error of Dormand-Prince's order falls where the steps are halved. */
const [FASTEST, SLOWEST] = [32, 2];

/**
 * The states at the window's end, in closed form where there is one. Else by Dormand-Prince, in a time in which the
 * dynamics is smooth; its steps are doubled until two results agree to rounding or get no closer. Yields between runs.
 * Its error is Infinity where none of them ended in finite states.
 */
export function* findReference(problem: ReferenceProblem): Generator<void, Reference> {
  const { budget = 131072 } = problem;
  if (problem.blockTimes) return byBlocks(problem, problem.blockTimes);
  if (problem.noise) return stochastic(problem);
  const closed = closedForm(problem);
  if (closed) {
    const size = ROUNDING * rms(closed.z);
    return { ...closed, error: size, errors: byNorm(() => size), evaluations: 1 };
  }
  return yield* byDoubling(problem, budget);
}

/**
 * What stochastic methods are measured against. Where the norm is weak, and the mean and the variance follow equations
 * of their own, it is the exact law. Else each path is followed more finely beside the method.
 */
function stochastic(problem: ReferenceProblem): Reference {
  const law = isWeak(problem.norm ?? 'rms') ? exactMoments(problem, problem.startMoments) : undefined;
  const z = new Float64Array(0);
  if (!law) {
    const source = 'SRA1 with many parts of every step along the same Brownian paths';
    return { z, source, error: 0, errors: byNorm(() => 0), evaluations: 0 };
  }
  const error = ROUNDING * Math.sqrt(law.mean ** 2 + law.variance);
  const source = 'the exact mean and variance; those of each method by its own step, without sampling';
  return { z, law, source, error, errors: byNorm(() => error), evaluations: 0 };
}

/** What a u that exists at block times only is made for: nothing is between these to be more exact by. */
function byBlocks(problem: ReferenceProblem, times: Float64Array): Reference {
  const { z, evaluations } = integrate({ ...problem, integrator: integratorOf('exponential-1'), times });
  const error = ROUNDING * rms(z);
  const source = `the exact step at the model's own ${times.length - 1} block times`;
  return { z, source, error, errors: byNorm(() => error), evaluations };
}

/** The end states by steps doubled until they settle, within so many calls of u. */
function* byDoubling(problem: ReferenceProblem, calls: number): Generator<void, Reference> {
  const { z0, n, d, reserve = 0 } = problem;
  const { flow, times, unit } = smoothTime(problem);
  const integrator = integratorOf('dopri5');
  const run = (steps: number) => integrating({ ...flow, integrator, times: times(steps), z0, n, d });
  // A run of 2 N steps costs twice a run of N; all runs together stay within the budget, the first three at least.
  const first = Math.max(1, Math.min(32, Math.floor(calls / 7 / integrator.evaluations)));
  const { z: begun, evaluations: spent } = yield* run(first);
  const state = { steps: first, z: begun, gap: Infinity, evaluations: spent };
  const within = (most: number) => state.evaluations + 2 * state.steps * integrator.evaluations <= most;
  function* refined(): Generator<void, Reference> {
    const { z: coarse, gap: last } = state;
    state.steps *= 2;
    const { z, evaluations } = yield* run(state.steps);
    const apart = distances(z, coarse, d);
    const finite = Number.isFinite(apart.rms);
    Object.assign(state, { z, gap: finite ? apart.rms : Infinity, evaluations: state.evaluations + evaluations });
    // Where a run was not finite there is nothing to judge by yet. Else what is left of an error that falls by a factor
    // is 1 / (factor - 1) of the last difference: the factor is 32 at order 5, and about 4 where u has kinks.
    const factor = Number.isFinite(last) && finite ? last / apart.rms : FASTEST;
    const size = rms(z);
    const tiny = finite && apart.rms <= (FASTEST - 1) * ROUNDING * size;
    // Where halving the steps no longer helps, what is left is the rounding of u, and no share of it is gone.
    const rounded = !tiny && factor < SLOWEST && apart.rms <= COARSE * size;
    const share = 1 / (Math.min(FASTEST, Math.max(SLOWEST, factor)) - 1);
    const errors = raised(finite ? scaled(apart, share) : byNorm(() => Infinity), ROUNDING * size);
    return {
      z,
      source: `Dormand-Prince 5(4) with ${state.steps} steps ${unit}${rounded ? ', where halving them no longer helps' : ''}`,
      settled: rounded,
      error: errors.rms,
      errors,
      evaluations: state.evaluations,
      refine: tiny || rounded || !within(calls + reserve) ? undefined : refined,
    };
  }
  let found: Reference;
  do {
    yield;
    found = yield* refined();
  } while (found.refine && within(calls));
  return found;
}

const scaled = (errors: Errors, factor: number): Errors => byNorm(({ id }) => errors[id] * factor);

/** No error is below what rounding leaves; what is no number is unbounded. */
const raised = (errors: Errors, floor: number): Errors =>
  byNorm(({ id }) => (Number.isFinite(errors[id]) ? Math.max(errors[id], floor) : Infinity));

/** A flow over times in which it is smooth, so that steps of equal size show their order. */
function smoothTime({ dynamics, schedule, denoiser, window }: ReferenceProblem): SmoothTime {
  const flow = { dynamics, schedule, denoiser };
  const [from, to] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
  // With a view u follows t itself, and steps shrink towards t = 1, where the last one is of order 1 and must be tiny.
  if (dynamics.noiseLevel) {
    const times = (steps: number) => uniform(1, 0, steps + 1).map((left) => end - (end - start) * left ** 3);
    const { start, end } = window;
    return { flow, times, unit: 'that shrink towards the end' };
  }
  if (!dynamics.clock)
    return {
      flow,
      times: (steps) => createGrid('uniform-gamma').times({ schedule, window }, steps),
      unit: 'of equal log-SNR',
    };
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
