import { Random } from '../math/random';

/** Noise (n x d) from a generator of each path's own, so that it does not depend on the other paths. */
export function pathNoise(seed: number, ids: Int32Array, d: number): Pick<Random, 'normals'> {
  const generators = Array.from(ids, (id) => Random.stream(seed, 'noise', id));
  return {
    normals(out) {
      generators.forEach((random, i) => random.normals(out.subarray(i * d, (i + 1) * d)));
      return out;
    },
  };
}
