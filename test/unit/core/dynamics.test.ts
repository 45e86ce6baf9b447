import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantU } from '../../../src/core/denoisers';
import { constantStep, createDynamics, dynamics, oraclePath, type Clock, type DynamicsFamily } from '../../../src/core/dynamics'; // prettier-ignore
import { integrate, integratorOf } from '../../../src/core/integrators';
import { InputError } from '../../../src/core/registry/problem';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule, type Values } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';

const schedule = createSchedule('linear-gamma'); // gamma = 10 (t - 1/2)

/** gamma = 10 (t - 1/2), u = 1, z0 = -1.5: z at t = .25, .5, .75, 1, to every printed digit. */
const WORKED: Readonly<Record<string, readonly number[]>> = {
  'noprop-forward': [-0.16170947, 0.61498522, 0.95104257, 0.99577308],
  'near-end': [0.7947875, 0.98315513, 0.99861729, 0.9998865],
  'community-original': [-0.932387, -0.37295387, 0.65051159, 0.99999967],
  'probability-flow': [-1.25032084, -0.41516359, 0.52418984, 0.8668051],
};

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const mapValues = <T, U>(object: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, make(value)]));

/** What holds for every dynamics that gamma drives, whatever its parameters. */
function clockTests(family: DynamicsFamily, params: fc.Arbitrary<Values>): void {
  const check = (what: string, holds: (clock: Clock, from: number, a: number, b: number) => void) =>
    it(`${family.id}: ${what}`, () =>
      fc.assert(
        fc.property(params, number(-300, 300), number(0, 20), number(0, 20), (values, from, a, b) =>
          holds(family.create(values).clock!, from, a, b),
        ),
      ));

  check('log phi has the derivative B in gamma, and psi has A phi', (row, from) => {
    const g = from / 20;
    const h = 1e-4;
    close((row.logPhi(g + h) - row.logPhi(g - h)) / (2 * h), row.decay(g), 1e-7, `B at ${g}`);
    const slope = (row.logPsi(g + h) - row.logPsi(g - h)) / (2 * h);
    const pull = slope * Math.exp(row.logPsi(g) - row.logPhi(g));
    close(pull, row.pull(g), 1e-7 * Math.max(1, row.pull(g)), `A at ${g}`);
  });

  check('small steps have the coefficients 1 - B h and A h', (row, from) => {
    const h = 1e-6;
    const g = from / 20;
    close((1 - row.retain(g, g + h)) / h, row.decay(g), 1e-5, `B at ${g}`);
    close(row.gain(g, g + h) / h, row.pull(g), 1e-5, `A at ${g}`);
  });

  check('two steps are one', (row, from, a, b) => {
    const [middle, to] = [from + a, from + a + b];
    const keep = row.retain(middle, to);
    close(keep * row.retain(from, middle), row.retain(from, to), 1e-12, 'retain');
    close(keep * row.gain(from, middle) + row.gain(middle, to), row.gain(from, to), 1e-12, 'gain');
  });

  check('the step is by phi and psi: phi2 z2 = phi1 z1 + u (psi2 - psi1)', (row, from, a) => {
    const to = from / 10 + a;
    const [phi, psi] = [(g: number) => Math.exp(row.logPhi(g)), (g: number) => Math.exp(row.logPsi(g))];
    close(row.retain(from / 10, to) * phi(to), phi(from / 10), 1e-11 * phi(from / 10), 'phi');
    close(row.gain(from / 10, to) * phi(to), psi(to) - psi(from / 10), 1e-11 * psi(to), 'psi');
  });

  check('has limits at both ends of time', (row) => {
    const stays = row.decay(-Infinity) === 0; // then phi is not 0 at gamma = -Infinity
    assert.equal(row.retain(-Infinity, -2) > 0, stays);
    assert.equal(row.retain(-Infinity, Infinity), 0);
    assert.equal(row.gain(-Infinity, Infinity), 1);
    assert.equal(row.retain(0, Infinity), 0);
    assert.equal(row.gain(0, Infinity), 1);
    assert.equal(row.retain(Infinity, Infinity), 1);
    for (const g of [-Infinity, -800, 0, 800, Infinity])
      for (const value of [row.pull(g), row.decay(g)]) assert.ok(value >= 0 && value <= 2.5, `${value} at ${g}`);
    for (const [from, to] of [
      [-800, 800],
      [-800, -700],
      [700, 800],
      [-Infinity, 0],
    ] as const)
      // prettier-ignore
      for (const value of [row.retain(from, to), row.gain(from, to)])
        assert.ok(value >= 0 && value <= 1, `${value} from ${from} to ${to}`);
  });

  it(`${family.id}: is exact in one exponential step where u is constant`, () => {
    fc.assert(
      fc.property(params, number(-3, 3), number(-3, 3), (values, u, z) => {
        const dynamics = family.create(values);
        const base = { dynamics, schedule, denoiser: constantU(u), z0: Float64Array.of(z), n: 1, d: 1 };
        const one = integrate({ ...base, integrator: integratorOf('exponential-1'), times: uniform(0, 1, 2) });
        const many = integrate({ ...base, integrator: integratorOf('exponential-1'), times: uniform(0, 1, 101) });
        close(one.z[0]!, many.z[0]!, 1e-12, 'one step and a hundred');
      }),
    );
  });
}

describe('dynamics', () => {
  for (const [id, values] of Object.entries(WORKED)) {
    it(`${id}: the worked values, in closed form`, () => {
      const times = Float64Array.of(0, 0.25, 0.5, 0.75, 1);
      const path = oraclePath(createDynamics(id), schedule, times, Float64Array.of(-1.5), Float64Array.of(1));
      assert.equal(path[0], -1.5);
      values.forEach((value, i) => close(path[i + 1]!, value, 5.001e-9, id));
    });

    it(`${id}: the worked values, by integrating finely`, () => {
      const run = {
        dynamics: createDynamics(id),
        schedule,
        denoiser: constantU(1),
        integrator: integratorOf('rk4'),
        times: uniform(0, 1, 4001),
        z0: Float64Array.of(-1.5),
        n: 1,
        d: 1,
      };
      const { path } = integrate({ ...run, savePath: true });
      values.forEach((value, i) => close(path![(i + 1) * 1000]!, value, 5.001e-9, id));
    });
  }

  for (const family of dynamics) {
    const params = fc.record(mapValues(family.parameters, ({ min, max }) => number(min, max)));
    const some = fc.sample(params, { numRuns: 5, seed: 1 }).map((values) => family.create(values));

    it(`${family.id}: states its rates, and the exact step for constant u agrees with them`, () => {
      for (const one of [createDynamics(family.id), ...some]) {
        assert.equal(one.id, family.id);
        assert.equal(one.clock === undefined, one.kept !== undefined, 'one way to step exactly');
        for (const t of [0.1, 0.4, 0.85]) {
          const { pull, decay } = one.rates(t, schedule.logSnr(t), schedule.logSnrRate(t));
          const h = 1e-7;
          const { retain, gain } = constantStep(one, schedule, t, t + h);
          close((1 - retain) / h, decay, 1e-4 * decay + 1e-7, `decay at ${t}`);
          close(gain / h, pull, 1e-4 * pull + 1e-7, `pull at ${t}`);
        }
      }
    });

    it(`${family.id}: is integrated to its exact step where u is constant`, () => {
      for (const one of [createDynamics(family.id), ...some.slice(0, 2)]) {
        const base = { dynamics: one, schedule, denoiser: constantU(0.7), z0: Float64Array.of(-1.5), n: 1, d: 1 };
        const fine = integrate({ ...base, integrator: integratorOf('rk4'), times: uniform(0, 1, 16001) });
        const path = oraclePath(one, schedule, uniform(0, 1, 4), base.z0, Float64Array.of(0.7));
        close(path[3]!, fine.z[0]!, 1e-12, 'RK4 and the closed form');
      }
    });

    if (createDynamics(family.id).clock) clockTests(family, params);
  }

  it('noprop-forward keeps to sqrt(alphaBar) u once it is there', () => {
    const logSnr = Float64Array.of(-5, -1, 0, 2, 5, Infinity);
    const start = 2 * Math.sqrt(sigmoid(-5));
    const inGamma = { logSnr: (g: number) => g, logSnrRate: () => 1 };
    const path = oraclePath(
      createDynamics('noprop-forward'),
      inGamma,
      logSnr,
      Float64Array.of(start),
      Float64Array.of(2),
    );
    logSnr.forEach((g, i) => close(path[i]!, 2 * Math.sqrt(sigmoid(g)), 1e-14, `gamma ${g}`));
  });

  it('lambda-family: a λ whose square is below the smallest number is the probability flow', () => {
    const { decay, retain } = createDynamics('lambda-family', { lambda: 1.5e-162 }).clock!;
    const flow = createDynamics('probability-flow').clock!;
    assert.equal(decay(-Infinity), 0);
    assert.equal(retain(-Infinity, -2), flow.retain(-Infinity, -2));
  });

  it('an unknown one is refused with the list', () => {
    assert.throws(() => createDynamics('x'), new InputError(`unknown dynamics "x": choose one of ${dynamics.map((row) => row.id).join(', ')}`)); // prettier-ignore
  });
});
