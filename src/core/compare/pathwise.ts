import { integrating, integratorOf, timed, type Integrator } from '../integrators';
import { InputError } from '../registry/problem';
import { Random } from '../math/random';
import { Brownian, divided } from './brownian';
import { byNorm, distances, rms, type Errors } from './norms';
import type { ReferenceProblem } from './referenceProblem';

/** Parts of a step on which its path is followed for comparison, and of all steps together, at least. */
const [PARTS, LEAST] = [16, 256];

/** Normal numbers that are kept at once, and the most that are where the paths cannot be carried some at a time. */
const [ROOM, MOST] = [2 ** 20, 2 ** 27];

/** What the finer path is followed by: strong order 1.5, weak order 2. */
export const FINE_METHOD = 'sra1';

/** The strong order of `FINER` as a factor: what two results with steps of 2 h and h differ by, over the error of the latter. */
const SHARE = 2 ** 1.5 - 1;

/** The errors of a stochastic method against a finer one that follows the same Brownian paths. */
export interface PathwiseResult {
  /** End states of the method, n x d. */
  readonly z: Float64Array;
  /** Root mean square of the finer end states. */
  readonly size: number;
  readonly errors: Errors;
  /** Standard errors of these by the choice of paths; NaN of the largest. */
  readonly sampling: Errors;
  /** The finer states' own error, estimated by states of twice its steps. */
  readonly floor: Errors;
  readonly evaluations: number;
  /** Of the method alone. */
  readonly milliseconds: number;
  /** Parts of a step. */
  readonly parts: number;
}

/** The end states of the finer paths, with twice their steps and with these, by the steps that they refine. */
export type FinePaths = Map<string, { readonly close: Float64Array; readonly closer: Float64Array }>;

/**
 * Follows a method, and SRA1 with many times its steps, along the same Brownian paths, some paths at a time. It yields
 * between these. Differences are taken path by path, which leaves little to chance. An InputError where paths must be
 * carried together and their noise does not fit in memory.
 */
export function* comparePathwise(
  { z0, n, d, dynamics, schedule, denoiser, noise = false, together, budget = 131072, seed = 0 }: ReferenceProblem,
  integrator: Integrator,
  times: Float64Array,
  now: () => number,
  known: FinePaths,
): Generator<void, PathwiseResult> {
  const flow = { dynamics, schedule, denoiser, noise };
  const steps = times.length - 1;
  // Two calls a part, and as many again for the estimate of its error.
  const wanted = Math.max(PARTS, 2 * Math.ceil(LEAST / 2 / steps));
  const parts = Math.max(2, Math.min(wanted, 2 * Math.floor(budget / (6 * steps))));
  if (together && 2 * steps * parts * n * d > MOST)
    throw new InputError(`${n} paths of ${steps} steps with their noise do not fit in memory: take fewer`);
  const fine = divided(flow, times, parts);
  const middle = fine.filter((_, k) => k % 2 === 0);
  const random = Random.stream(seed, 'noise');
  const finer = integratorOf(FINE_METHOD);
  const z = z0.slice();
  // Methods that take the same steps have the same finer paths.
  const key = times.join();
  const before = known.get(key);
  const { close, closer } = before ?? { close: z0.slice(), closer: z0.slice() };
  const some = together ? n : Math.max(1, Math.floor(ROOM / (2 * fine.length * d)));
  let [evaluations, milliseconds] = [0, 0];
  for (let first = 0; first < n; first += some) {
    const m = Math.min(some, n - first);
    const [from, to] = [first * d, (first + m) * d];
    const paths = new Brownian(fine, m * d, random);
    const run = (method: Integrator, at: Float64Array) => {
      const setup = { ...flow, integrator: method, times: at, n: m, d };
      return integrating({ ...setup, z0: z0.subarray(from, to), random: paths.draws(method, flow, at) });
    };
    const solution = yield* timed(run(integrator, times), now);
    milliseconds += solution.milliseconds;
    evaluations = solution.value.evaluations;
    z.set(solution.value.z, from);
    if (!before) {
      close.set((yield* run(finer, middle)).z, from);
      closer.set((yield* run(finer, fine)).z, from);
    }
    yield;
  }
  known.set(key, { close, closer });
  const apart = distances(close, closer, d);
  return {
    z,
    size: rms(closer),
    errors: distances(z, closer, d),
    sampling: byNorm((norm) => norm.standardError(z, closer, d)),
    floor: byNorm(({ id }) => (Number.isFinite(apart[id]) ? apart[id] / SHARE : Infinity)),
    evaluations,
    milliseconds,
    parts,
  };
}
