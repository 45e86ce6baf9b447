import type { Denoiser } from '../core/denoisers';
import { sigmoid } from '../core/stable';
import type { Rows } from './data';
import type { Network } from './network';
import type { Sampler } from './sampler';
import { stream } from './seeds';

/** What may be watched while rows are carried. */
export interface Hooks {
  /** Sees the states (of the rows from `first` on) at every time; the array is overwritten afterwards. */
  readonly visit?: (step: number, states: Float64Array, first: number) => void;
  /** Told how often u was called for each row. */
  readonly onDone?: (evaluations: number) => void;
}

/** Rows that are integrated at once: enough to fill the kernels, little enough to bound memory. */
const CHUNK = 4096;

/** The start z_0 of rows (n x m), seeded by each row's own number, so that no row's depends on the others. */
export function startStates({ start, seed }: Sampler, ids: Int32Array, outputs: number): Float64Array {
  const z = new Float64Array(ids.length * outputs);
  if (start === 'normal')
    ids.forEach((id, i) => stream(seed, 'start', id).normals(z.subarray(i * outputs, (i + 1) * outputs)));
  return z;
}

/** Carries rows from z_0 to z_1 (n x m). */
export function simulate(
  network: Network,
  sampler: Sampler,
  rows: Pick<Rows, 'x' | 'ids' | 'n'>,
  { visit, onDone }: Hooks = {},
): Float64Array {
  const { outputs, features } = network.shape;
  const ends = new Float64Array(rows.n * outputs);
  for (let first = 0; first < rows.n; first += CHUNK) {
    const last = Math.min(rows.n, first + CHUNK);
    const bound = network.bind(rows.x.subarray(first * features, last * features), last - first);
    try {
      const z = startStates(sampler, rows.ids.subarray(first, last), outputs);
      const evaluations = euler(sampler, bound, z, last - first, outputs, (step) => visit?.(step, z, first));
      onDone?.(evaluations); // not inside the call: an optional call without its function skips its arguments too
      ends.set(z, first * outputs);
    } finally {
      bound.dispose();
    }
  }
  return ends;
}

/** Explicit Euler on eq. 27, in place; answers the calls of u. */
function euler(
  { schedule, times }: Sampler,
  denoiser: Denoiser,
  z: Float64Array,
  n: number,
  m: number,
  visit: (step: number) => void,
): number {
  const u = new Float64Array(z.length);
  visit(0);
  for (let k = 0; k + 1 < times.length; k++) {
    const t = times[k]!;
    const logSnr = schedule.logSnr(t);
    denoiser.denoise(z, n, m, t, logSnr, u);
    const rate = (times[k + 1]! - t) * schedule.logSnrRate(t);
    const share = sigmoid(logSnr);
    const [pull, decay] = [rate * Math.sqrt(share), (rate * (1 + share)) / 2];
    for (let i = 0; i < z.length; i++) z[i] = z[i]! + pull * u[i]! - decay * z[i]!;
    visit(k + 1);
  }
  return times.length - 1;
}
