import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantU, createDenoiser, type Denoiser } from '../../../src/core/denoisers';
import { constantStep, createDynamics, dynamics, oraclePath } from '../../../src/core/dynamics';
import { integrate, integratorOf, integrators } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { checkValues, defaults } from '../../../src/core/registry/parameters';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule, schedules, type Schedule } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';
import { startStates } from '../../../src/core/process/starts/states';
import { noiseLevelAt } from '../../../src/core/process/noiseLevel';
import { timeOf, windowOf } from '../../../src/core/schedules/window';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const linear = createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 });
const ratesOf = (id: string, schedule: Schedule, t: number) =>
  createDynamics(id).rates(t, schedule.logSnr(t), schedule.logSnrRate(t));

/** Every schedule that its parameters alone make, at its defaults and at random ones, over the window |gamma| <= 12. */
const cases = schedules
  .filter(({ inputs }) => !inputs)
  .flatMap((family) => {
    const value = ({ min, max, slider }: { min: number; max: number; slider: readonly [number, number] }) =>
      fc.double({ min: Math.max(min, slider[0]), max: Math.min(max, slider[1]), noNaN: true });
    const random = fc.record(
      Object.fromEntries(Object.entries(family.parameters).map(([key, row]) => [key, value(row)])),
    );
    const drawn = fc.sample(random, { numRuns: 20, seed: 7 }).filter((values) => !checkValues(family, values).length);
    return [defaults(family), ...drawn.slice(0, 4)].map((values) => {
      const schedule = family.create(values, {});
      return { name: `${family.id} ${JSON.stringify(values)}`, schedule, window: windowOf(schedule, 12) };
    });
  });

describe('rates of the dynamics over every schedule', () => {
  it('there are cases of every kind of schedule', () => assert.ok(cases.filter(({ window }) => window).length > 40));

  it('nothing is NaN inside the window, and every rate is positive', () => {
    for (const { name, schedule, window } of cases)
      for (const t of window ? uniform(window.start, window.end, 21).subarray(1, 20) : [])
        for (const { id } of dynamics) {
          const { pull, decay } = ratesOf(id, schedule, t);
          assert.ok(pull > 0 && decay > 0 && pull < Infinity && decay < Infinity, `${id} on ${name} at ${t}`);
        }
  });

  it('eq. 28 is too fast by (1 - alphaBar)/2 of its rate and off the fixed point by about (1 - alphaBar)^2/8; 28′ keeps the rate', () => {
    for (const { name, schedule, window } of cases)
      for (const t of window ? uniform(window.start, window.end, 21).subarray(1, 20) : []) {
        const [exact, near, better] = ['noprop-forward', 'near-end', 'near-end-rate'].map((id) => ratesOf(id, schedule, t)); // prettier-ignore
        const rest = sigmoid(-schedule.logSnr(t));
        close((near!.decay - exact!.decay) / near!.decay, rest / 2, 1e-15, `rate error on ${name}`);
        assert.equal(better!.decay, exact!.decay, `28′ on ${name}`);
        for (const one of [near!, better!]) {
          const error = one.pull / one.decay - exact!.pull / exact!.decay;
          const root = Math.sqrt(sigmoid(schedule.logSnr(t)));
          close(error, (1 - root) ** 2 / (2 - rest), 1e-15, `fixed point on ${name}`);
          if (rest < 0.1) close(error, rest ** 2 / 8, rest ** 3 / 4 + 1e-15, `near the data on ${name}`);
        }
      }
  });

  it('the attractor of eq. 27 is sech(Delta/2) u, ahead of the moving target sqrt(alphaBar) u', () => {
    for (const { schedule, window } of cases)
      for (const t of window ? uniform(window.start, window.end, 9).subarray(1, 8) : []) {
        const { pull, decay } = ratesOf('noprop-forward', schedule, t);
        const g = schedule.logSnr(t);
        const noise = Math.log1p(Math.exp(-g));
        close((pull / decay) * Math.cosh(noise / 2), 1, 1e-12, `at gamma ${g}`);
        assert.ok(pull / decay >= Math.sqrt(sigmoid(g)) - 1e-15);
      }
  });

  for (const id of ['community-original', 'residual', 'flow-matching'])
    it(`${id}: the exact step for constant u composes, and a fine integration agrees, on every schedule`, () => {
      const one = createDynamics(id);
      for (const { name, schedule, window } of cases) {
        if (!window) continue;
        const { start, end } = window;
        const middle = timeOf(schedule, 1, { start, end });
        const step = (from: number, to: number) => constantStep(one, schedule, from, to).retain;
        close(step(start, middle) * step(middle, end), step(start, end), 1e-12, `${name}: two steps`);
        const grid = uniform(start, middle, 3);
        const path = oraclePath(one, schedule, grid, Float64Array.of(2), Float64Array.of(0.7));
        close(path[2]!, 0.7 + step(start, middle) * 1.3, 1e-12, `${name}: path`);
        const base = { dynamics: one, schedule, denoiser: constantU(0.7), z0: Float64Array.of(2), n: 1, d: 1 };
        // Past the first tenth: a power of t below 1 has no slope at 0 to follow.
        const [from, to] = [start + (middle - start) / 10, Math.min(middle, start + 0.2)];
        if (to <= from) continue;
        const { z } = integrate({ ...base, integrator: integratorOf('dopri5'), tolerance: 1e-12, times: Float64Array.of(from, to) }); // prettier-ignore
        close(z[0]!, 0.7 + step(from, to) * 1.3, 1e-9, `${name}: Dormand-Prince`);
      }
    });

  it('the linear log-SNR has community’s integral in closed form: t + (e^gamma1 - e^gamma0)/gamma′', () => {
    const kept = (from: number, to: number) =>
      constantStep(createDynamics('community-original'), linear, from, to).retain;
    for (const [from, to] of [
      [0, 0.3],
      [0, 0.5],
      [0.2, 0.6],
      [0.5, 0.7],
    ] as const) {
      // prettier-ignore
      const power = to - from + (Math.exp(linear.logSnr(to)) - Math.exp(linear.logSnr(from))) / 12;
      close(kept(from, to) / Math.exp(-power), 1, 1e-12 * Math.max(1, power), `${from} to ${to}`);
    }
    assert.equal(constantStep(createDynamics('community-original'), createSchedule('cosine'), 0.5, 1).retain, 0);
  });
});

describe('flow matching', () => {
  const one = createDynamics('flow-matching');
  const run = { dynamics: one, schedule: linear, denoiser: createDenoiser('mixture'), z0: normalQuantiles(64), n: 64, d: 1 }; // prettier-ignore

  it('is the probability flow of rectified flow, in other units: z / c at log-SNR 2 ln(t/(1-t))', () => {
    const [from, to] = [0.01, 0.99];
    const c = (t: number) => Math.hypot(t, 1 - t);
    const fine = { integrator: integratorOf('dopri5'), tolerance: 1e-11, times: Float64Array.of(from, to) };
    const flow = integrate({ ...run, ...fine }).z;
    const own = { logSnr: (t: number) => 2 * Math.log(t / (1 - t)), logSnrRate: (t: number) => 2 / (t * (1 - t)) };
    const other = { ...run, dynamics: createDynamics('probability-flow'), schedule: own, z0: run.z0.map((z) => z / c(from)) }; // prettier-ignore
    const scaled = integrate({ ...other, ...fine }).z;
    flow.forEach((z, i) => close(z, c(to) * scaled[i]!, 1e-8, `path ${i}`));
  });

  it('carries N(0, 1) to the data: the quantiles go to the quantiles of the mixture', () => {
    const times = uniform(0, 1, 401).map((s) => 1 - (1 - s) ** 2);
    const { z } = integrate({ ...run, integrator: integratorOf('rk4'), times });
    const share = (x: number) => z.filter((value) => value <= x).length / 64;
    close(share(0), 0.4, 1 / 64, 'share on the left');
    close(share(1), 0.4 + 0.3, 1.5 / 64, 'share left of the right mode');
  });

  for (const row of integrators.filter(({ kind }) => kind === 'explicit'))
    it(`${row.id}: ends at u at t = 1, where the rate is infinite, and nothing is NaN`, () => {
      const at = (denoiser: Denoiser, steps: number) =>
        integrate({ ...run, denoiser, integrator: row, times: uniform(0, 1, steps + 1) });
      for (const steps of [1, 2, 7]) {
        for (const z of at(constantU(0.7), steps).z) assert.equal(z, 0.7);
        assert.ok(at(createDenoiser('mixture'), steps).z.every(Number.isFinite));
      }
      assert.equal(at(constantU(1), 1).evaluations, 1, 'the last step asks for u once');
      assert.equal(at(constantU(1), 7).evaluations, 6 * row.evaluations + (row.starting ?? 0) + 1);
    });

  it('asks u at the time at which the schedule has the log-SNR it sees', () => {
    const seen: [t: number, logSnr: number, z: number][] = [];
    const denoiser: Denoiser = { times: 'all', denoise: (z, _n, _d, t, logSnr) => void seen.push([t, logSnr, z[0]!]) };
    integrate({ ...run, denoiser, integrator: integratorOf('euler'), times: Float64Array.of(0.25, 0.3), z0: Float64Array.of(2), n: 1 }); // prettier-ignore
    const [t, logSnr, z] = seen[0]!;
    close(logSnr, 2 * Math.log(1 / 3), 1e-15, 'log-SNR');
    close(linear.logSnr(t), logSnr, 1e-12, 'time');
    close(z, 2 / Math.hypot(0.25, 0.75), 1e-15, 'state');
  });

  it('an exact start is t z_1 + (1 - t) z_0', () => {
    const place = noiseLevelAt(one, linear, 0.25);
    const request = { n: 40_000, d: 1, seed: 3, ...place, targets: new Float64Array(40_000).fill(2) };
    const z = startStates('exact', request);
    const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
    close(mean, 0.5, 0.015, 'mean');
    close(Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length), 0.75, 0.01, 'spread');
  });
});
