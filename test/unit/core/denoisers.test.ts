import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantU, createDenoiser, denoisers, formulaDenoiser, gaussianU, mixtureU, oracle } from '../../../src/core/denoisers'; // prettier-ignore
import { defaults } from '../../../src/core/registry/parameters';
import { Random } from '../../../src/core/math/random';
import { sigmoid } from '../../../src/core/math/stable';
import { sampleLaw } from '../../../src/core/process/starts/states';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

/** The posterior mean of z_T by summing over a fine grid of its law: nothing in common with the closed forms. */
function byQuadrature(z: number, logSnr: number, weights: readonly number[], means: readonly number[], sd: number) {
  const a = sigmoid(logSnr);
  let [top, bottom] = [0, 0];
  for (let x = -6; x <= 6; x += 0.001) {
    const prior = weights.reduce((sum, w, k) => sum + w * Math.exp(-((x - means[k]!) ** 2) / (2 * sd * sd)), 0);
    const weight = prior * Math.exp(-((z - Math.sqrt(a) * x) ** 2) / (2 * (1 - a)));
    top += weight * x;
    bottom += weight;
  }
  return top / bottom;
}

const at = (denoiser: ReturnType<typeof constantU>, z: number, logSnr: number) => {
  const out = new Float64Array(1);
  denoiser.denoise(Float64Array.of(z), 1, 1, 0.5, logSnr, out);
  return out[0]!;
};

/** Those that are formulas; the rest are made from data. */
const formulas = denoisers.filter(({ needs }) => !needs).map(({ id }) => formulaDenoiser(id));

describe('denoisers', () => {
  it('the Gaussian and the mixture are the posterior means', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -4, max: 3, noNaN: true }), (z, g) => {
        close(at(gaussianU(0.3, 0.5), z, g), byQuadrature(z, g, [1], [0.3], 0.5), 1e-9, 'Gaussian');
        close(at(mixtureU(-1, 1, 0.4, 0.3), z, g), byQuadrature(z, g, [0.4, 0.6], [-1, 1], 0.3), 1e-9, 'mixture');
      }),
      { numRuns: 30 },
    );
  });

  it('nothing overflows far from the data or at the ends of time', () => {
    for (const { id } of formulas)
      for (const g of [-Infinity, -700, 0, 700, Infinity])
        for (const z of [-1e6, 0, 1e6]) assert.ok(Number.isFinite(at(createDenoiser(id), z, g)), `${id} ${g} ${z}`);
    close(at(createDenoiser('mixture'), 0.3, -Infinity), 0.2, 1e-15, 'the prior mean');
    close(at(createDenoiser('mixture'), 0.3, Infinity), 0.3, 1e-15, 'the state itself');
  });

  it('a batch is its rows', () => {
    const z = Float64Array.of(-1, 0.5, 2, 0.1, 0, -3);
    for (const { id } of formulas) {
      const [denoiser, out] = [createDenoiser(id), new Float64Array(6)];
      denoiser.denoise(z, 3, 2, 0.5, 0.7, out);
      z.forEach((value, i) => assert.equal(out[i], at(denoiser, value, 0.7)));
    }
    const out = new Float64Array(2);
    oracle(Float64Array.of(5, 6)).denoise(z, 2, 1, 0, 0, out);
    assert.deepEqual([...out], [5, 6]);
  });

  for (const row of formulas)
    it(`${row.id}: draws of its law have its mean under the denoiser`, () => {
      const n = 100_000;
      const law = row.law(defaults(row));
      const x = sampleLaw(law, n, Random.stream(3, 'targets'));
      close(law.weights.reduce((a, b) => a + b), 1, 1e-15, 'weights'); // prettier-ignore
      close(x.reduce((a, b) => a + b) / n, at(createDenoiser(row.id), 0, -700), 0.01, 'mean');
    });
});
