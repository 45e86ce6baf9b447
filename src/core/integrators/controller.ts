import type { Ode } from './integrator';
import { runToEnd, Yielder } from './yielder';
import { addSlopes, Stages } from './rungeKutta';
import { type Pair } from './tableau';

/** How large an error a step may make: atol + rtol |z|, in each number. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** An ODE to be solved by steps that are chosen as it goes. */
export interface AdaptiveProblem extends Tolerance {
  readonly ode: Ode;
  /** Whether another program answers for it (no). */
  readonly external?: boolean | undefined;
  readonly pair: Pair;
  readonly from: number;
  /** After `from`. */
  readonly to: number;
  /** The states at `from`; moved to `to`. */
  readonly z: Float64Array;
  /** Steps at most, rejected ones included (10000). */
  readonly maxSteps?: number | undefined;
  /** Size of the first step; found by Hairer's rule where it is not given, which costs one call. */
  readonly firstStep?: number | undefined;
  /** Ascending times in (from, to] at which states are wanted, and what is called with each; z is overwritten afterwards. */
  readonly at?: { readonly times: ArrayLike<number>; readonly visit: (k: number, z: Float64Array) => void } | undefined;
}

/** How it went. */
export interface AdaptiveOutcome {
  readonly accepted: number;
  readonly rejected: number;
  /** Why it stopped before `to`, in words; empty where it did not. */
  readonly failure: string;
  /** Where it stopped. */
  readonly t: number;
}

/** Bounds of the change of the step's size, and the share of the largest allowed that is taken. */
const [SMALLEST, LARGEST, SAFETY] = [0.2, 10, 0.9];

/** Factor of a step whose error is not a number. */
const RETREAT = 0.1;

/**
 * Solves an ODE by an embedded pair with a proportional-integral controller (Hairer, Nørsett and Wanner, Solving
 * Ordinary Differential Equations I, sections II.4 and IV.2). All states share their steps: the error is a root mean
 * square over them. Nothing is allocated in a step.
 */
export const solve = (problem: AdaptiveProblem): AdaptiveOutcome => runToEnd(solving(problem));

/** As `solve`, which yields every now and then: see `Yielder`. */
export function* solving(problem: AdaptiveProblem): Generator<void, AdaptiveOutcome> {
  const { ode, pair, from, to, z, maxSteps = 10_000, at } = problem;
  const stages = new Stages(ode, pair, pair.b.length);
  const { slopes } = stages;
  const last = slopes.length - 1;
  const doubts = pair.b.map((weight, i) => weight - pair.embedded.b[i]!);
  const [error, interpolated] = [new Float64Array(ode.size), new Float64Array(ode.size)];
  const dense = new Float64Array(slopes.length);
  // The exponents of the present and of the last error; the first alone would be 1 / (order + 1).
  const integral = 0.2 / (pair.embedded.order + 1);
  const proportional = 1 / (pair.embedded.order + 1) - 0.75 * integral;
  let t = from;
  let accepted = 0;
  let rejected = 0;
  /** The last error, which damps how the step changes. */
  let memory = 1e-4;
  /** Whether the last step was rejected. */
  let wary = false;
  /** The next of the times that are visited. */
  let next = 0;
  const stopped = (failure: string): AdaptiveOutcome => ({ accepted, rejected, failure, t });
  const yielder = new Yielder(ode.size * last, problem);
  ode.slope(from, z, slopes[0]!);
  let h = problem.firstStep ?? firstStep(problem, slopes[0]!, slopes[1]!, interpolated);
  while (t < to) {
    if (accepted + rejected >= maxSteps) return stopped(`${maxSteps} steps were not enough: t = ${t} was reached`);
    // A remainder that one step covers but for rounding is covered.
    const end = t + 1.0000001 * h >= to ? to : t + h;
    h = end - t;
    if (!(h > 4 * Number.EPSILON * Math.abs(end))) return stopped(`the steps became too small at t = ${t}`);
    if (yielder.isDue()) yield;
    stages.fill(t, end, z, 1);
    error.fill(0);
    addSlopes(error, h, doubts, slopes);
    const size = errorNorm(error, z, stages.state, problem);
    if (!(size <= 1)) {
      rejected++;
      wary = true;
      h *= Number.isFinite(size) ? Math.max(SMALLEST, SAFETY / size ** proportional) : RETREAT;
      continue;
    }
    for (; at && next < at.times.length && at.times[next]! <= end; next++) {
      interpolated.set(z);
      denseWeights(pair, (at.times[next]! - t) / h, dense);
      addSlopes(interpolated, h, dense, slopes);
      at.visit(next, at.times[next] === end ? stages.state : interpolated);
    }
    accepted++;
    t = end;
    z.set(stages.state);
    slopes[0]!.set(slopes[last]!);
    const factor = (SAFETY * memory ** integral) / Math.max(size, 1e-10) ** proportional;
    memory = Math.max(size, 1e-4);
    // A step that follows a rejected one does not grow.
    h *= Math.min(wary ? 1 : LARGEST, Math.max(SMALLEST, factor));
    wary = false;
  }
  return stopped('');
}

/** The weights of the slopes in the state at a share of a step. */
export function denseWeights({ dense }: Pair, share: number, out: Float64Array): void {
  for (let i = 0; i < dense.length; i++) {
    const row = dense[i]!;
    let weight = 0;
    for (let k = row.length - 1; k >= 0; k--) weight = (weight + row[k]!) * share;
    out[i] = weight;
  }
}

function errorNorm(error: Float64Array, z: Float64Array, end: Float64Array, { rtol, atol }: Tolerance): number {
  let sum = 0;
  for (let i = 0; i < error.length; i++)
    sum += (error[i]! / (atol + rtol * Math.max(Math.abs(z[i]!), Math.abs(end[i]!)))) ** 2;
  return Math.sqrt(sum / error.length);
}

/** A first step by the sizes of the state, its slope and its curvature; `other` and `state` are room to work in. */
function firstStep(
  { ode, pair, from, to, z, ...tolerance }: AdaptiveProblem,
  slope: Float64Array,
  other: Float64Array,
  state: Float64Array,
): number {
  const [size, speed] = [errorNorm(z, z, z, tolerance), errorNorm(slope, z, z, tolerance)];
  const trial = Math.min(to - from, size < 1e-5 || speed < 1e-5 ? 1e-6 : (0.01 * size) / speed);
  for (let i = 0; i < z.length; i++) state[i] = z[i]! + trial * slope[i]!;
  ode.slope(from + trial, state, other);
  for (let i = 0; i < z.length; i++) other[i]! -= slope[i]!;
  const bend = errorNorm(other, z, z, tolerance) / trial;
  const most = Math.max(speed, bend);
  const step = most <= 1e-15 ? Math.max(1e-6, trial * 1e-3) : (0.01 / most) ** (1 / (pair.embedded.order + 1));
  const found = Math.min(100 * trial, step, to - from);
  return Number.isFinite(found) ? found : trial;
}
