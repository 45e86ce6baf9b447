import assert from 'node:assert/strict';
import { createDenoiser, gaussianU } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { integrate, integratorOf, integrators } from '../../../src/core/integrators';
import { Random } from '../../../src/core/math/random';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const [m, q] = [0.5, 0.5];
const flow = {
  dynamics: createDynamics('noprop-forward'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: gaussianU(m, q),
  noise: true,
  d: 1,
};

/** Mean and variance of q(z_t) for data N(m, q^2). */
const law = (logSnr: number) => [Math.sqrt(sigmoid(logSnr)) * m, sigmoid(logSnr) * q * q + sigmoid(-logSnr)] as const;

/** A method's step is affine in the state and its draws: the factors, from runs of one step with one of them at 1. */
function affine(id: string, from: number, to: number) {
  const draws = id === 'sra1' ? 2 : 1;
  const step = (z0: number, which: number) => {
    let draw = 0;
    const normals = <T extends Float64Array | Float32Array>(out: T): T => {
      out.fill(draw++ === which ? 1 : 0);
      return out;
    };
    const run = { ...flow, integrator: integratorOf(id), times: Float64Array.of(from, to), z0: Float64Array.of(z0), n: 1, random: { normals } }; // prettier-ignore
    return integrate(run).z[0]!;
  };
  const source = step(0, -1);
  const noise = Array.from({ length: draws }, (_, k) => step(0, k) - source);
  return { keep: step(1, -1) - source, source, variance: noise.reduce((sum, value) => sum + value * value, 0) };
}

/** Mean and variance at the end, from the exact law at the start, without any sampling. */
function weak(id: string, steps: number) {
  let [mean, variance] = law(-6) as [number, number];
  for (let k = 0; k < steps; k++) {
    const step = affine(id, k / steps, (k + 1) / steps);
    mean = step.keep * mean + step.source;
    variance = step.keep ** 2 * variance + step.variance;
  }
  return { mean, variance };
}

describe('weak errors of stochastic methods, by the recursion of mean and variance', () => {
  const [mean, variance] = law(6);

  it('the exact law at t = 1', () => {
    close(mean, 0.4993814616, 5.001e-11, 'mean');
    close(variance, 0.2518544674, 5.001e-11, 'variance');
  });

  it('posterior-step: the mean is exact at every step count, the variance as published', () => {
    const expected = { 16: 0.1777555273, 32: 0.2103832321, 64: 0.229857072, 128: 0.2405181766 };
    for (const [steps, value] of Object.entries(expected)) {
      const found = weak('posterior-step', Number(steps));
      close(found.mean, mean, 1e-13, `${steps} steps, mean`);
      close(found.variance, value, 5.001e-11, `${steps} steps, variance`);
    }
  });

  it('euler-maruyama: mean and variance as published', () => {
    const expected = {
      16: [0.518084826, 0.2748638223],
      32: [0.508566437, 0.2622715046],
      64: [0.503934616, 0.2568337248],
      128: [0.50164848, 0.2542909304],
    };
    for (const [steps, [first, second]] of Object.entries(expected)) {
      const found = weak('euler-maruyama', Number(steps));
      close(found.mean, first!, 5.001e-10, `${steps} steps, mean`);
      close(found.variance, second!, 5.001e-11, `${steps} steps, variance`);
    }
  });

  for (const [id, order] of Object.entries({ 'posterior-step': 1, 'euler-maruyama': 1, sra1: 2 }))
    it(`${id}: weak order ${order}`, () => {
      const errors = [256, 512].map((steps) => Math.abs(weak(id, steps).variance - variance));
      close(Math.log2(errors[0]! / errors[1]!), order, 0.1, 'order');
    });
});

describe('strong orders of stochastic methods, by coupled paths', () => {
  const [FINE, PATHS] = [2048, 100];
  const random = Random.stream(11, 'noise');
  const { spread, logSnr } = { spread: (from: number, to: number) => Math.sqrt(-Math.expm1(from - to) * sigmoid(-to)), logSnr: (t: number) => -6 + 12 * t }; // prettier-ignore
  const { retain } = flow.dynamics.clock!;
  const h = 1 / FINE;
  /** Each fine step's two draws: what W gains, and what its integral over the step has beside. */
  const first = random.normals(new Float64Array(FINE * PATHS));
  const second = random.normals(new Float64Array(FINE * PATHS));
  const starts = random.normals(new Float64Array(PATHS));

  /** The draws of a method's coarse step, made of the fine ones, so that all methods follow the same Brownian paths. */
  function coarseDraws(id: string, steps: number) {
    const ratio = FINE / steps;
    let call = 0;
    return {
      normals<T extends Float64Array | Float32Array>(out: T): T {
        const k = id === 'sra1' ? call >> 1 : call;
        const other = id === 'sra1' && call++ % 2 === 1;
        if (id !== 'sra1') call++;
        const [from, to] = [k / steps, (k + 1) / steps];
        const [gained, area, exact] = [0, 0, 0].map(() => new Float64Array(PATHS)) as [Float64Array, Float64Array, Float64Array]; // prettier-ignore
        for (let j = k * ratio; j < (k + 1) * ratio; j++) {
          const [left, right] = [logSnr(j * h), logSnr((j + 1) * h)];
          const weight = retain(right, logSnr(to)) * spread(left, right);
          for (let path = 0; path < PATHS; path++) {
            const [x, y] = [first[j * PATHS + path]!, second[j * PATHS + path]!];
            area[path]! += h * gained[path]! + (h ** 1.5 / 2) * (x + y / Math.sqrt(3));
            gained[path]! += Math.sqrt(h) * x;
            exact[path]! += weight * x;
          }
        }
        const length = to - from;
        for (let path = 0; path < PATHS; path++) {
          const unit = gained[path]! / Math.sqrt(length);
          if (id === 'posterior-step') out[path] = exact[path]! / spread(logSnr(from), logSnr(to));
          else out[path] = other ? Math.sqrt(3) * ((2 * area[path]!) / length ** 1.5 - unit) : unit;
        }
        return out;
      },
    };
  }

  const end = (id: string, steps: number) =>
    integrate({
      ...flow,
      integrator: integratorOf(id),
      times: uniform(0, 1, steps + 1),
      z0: starts,
      n: PATHS,
      random: coarseDraws(id, steps),
    }).z;

  const truth = end('sra1', FINE);
  const order = (id: string) => {
    const errors = [16, 32, 64, 128].map((steps) => {
      const z = end(id, steps);
      return Math.sqrt(z.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / PATHS);
    });
    return Math.log2(errors[0]! / errors[3]!) / 3;
  };

  it('euler-maruyama: 1, as the noise is additive', () => close(order('euler-maruyama'), 1, 0.1));
  it('posterior-step: 1', () => close(order('posterior-step'), 1, 0.1));
  it('sra1: at least 1.4', () => assert.ok(order('sra1') >= 1.4, String(order('sra1'))));
});

describe('stochastic methods', () => {
  for (const { id, evaluations } of integrators.filter(({ kind }) => kind === 'sde'))
    it(`${id}: ${evaluations} calls of u a step, and finite states`, () => {
      const run = {
        ...flow,
        denoiser: createDenoiser('mixture'),
        integrator: integratorOf(id),
        times: uniform(0, 1, 21),
      };
      const { z, evaluations: calls } = integrate({ ...run, z0: new Float64Array(50), n: 50, random: Random.stream(1, 'noise') }); // prettier-ignore
      assert.equal(calls, 20 * evaluations);
      assert.ok(z.every(Number.isFinite));
    });
});
