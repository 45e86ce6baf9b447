import type { DataEntry } from '../datasets/entry';
import type { DenoiserEntry } from '../denoisers/entry';
import { normalQuantiles } from '../math/normal';
import { rowOf } from '../registry/parameters';
import { newEntry } from '../schedules/entry';
import type { ScheduleEntry } from '../schedules/entrySchema';

/** The parts of an experiment that a benchmark replaces. */
interface BenchmarkParts {
  readonly schedules?: readonly ScheduleEntry[];
  readonly window?: { readonly logSnr: number };
  readonly denoiser?: DenoiserEntry;
  readonly data?: DataEntry;
  readonly start?: string;
}

/** A problem whose results are known, in place of an experiment's own: schedule, window, u, data and start. */
export interface Benchmark {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly parts: BenchmarkParts;
  /** The starts of n paths, where they are not drawn. */
  readonly starts?: (n: number) => Float64Array;
}

/** gamma = -6 + 12 t. */
const schedules = [{ ...newEntry('linear-gamma'), params: { gammaMin: -6, gammaMax: 6 } }];
const window = { logSnr: 15 };

/** Every problem that can be compared on, in the order the pickers show. */
export const benchmarks: readonly Benchmark[] = [
  {
    id: 'experiment',
    title: 'This experiment’s u',
    summary: 'The experiment’s own schedule, window, u in closed form and start.',
    source: 'The experiment',
    parts: {},
  },
  {
    id: 'mixture',
    title: 'Fixed mixture',
    summary:
      'γ = −6 + 12 t, means ±1, weights .4 and .6, sd .3, and normal quantiles for starts: nothing is drawn by chance.',
    source: 'The problem of the integrators’ published errors',
    parts: {
      schedules,
      window,
      denoiser: { id: 'mixture', params: { mean1: -1, mean2: 1, weight: 0.4, sd: 0.3 } },
      start: 'normal',
    },
    starts: normalQuantiles,
  },
  {
    id: 'gaussian',
    title: 'Gaussian data',
    summary: 'γ = −6 + 12 t, data N(.5, .25), from the exact law at t = 0: every end is known in closed form.',
    source: 'Conjugate Gaussian posterior',
    parts: { schedules, window, denoiser: { id: 'gaussian', params: { mean: 0.5, sd: 0.5 } }, start: 'exact' },
  },
  {
    id: 'moons-labels',
    title: 'Labels of two moons, ideal denoiser',
    summary: 'γ = −6 + 12 t, the clean states being the two one-hot labels: a perfect network that is blind to x.',
    source: 'Posterior of a finite set, by Bayes',
    parts: {
      schedules,
      window,
      denoiser: { id: 'ideal-labels', params: {} },
      data: { id: 'two-moons', params: { n: 1000, noise: 0.1 }, testShare: 0.2 },
      start: 'normal',
    },
  },
];

/** The problem of this id; an InputError that lists the known ids where there is none. */
export const benchmarkOf = (id: string): Benchmark => rowOf('problem', benchmarks, id);
