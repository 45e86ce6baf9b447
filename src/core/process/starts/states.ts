import type { Law, PointSet } from '../../denoisers';
import { Random } from '../../math/random';
import { startOf } from '.';

/** n x d states. Clean states that are not given are drawn from a law, each coordinate independently. */
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

/** The index at which the sum of the weights passes a share of it. */
function weightedIndex(weights: ArrayLike<number>, share: number): number {
  let left = share;
  for (let k = 0; k < weights.length - 1; k++) {
    left -= weights[k]!;
    if (left < 0) return k;
  }
  return weights.length - 1;
}

/** Draws from a mixture of Gaussians on the line. */
export function sampleLaw({ weights, means, sds }: Law, count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => {
    const k = weightedIndex(weights, random.uniform());
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
    const share = random.uniform() * total;
    const i = weights ? weightedIndex(weights, share) : Math.floor(share);
    out.set(points.subarray(i * d, (i + 1) * d), k * d);
  }
  return out;
}
