import assert from 'node:assert/strict';
import { compare, findReference, gridChoice, type ReferenceProblem } from '../../../src/core/compare';
import { createDenoiser, dataSetU, gaussianU, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { integrate, integratorOf } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const problem: ReferenceProblem = {
  dynamics: createDynamics('probability-flow'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  window: { start: 0, end: 1 },
  z0: normalQuantiles(64),
  n: 64,
  d: 1,
};

const find = (one: ReferenceProblem) => {
  const pieces = findReference(one);
  let next = pieces.next();
  while (!next.done) next = pieces.next();
  return next.value;
};

describe('reference', () => {
  it('the closed form of Gaussian data is what steps come to, for every member of the family', () => {
    for (const [id, params] of [
      ['probability-flow', {}],
      ['noprop-forward', {}],
      ['lambda-family', { lambda: 0.6 }],
      ['lambda-family', { lambda: 2 }],
    ] as const) {
      // prettier-ignore
      const one = { ...problem, denoiser: gaussianU(0.5, 0.5), dynamics: createDynamics(id, params) };
      const reference = find(one);
      assert.equal(reference.source, 'the closed form for Gaussian data');
      const steps = integrate({ ...one, integrator: integratorOf('dopri5'), times: uniform(0, 1, 2001) });
      steps.z.forEach((z, i) => close(z, reference.z[i]!, 2e-12, `${id} ${i}`));
    }
    // Flow matching, from within its window and to its very end, where its rates are infinite.
    for (const window of [{ start: 0.1, end: 0.9 }, problem.window]) {
      const one = { ...problem, window, denoiser: gaussianU(0.5, 0.5), dynamics: createDynamics('flow-matching') };
      const reference = find(one);
      assert.equal(reference.source, 'the closed form for Gaussian data');
      const times = uniform(1, 0, 4001).map((left) => window.end - (window.end - window.start) * left ** 3);
      const steps = integrate({ ...one, integrator: integratorOf('dopri5'), times });
      steps.z.forEach((z, i) => close(z, reference.z[i]!, 1e-9, `flow-matching ${i}`));
    }
    const near = find({ ...problem, denoiser: gaussianU(0.5, 0.5), dynamics: createDynamics('near-end') });
    assert.match(near.source, /^Dormand-Prince/, 'no formula there');
  });

  it('a stiff dynamics is no reason to give up: the first runs overflow, the later ones settle', () => {
    // Once a point is chosen u is constant, and the rate of decay goes up to exp(12).
    const reference = find({
      ...problem,
      schedule: createSchedule('linear-gamma', { gammaMin: -12, gammaMax: 12 }),
      dynamics: createDynamics('community-original'),
      denoiser: dataSetU({ points: Float64Array.of(-1, 1), d: 1 }),
    });
    assert.ok(reference.error < 1e-12, String(reference.error));
    reference.z.forEach((z, i) => close(z, i < 32 ? -1 : 1, 1e-4, `path ${i}`));
  });

  it('where u is rounded, the reference says that more steps do not help, and how far off it is', () => {
    const exact = createDenoiser('mixture');
    const rounded: Denoiser = { ...exact, denoise: (z, n, d, t, logSnr, out) => (exact.denoise(z, n, d, t, logSnr, out), out.set(out.map(Math.fround))) }; // prettier-ignore
    const reference = find({ ...problem, denoiser: rounded, budget: 20_000 });
    assert.match(reference.source, /where halving them no longer helps$/);
    const truth = find(problem).z;
    const actual = Math.sqrt(truth.reduce((sum, z, i) => sum + (z - reference.z[i]!) ** 2, 0) / 64);
    assert.ok(reference.error > actual / 3 && reference.error < 1e-6, `${reference.error} for ${actual}`);
  });

  describe('where u has kinks, as a network of rectifiers has', () => {
    /** The posterior mean of two points as a rectified line: every method is of order 2 across its corners. */
    const kinked: Denoiser = {
      times: 'all',
      denoise(z, n, d, t, _, out) {
        for (let i = 0; i < n * d; i++) out[i] = Math.max(-1, Math.min(1, 3 * z[i]! + 0.4 - t));
      },
    };
    const one = { ...problem, denoiser: kinked };
    const rmsTo = (z: Float64Array, exact: Float64Array) =>
      Math.sqrt(z.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0) / z.length);
    const truth = integrate({ ...one, integrator: integratorOf('dopri5'), times: uniform(0, 1, 30_001) }).z;

    it('its error is judged by how fast it falls, not by the order of the method', () => {
      for (const budget of [1500, 6000, 24_000]) {
        const reference = find({ ...one, budget });
        const actual = rmsTo(reference.z, truth);
        assert.ok(reference.error > actual / 2 && reference.error < 6 * actual, `${reference.error} for ${actual}`);
      }
    });

    it('is refined until it is 100 times as exact as what is compared, as far as its reserve goes', () => {
      const run = (reserve: number) => {
        const task = { ...one, budget: 1500, reserve, grids: [gridChoice({ id: 'uniform-t', params: {} })], integrators: [integratorOf('rk4'), integratorOf('dopri5')], steps: [32, 128] }; // prettier-ignore
        const pieces = compare(task, () => 0);
        const shares: number[] = [];
        let next = pieces.next();
        for (; !next.done; next = pieces.next()) shares.push(next.value.done / next.value.total);
        return { ...next.value, shares };
      };
      const [rough, fine] = [run(0), run(400_000)];
      // With as many steps as the reference, on the same times, a method only seems to be exact.
      const seeming = rough.rows.find(({ integrator, steps }) => integrator === 'dopri5' && steps === 128)!;
      assert.ok(seeming.nearFloor && seeming.error < 1e-12, String(seeming.error));
      assert.ok(fine.rows.every(({ nearFloor }) => !nearFloor));
      for (const row of fine.rows) {
        assert.ok(row.error > 100 * fine.reference.error);
        const { z } = integrate({ ...one, integrator: integratorOf(row.integrator), times: uniform(0, 1, row.steps + 1) }); // prettier-ignore
        close(row.error / rmsTo(z, truth), 1, 0.03, `${row.integrator} ${row.steps}`);
      }
      assert.equal(fine.shares.at(-1), 1, 'all is done at the end');
    });
  });
});
