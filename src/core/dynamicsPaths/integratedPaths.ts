import { dynamicsFamily, oraclePath } from '../dynamics';
import { dynamicsLabel, entryDynamics, type DynamicsEntry } from '../dynamics/entry';
import type { Experiment } from '../experiment/experiment';
import { integrating, integratorOf, refusal, type Integration, type Integrator } from '../integrators';
import { defaults } from '../registry/parameters';
import { InputError } from '../registry/problem';
import type { Effort } from '../runs/evaluationResults';
import { pathNoise } from '../process/pathNoise';
import { addGaps, PathStatistics } from './pathStatistics';
import { PERIOD, type Turns } from './turns';

/** The most paths that are drawn. */
const DRAWN = 12;

/** The most numbers that a batch of paths of one dynamics keeps. */
const BATCH = 1 << 19;

/** One dynamics: how it is integrated, and the results over its paths. */
export interface IntegratedPaths {
  readonly entry: DynamicsEntry;
  readonly flow: Integration;
  readonly seed: number;
  /** The steps of the grid whose states are kept. */
  readonly kept: Int32Array;
  /** The indices of the paths that are drawn, from the lowest start to the highest. */
  readonly drawn: Int32Array;
  /** kept x drawn x d. */
  readonly drawnPaths: Float64Array;
  readonly statistics: PathStatistics;
  /** Evaluations and steps: the most of any batch of paths. */
  effort: Effort;
}

/** The chosen dynamics with its overlays, and sentences on those that are left out. An InputError where the first cannot be run. */
export function pathsToIntegrate(
  { seed, overlays, dynamics: first }: Experiment,
  main: Integration,
  kept: Int32Array,
): { all: IntegratedPaths[]; notes: string[] } {
  const reason = refusal(main.integrator, main);
  if (reason) throw new InputError(reason);
  const { n, d } = main;
  const drawn = spreadStarts(main);
  const pathsOf = (entry: DynamicsEntry, flow: Integration): IntegratedPaths => ({
    entry,
    flow,
    seed,
    kept,
    drawn,
    drawnPaths: new Float64Array(kept.length * drawn.length * d),
    statistics: new PathStatistics(kept.length, n, d),
    effort: { evaluations: 0, accepted: 0, rejected: 0 },
  });
  const all = [pathsOf(first, main)];
  const notes: string[] = [];
  // Without its noise the chosen dynamics is another one, which can be drawn beside it.
  for (const id of new Set(overlays.filter((overlay) => overlay !== first.id || first.noise))) {
    const params = id === first.id ? first.params : defaults(dynamicsFamily(id));
    const entry = { id, params, noise: false };
    const dynamics = entryDynamics(entry);
    const integrator = plainMethod(main.integrator, Boolean(dynamics.clock));
    const flow = { ...main, dynamics, noise: false, integrator };
    const why = refusal(integrator, flow);
    if (why) notes.push(`${dynamicsLabel(entry)} is left out: ${why}.`);
    else all.push(pathsOf(entry, flow));
  }
  const swapped = all.find(({ flow }) => flow.integrator !== main.integrator);
  if (swapped)
    notes.push(
      `Those without noise are run by ${swapped.flow.integrator.title}, as ${main.integrator.title} draws noise.`,
    );
  return { all, notes };
}

/** The method for dynamics without noise, where the chosen one draws noise: of the same order, by the clock if there is one. */
const plainMethod = (chosen: Integrator, clock: boolean): Integrator =>
  chosen.kind === 'sde' ? integratorOf(clock ? 'exponential-1' : 'euler') : chosen;

/** The indices of at most `DRAWN` paths, evenly spread by the rank of their starts. */
export function spreadStarts({ z0, n, d }: Pick<Integration, 'z0' | 'n' | 'd'>): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => z0[a * d]! - z0[b * d]! || a - b);
  const count = Math.min(n, DRAWN);
  return Int32Array.from({ length: count }, (_, i) => order[Math.floor(((i + 0.5) * n) / count)]!);
}

/**
 * Integrates every dynamics from the same starts, batch by batch, so that it can be cancelled and memory stays small.
 * Returns dynamics x dynamics x kept RMS distances.
 */
export async function integratePaths(all: readonly IntegratedPaths[], turns: Turns): Promise<Float64Array> {
  const { flow, kept, seed } = all[0]!;
  const { n, d, z0 } = flow;
  const count = kept.length;
  const sums = all.map(() => all.map(() => new Float64Array(count)));
  const most = Math.max(1, Math.floor(BATCH / (count * d)));
  // Another program is asked for as many states at once as there is room for.
  let size = flow.denoiser.external ? most : Math.min(most, 16);
  for (let start = 0; start < n;) {
    const m = Math.min(size, n - start);
    const begun = turns.now();
    const ids = Int32Array.from({ length: m }, (_, i) => start + i);
    const batches: Float64Array[] = [];
    for (const paths of all) {
      // Noise belongs to its path, so that neither the batch nor the dynamics changes it.
      const random = pathNoise(seed, ids, d);
      const what = `${dynamicsLabel(paths.entry)}, ${start + m} of ${n} paths`;
      const done = () => (start * all.length + m * batches.length) / (n * all.length);
      const work = integrateBatch(paths, start, { z0: z0.subarray(start * d, (start + m) * d), n: m, random });
      let next = work.next();
      for (; !next.done; next = work.next()) await turns.yieldIfDue(what, done());
      batches.push(next.value);
      await turns.yieldIfDue(what, done());
    }
    batches.forEach((one, i) => batches.forEach((other, k) => i < k && addGaps(one, other, m * d, sums[i]![k]!)));
    start += m;
    if (turns.now() - begun < PERIOD) size = Math.min(most, 2 * size);
  }
  const gaps = new Float64Array(all.length ** 2 * count);
  for (let i = 0; i < all.length; i++)
    for (let k = 0; k < all.length; k++) {
      const sum = sums[Math.min(i, k)]![Math.max(i, k)]!;
      gaps.set(
        sum.map((value) => Math.sqrt(value / (n * d))),
        (i * all.length + k) * count,
      );
    }
  return gaps;
}

/** Integrates some paths; yields as `integrating` does. Returns their kept states, kept x m x d. */
function* integrateBatch(
  paths: IntegratedPaths,
  start: number,
  batch: Pick<Integration, 'z0' | 'n' | 'random'>,
): Generator<void, Float64Array> {
  const { flow, kept, drawn, drawnPaths, statistics } = paths;
  const { length: size } = batch.z0;
  const { d } = flow;
  const states = new Float64Array(kept.length * size);
  let next = 0;
  const onStep = (step: number, _t: number, z: Float64Array) => {
    if (step === kept[next]) states.set(z, next++ * size);
  };
  const { evaluations, accepted, rejected } = yield* integrating({ ...flow, ...batch, onStep });
  if (evaluations > paths.effort.evaluations) paths.effort = { evaluations, accepted, rejected };
  statistics.add(states, batch.n);
  drawn.forEach((path, i) => {
    const row = path - start;
    if (row < 0 || row >= batch.n) return;
    for (let k = 0; k < kept.length; k++) {
      const from = k * size + row * d;
      drawnPaths.set(states.subarray(from, from + d), (k * drawn.length + i) * d);
    }
  });
  return states;
}

/** The closed form from the drawn starts, for u held at its value at each path's end: kept x drawn x d. */
export function oracleOf(
  { flow, drawn, drawnPaths }: Pick<IntegratedPaths, 'flow' | 'drawn' | 'drawnPaths'>,
  times: Float64Array,
): Float64Array {
  const { d, dynamics, schedule, denoiser } = flow;
  const size = drawn.length * d;
  const end = times.at(-1)!;
  const { scale, logSnr } = dynamics.noiseLevel?.(end) ?? { scale: 1, logSnr: schedule.logSnr(end) };
  const unscaled = drawnPaths.slice(-size).map((value) => value / scale);
  const held = new Float64Array(size);
  denoiser.denoise(unscaled, drawn.length, d, end, logSnr, held);
  return oraclePath(dynamics, schedule, times, drawnPaths.slice(0, size), held);
}
