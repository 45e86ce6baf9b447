import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDenoiser, formulaDenoiser, gaussianU } from '../../../src/core/denoisers';
import { createDynamics, dynamics } from '../../../src/core/dynamics';
import { integrate, integratorOf } from '../../../src/core/integrators';
import { gaussianMoments, trueMoments } from '../../../src/core/process/moments';
import { normalQuantiles } from '../../../src/core/math/normal';
import { defaults } from '../../../src/core/registry/parameters';
import { integral } from '../../../src/core/math/quadrature';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';
import { windowOf } from '../../../src/core/schedules/window';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const schedule = createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 });
const times = uniform(0, 1, 9);
const point = { weights: [1], means: [0.4], sds: [0.6] };

describe('integrals', () => {
  it('are exact to rounding, for functions that change sign or rise steeply, and as limits at a pole', () => {
    close(integral(Math.sin, 0, 2 * Math.PI), 0, 1e-14);
    close(integral(Math.exp, -5, 15) / (Math.exp(15) - Math.exp(-5)), 1, 1e-13);
    close(
      integral((t) => 1 / (1 + 1e4 * t * t), -1, 1),
      (2 * Math.atan(100)) / 100,
      1e-14,
    );
    close(
      integral((t) => 1 / Math.sqrt(t), 0, 1),
      2,
      1e-6,
    );
    close(
      integral(() => 0, 0, 1),
      0,
      0,
    );
    close(
      integral((t) => t, 3, 3),
      0,
      0,
    );
  });
});

describe('mean and variance over time', () => {
  for (const id of ['linear-gamma', 'cosine', 'linear-beta'])
    it(`eq. 26 without its noise, on ${id}: the mean is kept, and the variance is the true one times a ratio`, () => {
      fc.assert(
        fc.property(number(-2, 2), number(0, 2), number(3, 12), (mean, sd, limit) => {
          const own = createSchedule(id);
          const window = windowOf(own, limit)!;
          const grid = uniform(window.start, window.end, 7);
          const driven = { dynamics: createDynamics('noprop-forward'), schedule: own };
          const truth = trueMoments(driven, { weights: [1], means: [mean], sds: [sd] }, grid);
          const start = { mean: truth.mean[0]!, variance: truth.variance[0]! };
          const found = gaussianMoments(driven, { mean, sd }, start, grid);
          const share = (t: number) => sd * sd + Math.exp(-own.logSnr(t));
          grid.forEach((t, k) => {
            const expected = (truth.variance[k]! * share(t)) / share(grid[0]!);
            close(found.variance[k]! / expected, 1, 1e-10, `variance at ${t}`);
            close(found.mean[k]!, truth.mean[k]!, 1e-11, `mean at ${t}`);
          });
        }),
        { numRuns: 15 },
      );
    });

  it('the probability flow keeps the true mean and variance, and so does every SDE of the family', () => {
    const kept = (driven: Parameters<typeof gaussianMoments>[0]) => {
      const truth = trueMoments(driven, point, times);
      const start = { mean: truth.mean[0]!, variance: truth.variance[0]! };
      const found = gaussianMoments(driven, { mean: 0.4, sd: 0.6 }, start, times);
      times.forEach((t, k) => {
        close(found.mean[k]!, truth.mean[k]!, 1e-11, `mean at ${t}`);
        close(found.variance[k]!, truth.variance[k]!, 1e-11, `variance at ${t}`);
      });
    };
    kept({ dynamics: createDynamics('probability-flow'), schedule });
    kept({ dynamics: createDynamics('noprop-forward'), schedule, noise: true });
    for (const lambda of [0, 0.5, 1, 1.5, 2])
      kept({ dynamics: createDynamics('lambda-family', { lambda }), schedule, noise: true });
    kept({ dynamics: createDynamics('flow-matching'), schedule });
  });

  it('the probability flow from another start: deviations grow as the true spread', () => {
    const driven = { dynamics: createDynamics('probability-flow'), schedule };
    const truth = trueMoments(driven, point, times);
    const found = gaussianMoments(driven, { mean: 0.4, sd: 0.6 }, { mean: -1.5, variance: 0.3 }, times);
    times.forEach((t, k) => {
      const growth = Math.sqrt(truth.variance[k]! / truth.variance[0]!);
      close(found.mean[k]! - truth.mean[k]!, growth * (-1.5 - truth.mean[0]!), 1e-11, `mean at ${t}`);
      close(found.variance[k]!, growth ** 2 * 0.3, 1e-11, `variance at ${t}`);
    });
  });

  for (const row of dynamics)
    it(`${row.id}: as by integrating two states finely, whose middle and distance they are`, () => {
      for (const sd of [0, 0.05, 0.6, 1.7]) {
        const one = row.create(defaults(row));
        const base = { dynamics: one, schedule, denoiser: gaussianU(0.4, sd), integrator: integratorOf('rk4') };
        // Short of t = 1, where RK4 meets the pole of flow matching.
        const grid = uniform(0, 0.9, 5);
        const found = gaussianMoments({ dynamics: one, schedule }, { mean: 0.4, sd }, { mean: -1, variance: 4 }, grid);
        const run = integrate({ ...base, times: uniform(0, 0.9, 8001), z0: Float64Array.of(-3, 1), n: 2, d: 1, savePath: true }); // prettier-ignore
        grid.forEach((t, k) => {
          const [low, high] = run.path!.subarray(4000 * k, 4000 * k + 2) as unknown as [number, number];
          close(found.mean[k]!, (low + high) / 2, 1e-9, `mean at ${t}, sd ${sd}`);
          close(found.variance[k]!, (high - low) ** 2 / 4, 1e-9, `variance at ${t}, sd ${sd}`);
        });
      }
    });

  it('ends at the data where the data are one point, for flow matching at t = 1 itself', () => {
    const driven = { dynamics: createDynamics('flow-matching'), schedule };
    const { mean, variance } = gaussianMoments(driven, { mean: 0.4, sd: 0 }, { mean: 0, variance: 1 }, times);
    assert.deepEqual([mean[8], variance[8]], [0.4, 0]);
    const noisy = { dynamics: createDynamics('noprop-forward'), schedule, noise: true };
    const found = gaussianMoments(noisy, { mean: 0.4, sd: 0 }, { mean: 0.4 * Math.sqrt(sigmoid(-6)), variance: sigmoid(6) }, times); // prettier-ignore
    times.forEach((t, k) => close(found.variance[k]!, sigmoid(-schedule.logSnr(t)), 1e-15, `variance at ${t}`));
  });

  it('a tiny spread of the data and a wide window are no trouble', () => {
    const wide = createSchedule('linear-gamma', { gammaMin: -300, gammaMax: 300 });
    for (const id of ['probability-flow', 'near-end', 'community-original']) {
      const own = id === 'community-original' ? createSchedule('linear-gamma', { gammaMin: -15, gammaMax: 15 }) : wide;
      const driven = { dynamics: createDynamics(id), schedule: own };
      const { mean, variance } = gaussianMoments(driven, { mean: 2, sd: 1e-3 }, { mean: 0, variance: 1 }, times);
      assert.ok([...mean, ...variance].every(Number.isFinite), id);
      close(mean[8]!, 2, 1e-2, id);
    }
  });

  it('on a mixture eq. 26 without its noise collapses to a mode, and the probability flow does not', () => {
    const family = formulaDenoiser('mixture');
    const data = family.law(defaults(family));
    const end = (id: string) => {
      const run = { dynamics: createDynamics(id), schedule, denoiser: createDenoiser('mixture'), z0: normalQuantiles(64), n: 64, d: 1 }; // prettier-ignore
      const { z } = integrate({ ...run, integrator: integratorOf('rk4'), times: uniform(0, 1, 2049) });
      return { mean: z.reduce((sum, value) => sum + value, 0) / 64, right: z.filter((value) => value > 0).length / 64 };
    };
    const truth = trueMoments({ dynamics: createDynamics('noprop-forward'), schedule }, data, Float64Array.of(1));
    close(truth.mean[0]!, 0.1998, 5e-5, 'the true mean');
    close(truth.variance[0]!, sigmoid(6) * (0.96 + 0.09) + sigmoid(-6), 1e-15, 'the true variance');
    close(end('noprop-forward').mean, 0.894, 5e-4, 'eq. 26');
    assert.ok(end('noprop-forward').right > 0.9);
    close(end('probability-flow').mean, truth.mean[0]!, 0.03, 'probability flow');
  });
});
