import { dynamicsFamily, oraclePath } from '../../../core/dynamics';
import { dynamicsLabel, entryDynamics, type DynamicsEntry } from '../../../core/dynamics/entry';
import type { Experiment } from '../../../core/experiment/experiment';
import { integrate, integratorOf, refusal, type Integration, type Integrator } from '../../../core/integrators';
import { defaults } from '../../../core/registry/parameters';
import { InputError } from '../../../core/registry/problem';
import type { Effort } from '../../../core/runs/evaluationResults';
import { pathNoise } from '../../sampling/simulate';
import { PERIOD, type Yielder } from '../yielder';
import { addGaps, PathStatistics } from './pathStatistics';

/** The most paths that are drawn. */
const DRAWN = 12;

/** Numbers that a batch of paths of one dynamics may keep. */
const BATCH = 1 << 19;

/** One dynamics of a picture: how it is run, and what its paths come to. */
export interface IntegratedPaths {
  readonly entry: DynamicsEntry;
  readonly flow: Integration;
  readonly seed: number;
  /** The steps of the grid whose states are kept. */
  readonly kept: Int32Array;
  /** The paths that are drawn, from the lowest start to the highest. */
  readonly shown: Int32Array;
  /** kept x chosen x d. */
  readonly shownPaths: Float64Array;
  readonly statistics: PathStatistics;
  /** What its runs took: the most of any batch of paths. */
  effort: Effort;
}

/** The chosen dynamics and its overlays, and why some of these are left out; an InputError where the first cannot be run. */
export function pathsToIntegrate(experiment: Experiment, main: Integration, kept: Int32Array) {
  const reason = refusal(main.integrator, main);
  if (reason) throw new InputError(reason);
  const { seed, overlays, dynamics: first } = experiment;
  const { n, d } = main;
  const chosen = spreadStarts(main);
  const course = (entry: DynamicsEntry, flow: Integration): IntegratedPaths => ({
    entry,
    flow,
    seed,
    kept,
    shown: chosen,
    shownPaths: new Float64Array(kept.length * chosen.length * d),
    statistics: new PathStatistics(kept.length, n, d),
    effort: { evaluations: 0, accepted: 0, rejected: 0 },
  });
  const courses = [course(first, main)];
  const refused: string[] = [];
  // Without its noise the chosen dynamics is another one, which can be drawn beside it.
  for (const id of new Set(overlays.filter((overlay) => overlay !== first.id || first.noise))) {
    const params = id === first.id ? first.params : defaults(dynamicsFamily(id));
    const entry = { id, params, noise: false };
    const dynamics = entryDynamics(entry);
    const flow = { ...main, dynamics, noise: false, integrator: plainMethod(main.integrator, Boolean(dynamics.clock)) };
    const why = refusal(flow.integrator, flow);
    if (why) refused.push(`${dynamicsLabel(entry)} is left out: ${why}.`);
    else courses.push(course(entry, flow));
  }
  const swapped = courses.find(({ flow }) => flow.integrator !== main.integrator);
  if (swapped)
    refused.push(`Those without noise are run by ${swapped.flow.integrator.id}, as ${main.integrator.id} draws noise.`);
  return { courses, refused };
}

/** The method for dynamics without noise where the chosen one draws noise: of the same order, by the clock if there is one. */
const plainMethod = (chosen: Integrator, clock: boolean): Integrator =>
  chosen.kind === 'sde' ? integratorOf(clock ? 'exponential-1' : 'euler') : chosen;

/** Indices of some paths, by their starts at even steps of rank. */
export function spreadStarts({ z0, n, d }: Pick<Integration, 'z0' | 'n' | 'd'>): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => z0[a * d]! - z0[b * d]! || a - b);
  const count = Math.min(n, DRAWN);
  return Int32Array.from({ length: count }, (_, i) => order[Math.floor(((i + 0.5) * n) / count)]!);
}

/**
 * Runs every course from the same starts, batch by batch so that it can be stopped and memory stays small. Answers
 * courses x courses x kept RMS distances.
 */
export async function integratePaths(courses: readonly IntegratedPaths[], pace: Yielder): Promise<Float64Array> {
  const { flow, kept, seed } = courses[0]!;
  const { n, d, z0 } = flow;
  const count = kept.length;
  const sums = courses.map(() => courses.map(() => new Float64Array(count)));
  const most = Math.max(1, Math.floor(BATCH / (count * d)));
  let size = Math.min(most, 16);
  for (let start = 0; start < n;) {
    const m = Math.min(size, n - start);
    const begun = performance.now();
    const ids = Int32Array.from({ length: m }, (_, i) => start + i);
    const batches: Float64Array[] = [];
    for (const course of courses) {
      // Noise belongs to its path, so that neither the batch nor the dynamics changes it.
      const random = pathNoise(seed, ids, d);
      batches.push(runBatch(course, start, { z0: z0.subarray(start * d, (start + m) * d), n: m, random }));
      const share = (start * courses.length + m * batches.length) / (n * courses.length);
      await pace.yieldIfDue(`${dynamicsLabel(course.entry)}, ${start + m} of ${n} paths`, share);
    }
    batches.forEach((one, i) => batches.forEach((other, k) => i < k && addGaps(one, other, m * d, sums[i]![k]!)));
    start += m;
    if (performance.now() - begun < PERIOD) size = Math.min(most, 2 * size);
  }
  const gaps = new Float64Array(courses.length ** 2 * count);
  for (let i = 0; i < courses.length; i++)
    for (let k = 0; k < courses.length; k++) {
      const sum = sums[Math.min(i, k)]![Math.max(i, k)]!;
      gaps.set(
        sum.map((value) => Math.sqrt(value / (n * d))),
        (i * courses.length + k) * count,
      );
    }
  return gaps;
}

/** Runs some paths; answers their kept states, kept x m x d. */
function runBatch(
  course: IntegratedPaths,
  start: number,
  part: Pick<Integration, 'z0' | 'n' | 'random'>,
): Float64Array {
  const { flow, kept, shown, shownPaths, statistics } = course;
  const [size, d] = [part.z0.length, flow.d];
  const states = new Float64Array(kept.length * size);
  let next = 0;
  const onStep = (step: number, _t: number, z: Float64Array) => {
    if (step === kept[next]) states.set(z, next++ * size);
  };
  const { evaluations, accepted, rejected } = integrate({ ...flow, ...part, onStep });
  if (evaluations > course.effort.evaluations) course.effort = { evaluations, accepted, rejected };
  statistics.add(states, part.n);
  shown.forEach((path, i) => {
    const row = path - start;
    if (row < 0 || row >= part.n) return;
    for (let k = 0; k < kept.length; k++) {
      const from = k * size + row * d;
      shownPaths.set(states.subarray(from, from + d), (k * shown.length + i) * d);
    }
  });
  return states;
}

/** The closed form from the drawn starts for u held at what it is at each path's end: kept x chosen x d. */
export function oracleOf(
  { flow, shown, shownPaths }: Pick<IntegratedPaths, 'flow' | 'shown' | 'shownPaths'>,
  times: Float64Array,
): Float64Array {
  const { d, dynamics, schedule, denoiser } = flow;
  const size = shown.length * d;
  const end = times.at(-1)!;
  const { scale, logSnr } = dynamics.noiseLevel?.(end) ?? { scale: 1, logSnr: schedule.logSnr(end) };
  const seen = shownPaths.slice(-size).map((value) => value / scale);
  const held = new Float64Array(size);
  denoiser.denoise(seen, shown.length, d, end, logSnr, held);
  return oraclePath(dynamics, schedule, times, shownPaths.slice(0, size), held);
}
