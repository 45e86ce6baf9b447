import { integratingAdaptive } from './adaptive';
import { drained, Pace } from './pace';
import { checkCourse, hasPole, systemOf, type Course } from './system';

/** One integration, from the first time of a grid to its last. */
export interface Integration extends Course {
  /** Ascending; one step between each two, or where states are wanted of a method that chooses its own steps. */
  readonly times: Float64Array;
  /** n x d, row-major; left as it is. */
  readonly z0: Float64Array;
  /** Relative and absolute error a step may make, for a method that is to choose its own steps. */
  readonly tolerance?: number | undefined;
  /** Whether every state is kept. */
  readonly savePath?: boolean;
  /** Sees the states (n x d, overwritten afterwards) at every time of the grid, the first included; may throw to stop. */
  readonly onStep?: (step: number, t: number, z: Float64Array) => void;
}

/** Where the states went. */
export interface Solution {
  /** n x d, at the last time. */
  readonly z: Float64Array;
  /** Calls of u for each state. */
  readonly evaluations: number;
  /** Steps taken; of a method that chooses them, those it kept. */
  readonly accepted: number;
  /** Steps that such a method took and did not keep. */
  readonly rejected: number;
  /** Why a method that chooses its own steps did not reach the last time, in words. */
  readonly failure?: string;
  /** (steps + 1) x n x d where it was asked for. */
  readonly path?: Float64Array;
}

/**
 * Integrates a flow, with one step between each two times, or with its own steps where a tolerance is given. An
 * InputError where the method needs what the dynamics or u does not have. Where the end is not reached within the
 * tolerance, the states after that are NaN.
 */
export const integrate = (run: Integration): Solution => drained(integrating(run));

/** As `integrate`, with a rest every now and then: see `Pace`. */
export function* integrating(run: Integration): Generator<void, Solution> {
  const { integrator, times, z0, onStep, tolerance } = run;
  if (tolerance !== undefined) return yield* byTolerance(run, tolerance);
  checkCourse(run);
  const counter = { calls: 0 };
  const system = systemOf(run, counter);
  const step = integrator.create(system);
  const landing = new Float64Array(z0.length);
  const z = z0.slice();
  const path = run.savePath ? new Float64Array(times.length * z.length) : undefined;
  const visit = (k: number) => {
    path?.set(z, k * z.length);
    onStep?.(k, times[k]!, z);
  };
  const pace = new Pace(z.length * integrator.evaluations);
  visit(0);
  for (let k = 1; k < times.length; k++) {
    if (pace.rests()) yield;
    // Where the rates have a pole at the end of a step, no slope exists there, and the state must be u.
    if (integrator.kind !== 'exponential' && hasPole(run, times[k]!)) {
      system.target(times[k - 1]!, z, landing);
      z.set(landing);
    } else step(times[k - 1]!, times[k]!, z);
    visit(k);
  }
  return { z, evaluations: counter.calls, accepted: times.length - 1, rejected: 0, ...(path && { path }) };
}

function* byTolerance(run: Integration, tolerance: number): Generator<void, Solution> {
  let seen = 0;
  const onStep: Integration['onStep'] = (step, t, z) => {
    seen = step + 1;
    run.onStep?.(step, t, z);
  };
  const solution = yield* integratingAdaptive({ ...run, onStep, rtol: tolerance, atol: tolerance });
  if (!solution.failure) return solution;
  const lost = new Float64Array(run.z0.length).fill(NaN);
  for (let k = seen; k < run.times.length; k++) run.onStep?.(k, run.times[k]!, lost);
  solution.path?.fill(NaN, seen * lost.length);
  return { ...solution, z: lost };
}
