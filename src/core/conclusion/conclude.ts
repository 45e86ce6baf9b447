import type { Denoiser } from '../denoisers';
import { createDynamics } from '../dynamics';
import { integrate, integrateAdaptive, integratorOf, refusal } from '../integrators';
import { uniform } from '../math/spacing';
import type { Window } from '../schedules/window';
import { commonLogSnr, matchedDenoiser, windowBetween, type NamedSchedule } from './matchedLogSnr';
import { conclusionVerdict } from './verdict';
import { BASE, COMPARED, type AccuracyPoint, type Conclusion, type PathGap } from './conclusion';

/** A trained u over rows of known labels, and what it is run under. */
export interface ConclusionProblem {
  readonly denoiser: Denoiser;
  /** The one it was trained under first. */
  readonly schedules: readonly NamedSchedule[];
  /** The window's largest log-SNR. */
  readonly limit: number;
  readonly methods: readonly string[];
  readonly steps: readonly number[];
  /** n x d. */
  readonly z0: Float64Array;
  readonly n: number;
  readonly d: number;
  /** Which rows' states (n x d) at the end are read as their own class: n numbers, 0 or 1. */
  readonly right: (z: Float64Array) => Uint8Array;
}

/** The progress of a test of the conclusion, in runs. */
export interface ConclusionProgress {
  readonly done: number;
  readonly total: number;
}

/** Times at which paths are compared, and how exactly these are followed. */
const [TIMES, TOLERANCE] = [65, 1e-4];

/**
 * Tests the note's conclusion, "minimal impact on final performance": accuracy against steps and the mean gap to the
 * paths of eq. 26 for eqs. 28 and 28' and the community's equation, under each schedule. Yields after each piece.
 */
export function* conclude(problem: ConclusionProblem): Generator<ConclusionProgress, Conclusion, void> {
  const { schedules, limit, methods, steps, n, d, z0, denoiser } = problem;
  const logSnr = commonLogSnr(schedules, limit);
  const ids = [BASE, ...COMPARED];
  const total = schedules.length * ids.length * (methods.length * steps.length + 1);
  let done = 0;
  const trained = schedules[0]!.schedule;
  const own = windowBetween(trained, logSnr, limit);
  const windows: Window[] = [];
  const points: AccuracyPoint[] = [];
  const gaps: PathGap[] = [];
  for (const [index, { schedule }] of schedules.entries()) {
    const window = windowBetween(schedule, logSnr, limit);
    windows.push(window);
    const u = index ? matchedDenoiser(denoiser, trained, own) : denoiser;
    const flow = (id: string) => ({ dynamics: createDynamics(id), schedule, denoiser: u, z0, n, d });
    for (const method of methods)
      for (const count of steps) {
        let base: Uint8Array | undefined;
        for (const id of ids) {
          const integrator = integratorOf(method);
          if (!refusal(integrator, flow(id))) {
            const { z } = integrate({ ...flow(id), integrator, times: uniform(window.start, window.end, count + 1) });
            const right = problem.right(z);
            base ??= right;
            points.push({ schedule: index, dynamics: id, method, steps: count, ...accuracyAgainst(base, right) });
          }
          yield { done: ++done, total };
        }
      }
    let base: Float64Array | undefined;
    for (const id of ids) {
      const times = uniform(window.start, window.end, TIMES);
      const integrator = integratorOf('dopri5');
      const run = { ...flow(id), integrator, times, rtol: TOLERANCE, atol: TOLERANCE, savePath: true };
      const { path, failure } = integrateAdaptive(run);
      base ??= path!;
      if (id !== BASE) gaps.push({ schedule: index, dynamics: id, ...gapOf(times, base, path!, d), failure });
      yield { done: ++done, total };
    }
  }
  const labels = schedules.map(({ label }, i) => ({ label, window: windows[i]! }));
  const found = { schedules: labels, logSnr, methods, steps, rows: n, points, gaps };
  return { ...found, ...conclusionVerdict(found) };
}

/** Accuracy, and by how much it falls short of another over the same rows, with the standard error of that. */
function accuracyAgainst(base: Uint8Array, right: Uint8Array): Pick<AccuracyPoint, 'accuracy' | 'drop' | 'error'> {
  const n = right.length;
  const mean = (of: (i: number) => number) => right.reduce((sum, _, i) => sum + of(i), 0) / n;
  const drop = mean((i) => base[i]! - right[i]!);
  const variance = mean((i) => (base[i]! - right[i]! - drop) ** 2);
  return { accuracy: mean((i) => right[i]!), drop, error: Math.sqrt(variance / Math.max(1, n - 1)) };
}

/** The mean distance of paths at every time (TIMES x n x d), and its means over both halves of the window. */
function gapOf(times: Float64Array, base: Float64Array, path: Float64Array, d: number) {
  const size = path.length / times.length;
  const gap = Array.from(times, (_, k) => {
    let sum = 0;
    for (let i = k * size; i < (k + 1) * size; i += d) {
      let square = 0;
      for (let j = i; j < i + d; j++) square += (path[j]! - base[j]!) ** 2;
      sum += Math.sqrt(square);
    }
    return (sum * d) / size;
  });
  const half = (times.length - 1) / 2;
  const average = (from: number) =>
    gap.slice(from, from + half + 1).reduce((sum, g, k) => sum + (k % half ? g : g / 2), 0) / half;
  return { times: [...times], gap, early: average(0), late: average(half), end: gap.at(-1)! };
}
