import assert from 'node:assert/strict';
import { createDenoiser, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics, dynamics } from '../../../src/core/dynamics';
import { integrate, integratorOf, integrators } from '../../../src/core/integrators';
import { stepMoments } from '../../../src/core/integrators/stepMoments';
import { History } from '../../../src/core/integrators/history';
import { createSchedule } from '../../../src/core/schedules';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

describe('multistep and exponential methods', () => {
  const schedule = createSchedule('linear-gamma', { gammaMin: -3, gammaMax: 2 });
  /** Uneven on purpose. */
  const times = Float64Array.of(0, 0.13, 0.2, 0.41, 0.5, 0.77, 0.9, 1);
  /** u as a polynomial of a place, whatever z is. */
  const polynomial = (degree: number, place: (t: number, logSnr: number) => number): Denoiser => ({
    times: 'all',
    denoise: (_z, n, d, t, logSnr, out) => void out.fill(1 + (place(t, logSnr) - 0.3) ** degree, 0, n * d),
  });

  for (const [id, degree] of [
    ['ab2', 1],
    ['ab4', 3],
  ] as const)
    // prettier-ignore
    it(`${id}: integrates a polynomial of degree ${degree} in t exactly over uneven steps, and no higher one`, () => {
      const still = { ...createDynamics('residual'), rates: () => ({ pull: 1, decay: 0 }) };
      const error = (power: number) => {
        const run = { dynamics: still, schedule, denoiser: polynomial(power, (t) => t), integrator: integratorOf(id), times, z0: Float64Array.of(0.5), n: 1, d: 1 }; // prettier-ignore
        const exact = 1.5 + (0.7 ** (power + 1) - (-0.3) ** (power + 1)) / (power + 1);
        return Math.abs(integrate(run).z[0]! - exact);
      };
      for (let power = 0; power <= degree; power++) close(error(power), 0, 1e-14, `degree ${power}`);
      assert.ok(error(degree + 1) > 1e-5);
    });

  /** The exact end for a u that is a power of gamma, by Simpson's rule on phi A u with 40000 intervals. */
  const exactEnd = (id: string, power: number, z0: number, from = -3, to = 2) => {
    const { retain, pull } = createDynamics(id).clock!;
    const n = 40_000;
    let sum = 0;
    for (let k = 0; k <= n; k++) {
      const g = from + ((to - from) * k) / n;
      sum += (k === 0 || k === n ? 1 : k % 2 ? 4 : 2) * pull(g) * retain(g, to) * (1 + (g - 0.3) ** power);
    }
    return retain(from, to) * z0 + (sum * (to - from)) / n / 3;
  };

  for (const family of dynamics.filter(({ id }) => createDynamics(id).clock)) {
    for (const [id, degree] of [
      ['exponential-1', 0],
      ['dpmpp-2m', 0],
      ['dpmpp-2s', 0],
      ['dpmpp-3m', 0],
      ['unipc-2', 0],
      ['exponential-2', 1],
      ['exponential-3', 2],
    ] as const)
      // prettier-ignore
      it(`${id} on ${family.id}: exact for u of degree ${degree} in gamma over uneven steps`, () => {
        const error = (power: number) => {
          const run = { dynamics: createDynamics(family.id), schedule, denoiser: polynomial(power, (_, g) => g), integrator: integratorOf(id), times, z0: Float64Array.of(0.5), n: 1, d: 1 }; // prettier-ignore
          return Math.abs(integrate(run).z[0]! - exactEnd(family.id, power, 0.5));
        };
        for (let power = 0; power <= degree; power++) close(error(power), 0, 1e-12, `degree ${power}`);
        assert.ok(error(degree + 1) > 1e-5);
      });

    it(`every exponential method on ${family.id}: constant u is exact in one step, of any size, and in more`, () => {
      for (const { id } of integrators.filter(({ kind }) => kind === 'exponential'))
        for (const lambda of family.id === 'lambda-family' ? [0, 0.3, 1, 2] : [undefined])
          for (const [from, to] of [
            [-15, 15],
            [-0.001, 0.001],
            [-3, 2],
            [-600, 600],
            [4, 40],
            [-80, -78],
          ] as const)
            // prettier-ignore
            for (const steps of [1, 2, 5]) {
              const one = createDynamics(family.id, lambda === undefined ? {} : { lambda });
              const line = { logSnr: (t: number) => (t === 1 ? to : from + (to - from) * t), logSnrRate: () => to - from };
              const run = { dynamics: one, schedule: line, denoiser: createDenoiser('constant', { u: 0.7 }), integrator: integratorOf(id), z0: Float64Array.of(-1.5), n: 1, d: 1 }; // prettier-ignore
              const { z } = integrate({ ...run, times: Float64Array.from({ length: steps + 1 }, (_, k) => k / steps) });
              const exact = one.clock!.retain(from, to) * -1.5 + one.clock!.gain(from, to) * 0.7;
              close(z[0]!, exact, 1e-12, `${id}, lambda ${lambda}, ${from} to ${to} in ${steps}`);
            }
    });

    it(`every exponential method on ${family.id} may end at t = 1 where gamma is infinite, and begin where it is -infinite`, () => {
      const wide = createSchedule('rectified-flow');
      assert.deepEqual([wide.logSnr(0), wide.logSnr(1)], [-Infinity, Infinity]);
      for (const { id } of integrators.filter(({ kind }) => kind === 'exponential'))
        for (const count of [1, 2, 3, 7]) {
          const run = { dynamics: createDynamics(family.id), schedule: wide, integrator: integratorOf(id), z0: Float64Array.of(-1.5, 0.4), n: 2, d: 1 }; // prettier-ignore
          const spread = Float64Array.from({ length: count + 1 }, (_, k) => k / count);
          for (const z of integrate({ ...run, times: spread, denoiser: createDenoiser('constant', { u: 0.7 }) }).z)
            close(z, 0.7, 1e-12, `${id}, ${count} steps`);
          assert.ok(integrate({ ...run, times: spread, denoiser: createDenoiser('mixture') }).z.every(Number.isFinite));
        }
    });
  }

  it('the moments of a step are those of its clock: closed form where psi is a power of the SNR', () => {
    const out = new Float64Array(4);
    for (const [id, power] of [
      ['probability-flow', 1 / 2],
      ['noprop-forward', 1],
      ['near-end', 1],
    ] as const)
      // prettier-ignore
      for (const from of [-15, -2, 0, 6])
        for (const length of [1e-9, 1e-3, 0.3, 1, 4, 25]) {
          const { clock } = createDynamics(id);
                    const to = from + length;
          const x = power * (to - from);
          stepMoments(clock!, from, to, out);
          // x times the integral of exp(-x (1 - s)) s^k: by its series, or by parts where x is large.
          const series = (k: number) => {
            let [term, sum] = [1 / (k + 1), 0];
            for (let j = 0; j < 60; j++) {
              sum += term;
              term *= -x / (k + 2 + j);
            }
            return sum * x;
          };
          const expected = [-Math.expm1(-x)];
          for (let k = 1; k < 4; k++) expected.push(x < 2 ? series(k) : 1 - (k * expected[k - 1]!) / x);
          expected.forEach((value, k) => {
            const whole = out[0]! / expected[0]!;
            close(out[k]! / (whole * value), 1, x < 2 ? 1e-12 : 1e-11, `${id} ${from} ${length} moment ${k}`);
          });
        }
  });

  it('a step that does not follow on the last one begins anew', () => {
    const history = new History(1, 3);
    history.open(0, 0);
    history.close(0.1);
    history.open(0.1, 0.1);
    assert.equal(history.count, 2);
    history.close(0.2);
    history.open(0.3, 0.3);
    assert.equal(history.count, 1);
  });

  it('two times of one log-SNR, as near an infinite one, are one node', () => {
    const history = new History(1, 3);
    const nodes = new Float64Array(3);
    for (const [from, place] of [
      [0, -80],
      [1e-16, -80],
      [2e-16, -78],
    ] as const) {
      history.open(from, place);
      history.close(from + 1e-16);
    }
    history.close(3e-16);
    assert.equal(history.nodes(2, nodes), 2);
    assert.deepEqual([...nodes.subarray(0, 2)], [0, -1]);
  });
});
