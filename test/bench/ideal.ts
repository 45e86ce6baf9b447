import { dataSetU } from '../../src/core/denoisers';
import { Random } from '../../src/core/math/random';

/** Prints the time that the ideal denoiser of a data set takes, by its number of points and their dimension. */
export function run(): Promise<void> {
  for (const [points, d, paths, calls] of [
    [2000, 2, 64, 200],
    [1437, 64, 64, 200],
  ] as const) {
    const random = Random.stream(1, 'data');
    const u = dataSetU({ points: random.normals(new Float64Array(points * d)), d });
    const z = random.normals(new Float64Array(paths * d));
    const out = new Float64Array(z.length);
    const start = performance.now();
    for (let k = 0; k < calls; k++) u.denoise(z, paths, d, 0, -8 + (16 * k) / calls, out);
    const took = performance.now() - start;
    const each = (1e6 * took) / (points * paths * calls);
    console.log(
      `  ${points} points of ${d}, ${paths} paths, ${calls} calls: ${took.toFixed(0)} ms, ${each.toFixed(1)} ns a pair`,
    );
  }
  return Promise.resolve();
}
