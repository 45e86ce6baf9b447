import assert from 'node:assert/strict';
import { constantU, createDenoiser, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import {
  integrate,
  integrateAdaptive,
  integratorOf,
  integrators,
  pairOf,
  solve,
  type Ode,
} from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { InputError } from '../../../src/core/registry/problem';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

/** The methods that choose their own steps. */
const adaptive = integrators.flatMap((integrator) => {
  const pair = pairOf(integrator);
  return pair ? [{ id: integrator.id, integrator, pair }] : [];
});
const pairById = (id: string) => pairOf(integratorOf(id))!;

/** An ODE that counts its calls. */
function counted(size: number, slope: (t: number, y: Float64Array) => readonly number[]) {
  const ode = {
    size,
    calls: 0,
    slope(t: number, y: Float64Array, out: Float64Array) {
      ode.calls++;
      out.set(slope(t, y));
    },
  };
  return ode satisfies Ode;
}

describe('adaptive methods', () => {
  const classical = () => counted(2, (t, [a, b]) => [b! / t, (b! * (a! + 2 * b! - 1)) / (t * (a! - 1))]);
  const exact = (t: number) => [t / (t + 10), (10 * t) / (t + 10) ** 2];
  const scaled = (z: Float64Array, t: number) =>
    Math.sqrt(exact(t).reduce((sum, y, i) => sum + ((z[i]! - y) / (1e-6 + 1e-3 * y)) ** 2, 0) / 2);
  const start = () => Float64Array.of(1 / 3, 2 / 9);

  for (const [id, calls] of Object.entries({ dopri5: 20, bs23: 14, tsit5: 20 }))
    it(`${id}: the classical rational test from 5 to 9, in about ${calls} evaluations`, () => {
      const [ode, z] = [classical(), start()];
      const pair = pairById(id);
      const { accepted, rejected, failure } = solve({ ode, pair, from: 5, to: 9, z, rtol: 1e-3, atol: 1e-6 });
      assert.equal(failure, '');
      assert.ok(scaled(z, 9) < 5, `scaled error ${scaled(z, 9)}`);
      assert.ok(ode.calls <= 1.5 * calls && ode.calls >= calls / 1.5, `${ode.calls} evaluations`);
      // One for the first slope, one for the first step's size, and the rest once a step, the shared slope reused.
      assert.equal(ode.calls, 2 + (accepted + rejected) * (pair.b.length - 1));
    });

  for (const { id, pair } of adaptive) {
    it(`${id}: the states between its steps are as good as those at their ends`, () => {
      const [ode, z] = [classical(), start()];
      const times = uniform(5, 9, 41).subarray(1);
      const seen: number[] = [];
      const at = {
        times,
        visit: (k: number, states: Float64Array) => {
          seen.push(k);
          assert.ok(scaled(states, times[k]!) < 5, `t = ${times[k]}`);
        },
      };
      solve({ ode, pair, from: 5, to: 9, z, rtol: 1e-3, atol: 1e-6, at });
      assert.deepEqual(seen, [...times.keys()]);
    });

    it(`${id}: a step that is rejected costs its stages but its first slope again, and what follows is right`, () => {
      // A kink at t = 1 that a step of any size but a small one misses.
      const ode = counted(1, (t) => [t < 1 ? 0 : 50 * (t - 1)]);
      const z = Float64Array.of(1);
      const run = { ode, pair, from: 0, to: 2, z, rtol: 1e-8, atol: 1e-8, firstStep: 1.3 };
      const { accepted, rejected } = solve(run);
      assert.ok(rejected > 2, `${rejected} rejected`);
      assert.equal(ode.calls, 1 + (accepted + rejected) * (pair.b.length - 1));
      close(z[0]!, 26, 1e-6);
    });

    it(`${id}: what cannot be solved says where it stopped`, () => {
      const solveAll = (slope: (t: number, y: Float64Array) => number[], maxSteps?: number) =>
        solve({ ode: counted(1, slope), pair, from: 0, to: 2, z: Float64Array.of(1), rtol: 1e-6, atol: 1e-6, maxSteps }); // prettier-ignore
      // 1 / (1 - t) has a pole at t = 1.
      const pole = solveAll((_, [y]) => [y! * y!]);
      assert.match(pole.failure, /^the steps became too small at t = (1|0\.99)|steps were not enough/);
      close(pole.t, 1, 1e-3);
      assert.match(solveAll((_, [y]) => [-y!], 3).failure, /^3 steps were not enough: t = 0\.\d+ was reached$/);
      assert.match(solveAll(() => [NaN]).failure, /^the steps became too small at t = 0$/);
      assert.equal(solveAll(() => [0]).failure, '');
    });
  }

  it('a batch shares its steps, and its error is the mean square over all of it', () => {
    // The second state is quiet; doubled, the batch takes the same steps, as its mean square is the same.
    const at = (copies: number) => {
      const slope = (t: number, y: Float64Array) => Array.from(y, (value, i) => (i % 2 ? -value : -20 * value * t));
      const [ode, z] = [counted(2 * copies, slope), new Float64Array(2 * copies).fill(1)];
      const pair = pairById('dopri5');
      return solve({ ode, pair, from: 0, to: 3, z, rtol: 1e-5, atol: 1e-5 });
    };
    assert.deepEqual(at(1), at(50));
  });
});

describe('adaptive integration of flows', () => {
  const problem = (dynamics: string, denoiser: Denoiser = createDenoiser('mixture')) => ({
    dynamics: createDynamics(dynamics),
    schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
    denoiser,
    z0: normalQuantiles(64),
    n: 64,
    d: 1,
  });

  for (const { integrator } of adaptive)
    it(`${integrator.id}: evaluations are the calls of u, rejected steps included; the path is dense`, () => {
      let calls = 0;
      const u = createDenoiser('mixture');
      const counting: Denoiser = { ...u, denoise: (...args) => (calls++, u.denoise(...args)) };
      const run = { ...problem('probability-flow', counting), integrator, rtol: 1e-6, atol: 1e-6 };
      const times = uniform(0, 1, 101);
      const found = integrateAdaptive({ ...run, times, savePath: true });
      assert.equal(found.evaluations, calls);
      assert.ok(found.rejected > 0 || integrator.id === 'bs23');
      assert.equal(found.failure, '');
      assert.deepEqual([...found.path!.subarray(0, 64)], [...run.z0]);
      assert.deepEqual([...found.path!.subarray(6400)], [...found.z]);
      const fine = integrate({ ...run, integrator: integratorOf('rk4'), times: uniform(0, 1, 1001), savePath: true });
      for (let k = 0; k <= 100; k++)
        for (let i = 0; i < 64; i++)
          close(found.path![k * 64 + i]!, fine.path![10 * k * 64 + i]!, 1e-4, `t = ${k / 100}, path ${i}`);
      const ends = integrateAdaptive({ ...run, times: Float64Array.of(0, 1) });
      assert.deepEqual([...ends.z], [...found.z], 'wanting states between changes no step');
    });

  it('ends at u where the rates are infinite', () => {
    const run = { ...problem('flow-matching'), integrator: integratorOf('dopri5'), rtol: 1e-8, atol: 1e-8 };
    const times = Float64Array.of(0, 0.5, 1);
    const { z, failure, path } = integrateAdaptive({ ...run, times, savePath: true });
    assert.equal(failure, '');
    const fine = integrate({ ...run, integrator: integratorOf('rk4'), times: uniform(1, 0, 2001).map((left) => 1 - left ** 3) }); // prettier-ignore
    z.forEach((value, i) => close(value, fine.z[i]!, 1e-6, `path ${i}`));
    assert.deepEqual([...path!.subarray(128)], [...z]);
    for (const value of integrateAdaptive({ ...run, denoiser: constantU(0.7), times }).z) close(value, 0.7, 1e-12);
  });

  it('a method without an estimate of its error is refused, as is what no method can do', () => {
    const run = { ...problem('residual'), times: Float64Array.of(0, 1), rtol: 1e-3, atol: 1e-3 };
    assert.throws(
      () => integrateAdaptive({ ...run, integrator: integratorOf('rk4') }),
      new InputError('rk4 has no estimate of its own error, and takes steps of given sizes only'),
    );
    const blocks: Denoiser = { ...run.denoiser, times: 'blocks' };
    assert.throws(() => integrateAdaptive({ ...run, denoiser: blocks, integrator: integratorOf('tsit5') }), InputError);
  });
});
