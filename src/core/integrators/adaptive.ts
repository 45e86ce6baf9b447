import { InputError } from '../registry/problem';
import { solving, type Tolerance } from './controller';
import { runToEnd } from './yielder';
import { pairOf } from './tableau';
import type { Integration, Solution } from './integration';
import { checkSetup, hasPole, systemOf } from './system';

/** An integration by a method that chooses its own steps; the states at `times` are found by its interpolant. */
export interface AdaptiveIntegration extends Integration, Tolerance {
  /** Steps at most, rejected ones included (10000). */
  readonly maxSteps?: number;
}

export interface AdaptiveSolution extends Solution {
  /** Why it stopped before the last time, in words, with the states where it did; empty where it did not. */
  readonly failure: string;
}

/** Where the rates have a pole at the end, the share of the way at which u is taken for the end's state. */
const BRINK = 1e-7;

/**
 * Integrates a flow from the first of its times to the last; an InputError where the method has no estimate of its
 * error, or needs what the dynamics or u does not have.
 */
export const integrateAdaptive = (run: AdaptiveIntegration): AdaptiveSolution => runToEnd(integratingAdaptive(run));

/** As `integrateAdaptive`, which yields every now and then: see `Yielder`. */
export function* integratingAdaptive(run: AdaptiveIntegration): Generator<void, AdaptiveSolution> {
  const { integrator, times, z0, onStep, rtol, atol, maxSteps } = run;
  checkSetup(run);
  const pair = pairOf(integrator);
  if (!pair)
    throw new InputError(`${integrator.id} has no estimate of its own error, and takes steps of given sizes only`);
  const counter = { calls: 0 };
  const system = systemOf(run, counter);
  const z = z0.slice();
  const path = run.savePath ? new Float64Array(times.length * z.length) : undefined;
  const visit = (k: number, states: Float64Array) => {
    path?.set(states, k * z.length);
    onStep?.(k, times[k]!, states);
  };
  visit(0, z);
  const [from, to] = [times[0]!, times.at(-1)!];
  // A state that is u at once where the rates are infinite is u as it is just before, to the square of the distance.
  const landing = hasPole(run, to);
  const brink = landing ? to - BRINK * (to - from) : to;
  const inner = times.subarray(1, landing ? -1 : undefined).map((t) => Math.min(t, brink));
  const { failure, accepted, rejected } = yield* solving({
    ode: system,
    external: run.denoiser.external,
    pair,
    from,
    to: brink,
    z,
    rtol,
    atol,
    maxSteps,
    at: { times: inner, visit: (k, states) => visit(k + 1, states) },
  });
  if (landing && !failure) {
    const end = new Float64Array(z.length);
    system.target(brink, z, end);
    z.set(end);
    visit(times.length - 1, z);
  }
  return { z, evaluations: counter.calls, accepted, rejected, failure, ...(path && { path }) };
}
