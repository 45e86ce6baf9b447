import type { Law, PointSet } from '../denoisers';
import type { Dynamics } from '../dynamics';
import { rowOf } from '../registry/parameters';
import { marginal } from './marginals';
import { Random } from '../math/random';
import type { Schedule } from '../schedules';

/** What a start may use: the place where it begins and the clean states it should lead to. */
export interface StartPlace {
  /** gamma at the first time of the grid. */
  readonly logSnr: number;
  /** What the state is a multiple of, where the dynamics scales it (1). */
  readonly scale?: number | undefined;
  /** n x d clean states, one for every path. */
  readonly targets: Float64Array;
  readonly random: Random;
}

/** Where a start is: the log-SNR at a time of a schedule, unless the dynamics sees its states otherwise. */
export const noiseLevelAt = (
  { noiseLevel }: Dynamics,
  schedule: Schedule,
  t: number,
): Pick<StartPlace, 'logSnr' | 'scale'> => noiseLevel?.(t) ?? { logSnr: schedule.logSnr(t) };

/** Mean and variance of one coordinate. */
export interface StartMoments {
  readonly mean: number;
  readonly variance: number;
}

/** A row of the registry: one law of the states at the first time. */
export interface Start {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Writes n x d states. */
  fill(place: StartPlace, out: Float64Array): void;
  /** Mean and variance of a coordinate, where the clean states have these. */
  moments(place: Pick<StartPlace, 'logSnr' | 'scale'>, clean: StartMoments): StartMoments;
}

/** Every start, in the order the pickers show. */
export const starts: readonly Start[] = [
  {
    id: 'normal',
    title: 'Normal',
    summary: 'N(0, I), as when sampling: the labels are not known.',
    fill: ({ random }, out) => void random.normals(out),
    moments: () => ({ mean: 0, variance: 1 }),
  },
  {
    id: 'zero',
    title: 'Zero',
    summary: 'The origin, the mean of the noise.',
    fill: (_, out) => void out.fill(0),
    moments: () => ({ mean: 0, variance: 0 }),
  },
  {
    id: 'exact',
    title: 'Exact',
    summary: 'The law of z at the first time given its target: N(√ᾱ₀ z_T, 1−ᾱ₀).',
    fill({ logSnr, scale = 1, targets, random }, out) {
      const { signal, noise } = marginal(logSnr);
      for (let k = 0; k < out.length; k++) out[k] = scale * (signal * targets[k]! + noise * random.normal());
    },
    moments({ logSnr, scale = 1 }, { mean, variance }) {
      const { signal, noise } = marginal(logSnr);
      return { mean: scale * signal * mean, variance: scale * scale * (signal * signal * variance + noise * noise) };
    },
  },
];

export const startIds = starts.map((row) => row.id);

/** The start of this id; an InputError that lists the known ids where there is none. */
export const startOf = (id: string): Start => rowOf('start', starts, id);

/** n x d states; clean ones are drawn from a law (each coordinate by itself) where they are not given. */
export function startStates(
  id: string,
  { n, d, logSnr, scale, seed, law, targets }: StartRequest & { readonly law?: Law; readonly targets?: Float64Array },
): Float64Array {
  const clean = targets ?? (law ? sampleLaw(law, n * d, Random.stream(seed, 'targets')) : new Float64Array(n * d));
  const out = new Float64Array(n * d);
  startOf(id).fill({ logSnr, scale, targets: clean, random: Random.stream(seed, 'start') }, out);
  return out;
}

export interface StartRequest {
  readonly n: number;
  readonly d: number;
  readonly logSnr: number;
  readonly scale?: number | undefined;
  readonly seed: number;
}

/** Draws from a mixture of Gaussians on the line. */
export function sampleLaw({ weights, means, sds }: Law, count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => {
    let left = random.uniform();
    let k = 0;
    while (k < weights.length - 1 && (left -= weights[k]!) >= 0) k++;
    return means[k]! + sds[k]! * random.normal();
  });
}

/** Draws of a finite set by its weights: count x d. */
export function samplePoints({ points, d, logWeights }: PointSet, count: number, random: Random): Float64Array {
  const n = points.length / d;
  const out = new Float64Array(count * d);
  const weights = logWeights?.map(Math.exp);
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? n;
  for (let k = 0; k < count; k++) {
    let left = random.uniform() * total;
    let i = weights ? 0 : Math.floor(left);
    while (weights && i < n - 1 && (left -= weights[i]!) >= 0) i++;
    out.set(points.subarray(i * d, (i + 1) * d), k * d);
  }
  return out;
}
