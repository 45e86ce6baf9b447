import assert from 'node:assert/strict';
import { createDenoiser, constantU, gaussianU, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { integrate, integratorIds, integratorOf, integrators, refusal } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { InputError } from '../../../src/core/registry/problem';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

/** gamma = -6 + 12 t, the mixture of +-1 with weights .4/.6 and sd .3, 64 normal quantiles. */
const problem = (dynamics: string) => ({
  dynamics: createDynamics(dynamics),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  z0: normalQuantiles(64),
  n: 64,
  d: 1,
});

const finest = (dynamics: string) =>
  integrate({ ...problem(dynamics), integrator: integratorOf('dopri5'), times: uniform(0, 1, 4097) }).z;

const errorOf = (dynamics: string, id: string, steps: number, reference: Float64Array) => {
  const { z } = integrate({ ...problem(dynamics), integrator: integratorOf(id), times: uniform(0, 1, steps + 1) });
  return Math.sqrt(z.reduce((sum, value, i) => sum + (value - reference[i]!) ** 2, 0) / z.length);
};

/** Published RMS errors at 8, 32 and 128 steps. */
const EXPECTED: readonly (readonly [string, string, readonly number[]])[] = [
  ['probability-flow', 'euler', [4.185e-2, 8.978e-3, 2.147e-3]],
  ['probability-flow', 'heun', [1.141e-2, 1.135e-3, 7.853e-5]],
  ['probability-flow', 'midpoint', [1.254e-2, 1.113e-3, 7.687e-5]],
  ['probability-flow', 'bs23', [2.797e-3, 6.373e-5, 1.104e-6]],
  ['probability-flow', 'dopri5', [2.783e-4, 1.516e-7, 6.403e-11]],
  ['probability-flow', 'dpmpp-2m', [4.023e-2, 3.072e-3, 2.103e-4]],
  ['probability-flow', 'rk4', [1.337e-3, 7.497e-6, 3.127e-8]],
  ['probability-flow', 'exponential-1', [1.342e-1, 3.519e-2, 8.466e-3]],
  ['noprop-forward', 'exponential-1', [1.495e-1, 2.996e-2, 6.872e-3]],
];

describe('integrators', () => {
  it('the reference of the fixed problem', () => {
    const z = finest('probability-flow');
    const expected = { 0: -1.62886315, 31: 0.68007711, 32: 0.71262093, 63: 1.67147492 };
    for (const [i, value] of Object.entries(expected)) close(z[Number(i)]!, value, 5.001e-9, `z[${i}]`);
    const mean = finest('noprop-forward').reduce((sum, value) => sum + value, 0) / 64;
    close(mean, 0.894, 5e-4, 'the mode to which eq. 26 collapses without its noise');
  });

  for (const [dynamics, id, errors] of EXPECTED)
    it(`${id} on ${dynamics}: the RMS errors at 8, 32 and 128 steps within 1%`, () => {
      const reference = finest(dynamics);
      [8, 32, 128].forEach((steps, i) => {
        const error = errorOf(dynamics, id, steps, reference);
        close(error / errors[i]!, 1, 0.01, `${steps} steps`);
      });
    });

  for (const { id, evaluations, starting = 0 } of integrators.filter(({ kind }) => kind !== 'sde')) {
    it(`${id}: ${evaluations} calls of u a step, counted; the start is left alone; the path is saved`, () => {
      let calls = 0;
      const u = constantU(1);
      const denoiser: Denoiser = { ...u, denoise: (...args) => (calls++, u.denoise(...args)) };
      const z0 = Float64Array.of(-1.5, 0, 1, 2);
      const seen: number[] = [];
      const solution = integrate({
        ...problem('noprop-forward'),
        integrator: integratorOf(id),
        denoiser,
        z0,
        n: 2,
        d: 2,
        times: uniform(0, 1, 11),
        savePath: true,
        onStep: (step, t) => void seen.push(step, t),
      });
      assert.equal(calls, 10 * evaluations + starting);
      assert.equal(solution.evaluations, calls);
      assert.deepEqual([...z0], [-1.5, 0, 1, 2]);
      assert.equal(solution.path!.length, 11 * 4);
      assert.deepEqual([...solution.path!.subarray(0, 4)], [...z0]);
      assert.deepEqual([...solution.path!.subarray(40)], [...solution.z]);
      assert.deepEqual(seen.slice(0, 4), [0, 0, 1, 0.1]);
      assert.equal(seen.length, 22);
    });
  }

  it('exponential-1 may end at the limit t = 1, where gamma is infinite', () => {
    const run = { ...problem('noprop-forward'), schedule: createSchedule('linear-beta'), integrator: integratorOf('exponential-1') }; // prettier-ignore
    const { z } = integrate({ ...run, times: Float64Array.of(0, 0.5, 1), denoiser: constantU(0.25) });
    for (const value of z) assert.equal(value, 0.25);
  });

  it('Gaussian data keep their closed-form spread', () => {
    const [mean, sd, from, to] = [0.4, 0.6, -4, 4];
    const schedule = createSchedule('linear-gamma', { gammaMin: from, gammaMax: to });
    const [a0, a1] = [sigmoid(from), sigmoid(to)];
    const [v0, v1] = [a0 * sd ** 2 + 1 - a0, a1 * sd ** 2 + 1 - a1];
    const ratios = { 'probability-flow': Math.sqrt(v1 / v0), 'noprop-forward': (v1 / v0) * Math.sqrt(a0 / a1) };
    for (const [id, ratio] of Object.entries(ratios)) {
      const run = { ...problem(id), schedule, denoiser: gaussianU(mean, sd), integrator: integratorOf('rk4') };
      const { z } = integrate({ ...run, times: uniform(0, 1, 2001) });
      run.z0.forEach((z0, i) =>
        close(z[i]! - Math.sqrt(a1) * mean, ratio * (z0 - Math.sqrt(a0) * mean), 1e-10, `${id} ${i}`),
      );
    }
  });

  it('what a method lacks is refused with the reason, the rest run', () => {
    const blocks: Denoiser = { ...createDenoiser('mixture'), times: 'blocks' };
    const flow = { dynamics: createDynamics('near-end'), denoiser: blocks };
    assert.equal(refusal(integratorOf('euler'), flow), undefined);
    assert.equal(refusal(integratorOf('exponential-1'), flow), undefined);
    const reason = 'calls u away from the start of a step, and this u exists at its block times only';
    assert.equal(refusal(integratorOf('rk4'), flow), `rk4 ${reason}`);
    const run = { ...problem('near-end'), denoiser: blocks, times: uniform(0, 1, 3) };
    assert.throws(() => integrate({ ...run, integrator: integratorOf('heun') }), new InputError(`heun ${reason}`));
    assert.throws(
      () => integrate({ ...run, dynamics: createDynamics('residual'), integrator: integratorOf('exponential-1') }),
      new InputError('exponential-1 needs an integrating factor and a clock, and the dynamics residual has none'),
    );
  });

  it('a batch of the wrong size and an unknown method are refused', () => {
    const run = { ...problem('near-end'), integrator: integratorOf('euler'), times: uniform(0, 1, 3) };
    assert.throws(() => integrate({ ...run, n: 63 }), /z0 holds 64 numbers where 63 x 1 are needed/);
    assert.throws(
      () => integratorOf('x'),
      new InputError(`unknown integrator "x": choose one of ${integratorIds.join(', ')}`),
    );
  });

  it('where the rates are infinite a method that follows slopes is refused, and an exponential one is not', () => {
    const schedule = createSchedule('laplace');
    const run = { ...problem('noprop-forward'), schedule, times: Float64Array.of(5e-324, 0.5, 0.9) };
    for (const { id, kind } of integrators) {
      if (kind === 'sde') continue;
      const made = () => integrate({ ...run, integrator: integratorOf(id) }).z;
      if (kind === 'explicit' && id !== 'time-midpoint')
        assert.throws(
          made,
          /^InputError: \S+ needs a slope at t = .*, where the rates of noprop-forward are infinite/,
          id,
        );
      else assert.ok(made().every(Number.isFinite), id);
    }
  });
});
