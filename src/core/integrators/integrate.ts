import { integratingAdaptive } from './adaptive';
import { lastStepOf } from './finalStep';
import { runToEnd, Yielder } from './yielder';
import type { Integration, Solution } from './integration';
import { checkSetup, hasPole, systemOf } from './system';

/**
 * Integrates a flow, with one step between each two times, or with its own steps where a tolerance is given. An
 * InputError where the method needs what the dynamics or u does not have. Where the end is not reached within the
 * tolerance, the states after that are NaN.
 */
export const integrate = (run: Integration): Solution => runToEnd(integrating(run));

/** As `integrate`, which yields every now and then: see `Yielder`. */
export function* integrating(run: Integration): Generator<void, Solution> {
  const { integrator, times, z0, onStep, tolerance } = run;
  if (tolerance !== undefined) return yield* byTolerance(run, tolerance);
  checkSetup(run);
  const counter = { calls: 0 };
  const system = systemOf(run, counter);
  const step = integrator.create(system);
  const final = lastStepOf(integrator, run.final, times.length - 1, run.schedule);
  const last = typeof final === 'string' ? step : final.create(system);
  const landing = new Float64Array(z0.length);
  const z = z0.slice();
  const path = run.savePath ? new Float64Array(times.length * z.length) : undefined;
  const visit = (k: number) => {
    path?.set(z, k * z.length);
    onStep?.(k, times[k]!, z);
  };
  const yielder = new Yielder(z.length * integrator.evaluations, run.denoiser);
  visit(0);
  for (let k = 1; k < times.length; k++) {
    if (yielder.isDue()) yield;
    // Where the rates have a pole at the end of a step, no slope exists there, and the state must be u.
    if (integrator.kind !== 'exponential' && hasPole(run, times[k]!)) {
      system.target(times[k - 1]!, z, landing);
      z.set(landing);
    } else if (k === times.length - 1) last(times[k - 1]!, times[k]!, z, final === 'first-order');
    else step(times[k - 1]!, times[k]!, z);
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
