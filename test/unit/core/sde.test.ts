import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantU, gaussianU, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics, dynamics, spread, type Dynamics } from '../../../src/core/dynamics';
import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { integrate, integratorOf, integrators, refusal } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { InputError } from '../../../src/core/registry/problem';
import { exactStep, snrGain } from '../../../src/core/process/marginals';
import { Random } from '../../../src/core/math/random';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';
import { sigmoid } from '../../../src/core/math/stable';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const PATHS = 10_000;
const schedule = createSchedule('linear-gamma', { gammaMin: -4, gammaMax: 4 });
const times = uniform(0, 1, 17);
const [mean, sd] = [0.4, 0.6];

const lambdaOf = (lambda: number) => createDynamics('lambda-family', { lambda });

/** Many paths of a stochastic method from N(0, 1), or from where they are told. */
const simulate = (one: Dynamics, id: string, denoiser: Denoiser, z0?: Float64Array) =>
  integrate({
    dynamics: one,
    schedule,
    denoiser,
    noise: true,
    integrator: integratorOf(id),
    times,
    z0: z0 ?? Random.stream(3, 'start').normals(new Float64Array(PATHS)),
    n: PATHS,
    d: 1,
    random: Random.stream(3, 'noise'),
    savePath: true,
  });

/** Whether the states of a time have a mean and a variance, each within four standard errors of a normal sample's. */
function hasLaw(states: Float64Array, mean: number, variance: number, what: string): void {
  const n = states.length;
  const middle = states.reduce((sum, z) => sum + z, 0) / n;
  const found = states.reduce((sum, z) => sum + (z - middle) ** 2, 0) / (n - 1);
  close(middle, mean, 4 * Math.sqrt(variance / n), `${what}: mean`);
  close(found, variance, 4 * variance * Math.sqrt(2 / n), `${what}: variance`);
}

/** The law of one step of a scheme as mean and variance of z2 = keep z1 + add + scatter noise, for u = base + slope z. */
type Scheme = (from: number, to: number) => { keep: number; add: number; scatter: number };

const gaussianSlope = (t: number) => {
  const a = sigmoid(schedule.logSnr(t));
  const slope = (Math.sqrt(a) * sd * sd) / (a * sd * sd + 1 - a);
  return { slope, base: mean * (1 - slope * Math.sqrt(a)) };
};

const schemes: Record<string, (one: Dynamics, noise: number) => Scheme> = {
  'posterior-step': ({ clock }, noise) => {
    return (from, to) => {
      const [g1, g2] = [schedule.logSnr(from), schedule.logSnr(to)];
      const { slope, base } = gaussianSlope(from);
      const gain = clock!.gain(g1, g2);
      // The variance of the increment of phi z, s2^(l^2) - s1^(l^2), over phi2^2 = (1 + s2) s2^(l^2).
      const added = (Math.exp(noise * g2) - Math.exp(noise * g1)) / ((1 + Math.exp(g2)) * Math.exp(noise * g2));
      return { keep: clock!.retain(g1, g2) + gain * slope, add: gain * base, scatter: added };
    };
  },
  'euler-maruyama': ({ clock }, noise) => {
    return (from, to) => {
      const [g, rate, h] = [schedule.logSnr(from), 8, to - from];
      const { slope, base } = gaussianSlope(from);
      const pull = rate * clock!.pull(g);
      return {
        keep: 1 + h * (pull * slope - rate * clock!.decay(g)),
        add: h * pull * base,
        scatter: h * noise * rate * sigmoid(-g),
      };
    };
  },
};

/** A step of a method as it is for u = base + slope z: affine in the state and in its one draw, which a run of one step tells. */
function schemeOf(one: Dynamics, id: string, denoiser: Denoiser): Scheme {
  const step = (from: number, to: number, z: number, draw: number) => {
    const random = { normals: <T extends Float64Array | Float32Array>(out: T): T => out.fill(draw) as T };
    const run = { dynamics: one, schedule, denoiser, noise: true, integrator: integratorOf(id), random };
    return integrate({ ...run, times: Float64Array.of(from, to), z0: Float64Array.of(z), n: 1, d: 1 }).z[0]!;
  };
  return (from, to) => {
    const add = step(from, to, 0, 0);
    return { keep: step(from, to, 1, 0) - add, add, scatter: (step(from, to, 0, 1) - add) ** 2 };
  };
}

describe('stochastic methods', () => {
  for (const [id, expectedOf] of Object.entries(schemes))
    for (const lambda of [0.5, 1, 1.5]) {
      const one = lambdaOf(lambda);
      const expected = expectedOf(one, lambda ** 2);

      it(`${id}, λ = ${lambda}: a step is that of the scheme, and so is its law at every time`, () => {
        const scheme = schemeOf(one, id, gaussianU(mean, sd));
        times.subarray(1).forEach((t, k) => {
          const [step, known] = [scheme(times[k]!, t), expected(times[k]!, t)];
          for (const key of ['keep', 'add', 'scatter'] as const)
            close(step[key], known[key], 1e-12, `${key} of step ${k}`);
        });
      });

      it(`${id}, λ = ${lambda}: ${PATHS} paths have the mean and the variance of the scheme at every step`, () => {
        const { path } = simulate(one, id, gaussianU(mean, sd));
        let law = { middle: 0, variance: 1 };
        times.forEach((t, k) => {
          if (k) {
            const { keep, add, scatter } = expected(times[k - 1]!, t);
            law = { middle: keep * law.middle + add, variance: keep * keep * law.variance + scatter };
          }
          hasLaw(path!.subarray(k * PATHS, (k + 1) * PATHS), law.middle, law.variance, `step ${k}`);
        });
      });
    }

  for (const lambda of [0.5, 1, 1.5])
    it(`posterior-step, λ = ${lambda}: for constant u the law is that of the SDE itself, in any number of steps`, () => {
      const one = lambdaOf(lambda);
      const scheme = schemeOf(one, 'posterior-step', constantU(0.7));
      const { path } = simulate(one, 'posterior-step', constantU(0.7), new Float64Array(PATHS).fill(-1.5));
      let law = { middle: -1.5, variance: 0 };
      times.forEach((t, k) => {
        if (!k) return;
        const g = schedule.logSnr(t);
        const { retain, gain } = one.clock!;
        const expected = retain(-4, g) * -1.5 + gain(-4, g) * 0.7;
        const variance = spread(lambda ** 2, -4, g) ** 2;
        const { keep, add, scatter } = scheme(times[k - 1]!, t);
        law = { middle: keep * law.middle + add, variance: keep * keep * law.variance + scatter };
        close(law.middle, expected, 1e-12, `mean after ${k} steps`);
        close(law.variance, variance, 1e-12, `variance after ${k} steps`);
        hasLaw(path!.subarray(k * PATHS, (k + 1) * PATHS), expected, variance, `step ${k}`);
      });
    });

  it('λ = 1 in SNR time: phi z is a unit Brownian motion with drift u, d(phi z) = u dSNR + dB', () => {
    const { path } = simulate(lambdaOf(1), 'posterior-step', constantU(0.7));
    const increments = [3, 9, 14].map((k) => {
      const [s1, s2] = [times[k]!, times[k + 1]!].map((t) => Math.exp(schedule.logSnr(t))) as [number, number];
      const phi = (s: number) => Math.sqrt(s * (1 + s));
      const [z1, z2] = [path!.subarray(k * PATHS, (k + 1) * PATHS), path!.subarray((k + 1) * PATHS, (k + 2) * PATHS)];
      const unit = z2.map((z, i) => (phi(s2) * z - phi(s1) * z1[i]! - 0.7 * (s2 - s1)) / Math.sqrt(s2 - s1));
      hasLaw(unit, 0, 1, `increment ${k}`);
      return unit;
    });
    for (const [one, other] of [[0, 1], [1, 2], [0, 2]] as const) // prettier-ignore
      close(increments[one]!.reduce((sum, x, i) => sum + x * increments[other]![i]!, 0) / PATHS, 0, 4 / Math.sqrt(PATHS), 'correlation'); // prettier-ignore
  });

  it('the exact noise: s2^(l^2) - s1^(l^2) in phi z, composing over steps, and eqs. 8 to 13 for l = 1', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(0, 2), number(-15, 15), number(0, 6), number(0, 6), (lambda, g, a, b) => {
        const noise = lambda ** 2;
        const { logPhi, retain } = lambdaOf(lambda).clock!;
        const [middle, to] = [g + a, g + a + b];
        const scaled = spread(noise, g, to) * Math.exp(logPhi(to));
        const expected = Math.exp(noise * to) * -Math.expm1(noise * (g - to));
        close(scaled ** 2, expected, 1e-12 * (expected + Math.exp(noise * to)), 'increment');
        const composed = (retain(middle, to) * spread(noise, g, middle)) ** 2 + spread(noise, middle, to) ** 2;
        close(composed, spread(noise, g, to) ** 2, 1e-12, 'two steps');
        const { fromState, fromTarget, variance } = exactStep(g, to);
        const { clock } = lambdaOf(1);
        close(clock!.retain(g, to), fromState, 1e-12, 'state');
        close(clock!.gain(g, to), fromTarget, 1e-12, 'target');
        close(spread(1, g, to) ** 2, variance, 1e-15, 'variance');
        const snr = snrGain(g, to);
        close(clock!.gain(g, to) * Math.exp(clock!.logPhi(to)), snr, 1e-11 * Math.exp(to), 'drift u dSNR');
      }),
    );
    for (const noise of [0, 0.25, 1, 4])
      for (const [from, to] of [
        [-Infinity, Infinity],
        [0, Infinity],
        [-700, 700],
        [3, 3],
        [Infinity, Infinity],
      ] as const)
        // prettier-ignore
        assert.ok(spread(noise, from, to) <= 1e-150, `${noise} ${from} ${to}`);
    close(spread(1, -Infinity, 0), Math.SQRT1_2, 1e-15, 'all of the noise');
  });

  it('λ = 0 is the probability flow: the noise is none, and the steps are those of the ODE', () => {
    const z0 = normalQuantiles(50);
    const run = { dynamics: lambdaOf(0), schedule, denoiser: gaussianU(mean, sd), times, z0, n: 50, d: 1 };
    const random = Random.stream(0, 'noise');
    const noisy = (id: string) => integrate({ ...run, noise: true, random, integrator: integratorOf(id) }).z;
    const plain = (id: string) =>
      integrate({ ...run, dynamics: createDynamics('probability-flow'), integrator: integratorOf(id) }).z;
    for (const [sde, ode] of [
      ['posterior-step', 'exponential-1'],
      ['euler-maruyama', 'euler'],
    ] as const)
      // prettier-ignore
      noisy(sde).forEach((z, i) => close(z, plain(ode)[i]!, 1e-14, `${sde} ${i}`));
  });

  it('the same seed gives the same paths bit for bit, another seed others; the ODE draws nothing', () => {
    const flowOf = (seed: number, rest: object = {}) => {
      const text = JSON.stringify({
        version: 1,
        schedules: [{ id: 'cosine' }],
        dynamics: { id: 'lambda-family', params: { lambda: 1.5 }, noise: true },
        integrator: { id: 'posterior-step', steps: 30 },
        start: 'zero',
        seed,
        ...rest,
      });
      return experimentFlow(parseExperiment(text).experiment!);
    };
    const path = (seed: number) => integrate({ ...flowOf(seed), savePath: true }).path!;
    assert.deepEqual(path(5), path(5));
    assert.notDeepEqual(path(5), path(6));
    const { random, ...flow } = flowOf(5);
    assert.throws(() => integrate(flow), /posterior-step was given no random numbers/);
    assert.deepEqual(random!.normals(new Float64Array(3)), Random.stream(5, 'noise').normals(new Float64Array(3)));
    const ode = flowOf(5, { dynamics: 'noprop-forward', integrator: { id: 'euler' } });
    const normals = () => assert.fail('noise was drawn');
    assert.ok(integrate({ ...ode, random: { normals } }).z.every(Number.isFinite));
  });

  it('where noise and method do not go together it is refused in a sentence, both ways', () => {
    const denoiser = constantU(1);
    const said = (id: string, dynamicsId: string, noise: boolean) =>
      refusal(integratorOf(id), { dynamics: createDynamics(dynamicsId), denoiser, noise });
    assert.equal(said('euler', 'noprop-forward', true), 'euler follows an ODE, and dynamics.noise is on: choose a stochastic method or turn the noise off'); // prettier-ignore
    assert.equal(said('euler-maruyama', 'noprop-forward', false), 'euler-maruyama draws noise, and dynamics.noise is off: turn it on or choose another method'); // prettier-ignore
    assert.equal(said('euler', 'near-end', true), 'the dynamics near-end has no noise of its own, and dynamics.noise is on: turn it off'); // prettier-ignore
    assert.equal(said('posterior-step', 'residual', false), 'posterior-step draws noise, and the dynamics residual has none of its own'); // prettier-ignore
    for (const row of integrators)
      for (const family of dynamics)
        for (const noise of [false, true]) {
          const { noise: own } = createDynamics(family.id);
          const allowed = noise ? own !== undefined && row.kind === 'sde' : row.kind !== 'sde';
          if (!allowed) assert.match(said(row.id, family.id, noise)!, /noise/, `${row.id} ${family.id} ${noise}`);
        }
    const run = { dynamics: createDynamics('near-end'), schedule, denoiser, times, z0: new Float64Array(1), n: 1, d: 1, noise: true }; // prettier-ignore
    assert.throws(() => integrate({ ...run, integrator: integratorOf('posterior-step') }), InputError);
  });
});
