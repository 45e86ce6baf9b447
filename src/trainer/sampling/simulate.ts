import { integrate, type Solution } from '../../core/integrators';
import { Random } from '../../core/math/random';
import { startOf } from '../../core/process/starts';
import type { Model } from './model';
import type { Examples } from '../data/examples';
import type { PathSampler, Sampler } from './sampler';

/** What may be watched while rows are carried. */
export interface SimulationHooks {
  /** Sees the states (of the rows from `first` on) at every time; the array is overwritten afterwards. */
  readonly onStep?: (step: number, states: Float64Array, first: number) => void;
  /** Told how often u was called for each row, and the steps that took; once for each lot of rows, which share their steps. */
  readonly onDone?: (evaluations: number, steps: Pick<Solution, 'accepted' | 'rejected'>) => void;
}

/** Rows that are integrated at once, and their features: enough to fill the kernels, little enough to bound memory. */
const [CHUNK, NUMBERS] = [4096, 2 ** 22];

/**
 * The start z_0 of rows (n x m), seeded by each row's own number, so that no row's depends on the others.
 * The exact start is for rows whose label is known; the rest start from N(0, I).
 */
export function startStates(
  model: Pick<Model, 'm' | 'targets'>,
  { start, seed, place }: Pick<PathSampler, 'start' | 'seed' | 'place'>,
  rows: Examples,
): Float64Array {
  const { m } = model;
  const z = new Float64Array(rows.n * m);
  const row = rows.labelled || start.id === 'zero' ? start : startOf('normal');
  const all = model.targets(rows);
  rows.ids.forEach((id, i) => {
    const [targets, z0] = [all, z].map((states) => states.subarray(i * m, (i + 1) * m)) as [Float64Array, Float64Array];
    row.fill({ ...place, targets, random: Random.stream(seed, 'start', id) }, z0);
  });
  return z;
}

/** Noise (n x d) from each row's own generator, so that no row's depends on the others. */
export function pathNoise(seed: number, ids: Int32Array, d: number): Pick<Random, 'normals'> {
  const generators = Array.from(ids, (id) => Random.stream(seed, 'noise', id));
  return {
    normals(out) {
      generators.forEach((random, i) => random.normals(out.subarray(i * d, (i + 1) * d)));
      return out;
    },
  };
}

/**
 * Carries rows from z_0 to z_1 (n x m), or has them answered at once where the model does so; an InputError where the method needs what the dynamics
 * does not have.
 */
export function simulate(
  model: Model,
  sampler: Sampler,
  rows: Examples,
  { onStep, onDone }: SimulationHooks = {},
): Float64Array {
  const { m: d } = model;
  const starts = sampler.direct ? new Float64Array(rows.n * d) : startStates(model, sampler, rows);
  const ends = new Float64Array(rows.n * d);
  const chunk = Math.min(CHUNK, Math.ceil(NUMBERS / rows.x.d));
  for (let first = 0; first < rows.n; first += chunk) {
    const last = Math.min(rows.n, first + chunk);
    const n = last - first;
    const bound = model.bind(rows.x.rows(first, last), n);
    const z0 = starts.subarray(first * d, last * d);
    try {
      if (sampler.direct) {
        const answers = ends.subarray(first * d, last * d);
        bound.denoise(z0, n, d, sampler.times[0]!, Infinity, answers);
        onStep?.(0, answers, first);
        continue;
      }
      const { z, evaluations, accepted, rejected } = integrate({
        ...sampler,
        denoiser: bound,
        z0,
        n,
        d,
        random: pathNoise(sampler.seed, rows.ids.subarray(first, last), d),
        onStep: (step, _t, states) => onStep?.(step, states, first),
      });
      ends.set(z, first * d);
      onDone?.(evaluations, { accepted, rejected });
    } finally {
      bound.dispose();
    }
  }
  return ends;
}
