import { integrate, type Solution } from '../../core/integrators';
import { Random } from '../../core/math/random';
import { pathNoise } from '../../core/process/pathNoise';
import { startOf } from '../../core/process/starts';
import type { Examples } from '../data/examples';
import type { BoundModel, Model } from './model';
import type { PathSampler, Sampler } from '../../core/sampling/sampler';

/** What may be observed while states are carried. */
export interface SimulationHooks {
  /** Gets the states (of the examples from `first` on) at every time. The array is overwritten afterwards. */
  readonly onStep?: (step: number, states: Float64Array, first: number) => void;
  /** Gets how often u was called for each row, and the steps; once for each chunk of rows, which share their steps. */
  readonly onDone?: (evaluations: number, steps: Pick<Solution, 'accepted' | 'rejected'>) => void;
}

/** The most rows of a chunk, and of its features: enough to be fast, few enough to bound memory. */
const [CHUNK_ROWS, CHUNK_NUMBERS] = [4096, 2 ** 22];

/**
 * The starts z_0 of examples (n x m). Each is seeded by its example's own number, so it does not depend on the others.
 * An exact start needs the label. Where there is none, the start is N(0, I).
 */
export function startStates(
  model: Pick<Model, 'm' | 'targets'>,
  { start, seed, place }: Pick<PathSampler, 'start' | 'seed' | 'place'>,
  examples: Examples,
): Float64Array {
  const { m } = model;
  const z = new Float64Array(examples.n * m);
  const law = examples.labelled || start.id === 'zero' ? start : startOf('normal');
  const targets = model.targets(examples);
  examples.ids.forEach((id, i) => {
    const [from, to] = [i * m, (i + 1) * m];
    const random = Random.stream(seed, 'start', id);
    law.fill({ ...place, targets: targets.subarray(from, to), random }, z.subarray(from, to));
  });
  return z;
}

/**
 * Carries examples from z_0 to z_1 (n x m), or predicts them in one pass where the model does so. An InputError where
 * the method needs what the dynamics does not have.
 */
export function simulate(
  model: Model,
  sampler: Sampler,
  examples: Examples,
  hooks: SimulationHooks = {},
): Float64Array {
  const { m } = model;
  const { x, n, ids } = examples;
  const starts = sampler.direct ? new Float64Array(n * m) : startStates(model, sampler, examples);
  const ends = new Float64Array(n * m);
  const size = Math.min(CHUNK_ROWS, Math.ceil(CHUNK_NUMBERS / x.d));
  for (let first = 0; first < n; first += size) {
    const last = Math.min(n, first + size);
    const bound = model.bind(x.rows(first, last), last - first);
    const z0 = starts.subarray(first * m, last * m);
    const z1 = ends.subarray(first * m, last * m);
    try {
      if (sampler.direct) {
        bound.denoise(z0, last - first, m, sampler.times[0]!, Infinity, z1);
        hooks.onStep?.(0, z1, first);
      } else z1.set(carry(bound, sampler, { z0, m, first, ids: ids.subarray(first, last) }, hooks));
    } finally {
      bound.dispose();
    }
  }
  return ends;
}

/** Some of the examples: their starts, length of a state, first index and numbers. */
interface Chunk {
  readonly z0: Float64Array;
  readonly m: number;
  readonly first: number;
  readonly ids: Int32Array;
}

/** Carries a chunk from z_0 to z_1. */
function carry(
  denoiser: BoundModel,
  sampler: PathSampler,
  { z0, m, first, ids }: Chunk,
  { onStep, onDone }: SimulationHooks,
): Float64Array {
  const { z, evaluations, accepted, rejected } = integrate({
    ...sampler,
    denoiser,
    z0,
    n: ids.length,
    d: m,
    random: pathNoise(sampler.seed, ids, m),
    onStep: (step, _t, states) => onStep?.(step, states, first),
  });
  onDone?.(evaluations, { accepted, rejected });
  return z;
}
