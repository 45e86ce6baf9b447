import assert from 'node:assert/strict';
import { compare, findReference, gridChoice, type ComparisonProblem } from '../../../src/core/compare'; // prettier-ignore
import { constantU, createDenoiser, gaussianU, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentComparison, experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { integrate, integratorOf } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { InputError } from '../../../src/core/registry/problem';
import { createSchedule } from '../../../src/core/schedules';
import { windowOf } from '../../../src/core/schedules/window';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

/** The methods that experiments compare by default. */
const compared = ['euler', 'heun', 'rk4', 'exponential-1'].map(integratorOf);

const choice = (id: string, params = {}) => gridChoice({ id, params });

const problem: ComparisonProblem = {
  dynamics: createDynamics('probability-flow'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  window: { start: 0, end: 1 },
  grids: [choice('uniform-t')],
  integrators: compared,
  steps: [8, 16, 32, 64, 128],
  z0: normalQuantiles(64),
  n: 64,
  d: 1,
};

function finish(one: ComparisonProblem, now = () => 0) {
  const pieces = compare(one, now);
  const seen = [];
  let next = pieces.next();
  for (; !next.done; next = pieces.next()) seen.push(next.value);
  return { result: next.value, seen };
}

const experiment = (rest: object) => {
  const parsed = parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], ...rest }));
  assert.ok(parsed.experiment, JSON.stringify(parsed.problems));
  return parsed.experiment;
};

describe('comparison', () => {
  it('finds the reference of the fixed problem, and says how good it is', () => {
    const { reference } = finish({ ...problem, steps: [8] }).result;
    [[0, -1.62886315], [31, 0.68007711], [32, 0.71262093], [63, 1.67147492]].forEach(([i, z]) => close(reference.z[i!]!, z!, 5.001e-9)); // prettier-ignore
    assert.match(reference.source, /^Dormand-Prince 5\(4\) with \d+ steps in log-SNR$/);
    assert.ok(reference.error > 0 && reference.error < 1e-12, String(reference.error));
  });

  it('its estimate bounds the true error of a cheap reference', () => {
    const search = (budget: number) => {
      const pieces = findReference({ ...problem, budget });
      let next = pieces.next();
      while (!next.done) next = pieces.next();
      return next.value;
    };
    const [cheap, best] = [search(1200), search(131072)];
    const actual = Math.sqrt(cheap.z.reduce((sum, z, i) => sum + (z - best.z[i]!) ** 2, 0) / 64);
    close(Math.log10(cheap.error / actual), 0, 0.2, 'estimated over true error');
    assert.ok(cheap.evaluations <= 1200 && best.evaluations <= 131072);
  });

  it('measures every method at every step count, with the expected slopes', () => {
    let time = 0;
    const { result, seen } = finish(problem, () => (time += 2));
    assert.equal(result.rows.length, 20);
    const { result: sofar, ...last } = seen.at(-1)!;
    assert.deepEqual(last, { done: 21, total: 21, row: result.rows.at(-1) });
    assert.deepEqual(sofar!(), result);
    assert.ok(result.rows.every((row) => row.status === 'done' && row.milliseconds === 2 && row.grid === 'uniform-t'));
    assert.deepEqual(result.rows.find((row) => row.integrator === 'rk4' && row.steps === 32)?.evaluations, 128);
    result.slopes.forEach(({ order, over }, i) => {
      close(order!, compared[i]!.order, 0.15, compared[i]!.id);
      assert.deepEqual(over, [16, 32, 64, 128]);
    });
    const error = result.rows.find((row) => row.integrator === 'euler' && row.steps === 128)!.error;
    close(error / 2.147e-3, 1, 0.01, 'Euler at 128');
    assert.equal(result.verdict, 'Runge-Kutta 4 is the cheapest to an error of 0.01: 32 evaluations a path, where Heun needs as many, with a larger error.'); // prettier-ignore
  });

  it('compares with the closed form where u is constant: the exponential step is exact', () => {
    const { rows, reference, slopes } = finish({ ...problem, denoiser: constantU(1) }).result;
    assert.equal(reference.source, 'the closed form for constant u');
    for (const row of rows.filter(({ integrator }) => integrator === 'exponential-1')) assert.ok(row.error < 1e-13);
    assert.equal(slopes.at(-1)!.order, undefined, 'nothing above rounding to fit');
    close(slopes[2]!.order!, 4, 0.2, 'RK4');
  });

  it('reports what diverged or was refused, and finishes the rest', () => {
    const wild: Denoiser = {
      times: 'all',
      denoise: (z, n, d, t, _, out) => {
        // Blows up only where a step of Euler's leaves the region that fine steps stay in.
        for (let i = 0; i < n * d; i++) out[i] = t > 0.45 && t < 0.55 ? Infinity : 0;
      },
    };
    const { rows, verdict: lost } = finish({ ...problem, denoiser: wild, steps: [1, 2], integrators: [integratorOf('euler'), integratorOf('exponential-1')] }).result; // prettier-ignore
    assert.deepEqual(rows.map((row) => row.status), ['unstable', 'diverged', 'done', 'diverged']); // prettier-ignore
    assert.equal(rows[1]!.reason, '1 of 2 steps are past the stability limit 2: step times rate of decay is up to 2.993; 64 of 64 numbers are not finite at the end: take more steps or another method'); // prettier-ignore
    assert.equal(rows[3]!.reason, '64 of 64 numbers are not finite at the end: take more steps or another method');
    assert.ok(Number.isNaN(rows[1]!.error));
    assert.match(lost, /^No error can be measured: the reference does not end in finite states/);
    const refused = finish({ ...problem, dynamics: createDynamics('residual'), steps: [8], integrators: [integratorOf('exponential-1'), integratorOf('heun')] }).result; // prettier-ignore
    assert.deepEqual(refused.rows.map((row) => row.status), ['refused', 'done']); // prettier-ignore
    assert.match(refused.rows[0]!.reason, /^exponential-1 needs an integrating factor and a clock/);
  });

  it('steps past the limit of stability are told, with the limit, and no order is fitted to them', () => {
    const near = { ...problem, dynamics: createDynamics('near-end'), denoiser: constantU(0), integrators: [integratorOf('euler'), integratorOf('exponential-1')], steps: [4, 5, 7, 14, 28] }; // prettier-ignore
    const { rows, slopes } = finish(near).result;
    // The rate is gamma' = 12: Euler needs steps below 1/6.
    assert.deepEqual(rows.map(({ status }) => status), ['unstable', 'unstable', 'done', 'done', 'done', 'done', 'done', 'done', 'done', 'done']); // prettier-ignore
    assert.equal(rows[1]!.reason, '5 of 5 steps are past the stability limit 2: step times rate of decay is up to 2.4'); // prettier-ignore
    assert.ok(Math.abs(rows[0]!.error) > Math.abs(rows[1]!.error) && rows[1]!.error > 1);
    assert.deepEqual(slopes[0]!.over, [7, 14, 28]);
    const lost = finish({ ...near, dynamics: createDynamics('community-original'), integrators: [integratorOf('rk4')], steps: [100, 100_000] }).result; // prettier-ignore
    assert.deepEqual(lost.rows.map(({ status }) => status), ['unstable', 'done']); // prettier-ignore
    // Data with a spread keep u moving with the state, which takes most of the stiffness away.
    const soft = finish({ ...near, dynamics: createDynamics('community-original'), denoiser: createDenoiser('mixture'), integrators: [integratorOf('rk4')], steps: [100] }).result; // prettier-ignore
    assert.deepEqual([soft.rows[0]!.status, soft.rows[0]!.error < 1e-4], ['done', true]);
    assert.match(soft.rows[0]!.reason, /^\d+ of 100 steps are past the stability limit 2.785: /);
  });

  it('methods choose their own steps at each tolerance; log error against log tolerance has slope 1', () => {
    const tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
    for (const [u, denoiser] of Object.entries({ mixture: createDenoiser('mixture'), Gaussian: gaussianU(0.5, 0.5) }))
      for (const id of ['probability-flow', 'noprop-forward']) {
        const integrators = ['bs23', 'dopri5', 'tsit5', 'heun'].map(integratorOf);
        const { rows, slopes, reference } = finish({ ...problem, denoiser, dynamics: createDynamics(id), steps: [64], integrators, tolerances }).result; // prettier-ignore
        const own = slopes.filter(({ grid }) => grid === 'adaptive');
        assert.deepEqual(own.map(({ integrator }) => integrator), ['bs23', 'dopri5', 'tsit5']); // prettier-ignore
        for (const { order, nominal, integrator, over } of own) {
          assert.equal(nominal, 1);
          close(order!, 1, 0.15, `${integrator} on ${u}, ${id}, over ${over.join(' ')}`);
          assert.ok(over.length >= 4);
        }
        for (const row of rows.filter(({ tolerance }) => tolerance)) {
          assert.ok(row.steps > 0 && row.rejected! >= 0 && row.evaluations >= row.steps * 3);
          assert.ok(row.error > 100 * reference.error || row.nearFloor, 'no error is measured by a reference as bad');
        }
      }
  });

  it('compares on several grids, by other norms, and says so', () => {
    const grids = [choice('uniform-t'), choice('uniform-gamma'), choice('karras', { rho: 3 })];
    const integrators = ['heun', 'tsit5'].map(integratorOf);
    const run = { ...problem, schedule: createSchedule('cosine'), window: windowOf(createSchedule('cosine'), 8)!, grids, integrators, tolerances: [1e-4] }; // prettier-ignore
    const { rows, slopes, verdict } = finish({ ...run, norm: 'max', aim: 0.02 }).result;
    assert.equal(rows.length, 2 * 3 * 5 + 1);
    assert.deepEqual([...new Set(rows.map(({ grid }) => grid))], ['uniform-t', 'uniform-gamma', 'karras (ρ 3)', 'adaptive']); // prettier-ignore
    assert.equal(slopes.length, 7);
    for (const { error, errors } of rows) {
      assert.equal(error, errors.max);
      assert.ok(errors.max >= errors.rms && errors.mean <= errors.rms);
    }
    assert.match(
      verdict,
      /^.+ \(.+\) is the cheapest to a largest error of 0.02: \d+ evaluations a path, where .+ needs/,
    );
    const weak = finish({ ...run, norm: 'variance' }).result;
    assert.ok(weak.rows.every(({ error, errors }) => error === errors.variance));
    assert.match(weak.verdict, / to an error in the variance of 0.01: /);
  });

  it('a comparison that is stopped keeps what was done', () => {
    const pieces = compare(problem, () => 0);
    let last = pieces.next();
    while (!last.done && last.value.done < 4) last = pieces.next();
    assert.ok(!last.done);
    const { rows, slopes, verdict } = last.value.result!();
    assert.equal(rows.length, 3);
    assert.deepEqual(slopes.map(({ integrator }) => integrator), ['euler']); // prettier-ignore
    assert.match(verdict, /^Euler is the cheapest|^No method reaches/);
  });

  it('measures the dynamics without a clock against a reference as good', () => {
    for (const [id, source] of [
      ['community-original', /of equal log-SNR/],
      ['residual', /of equal log-SNR/],
      ['flow-matching', /that shrink towards the end/],
    ] as const) {
      // prettier-ignore
      const { reference, slopes, rows } = finish({ ...problem, dynamics: createDynamics(id), steps: [128, 256, 512] }).result; // prettier-ignore
      assert.match(reference.source, source);
      assert.ok(reference.error < 1e-10, `${id}: ${reference.error}`);
      close(slopes[0]!.order!, 1, 0.15, `${id}, Euler`);
      assert.ok(rows.filter(({ integrator }) => integrator === 'exponential-1').every(({ status }) => status === 'refused')); // prettier-ignore
      const exact = finish({ ...problem, dynamics: createDynamics(id), denoiser: constantU(1), steps: [1024] }).result;
      assert.equal(exact.reference.source, 'the closed form for constant u');
      assert.ok(exact.rows.find(({ integrator }) => integrator === 'rk4')!.error < 1e-6, id);
    }
  });

  it('refuses each stochastic method on a flow without noise', () => {
    const { rows } = finish({ ...problem, steps: [8], integrators: [integratorOf('posterior-step')] }).result;
    assert.deepEqual(rows.map(({ status, reason }) => [status, reason]), [['refused', 'posterior-step draws noise, and the dynamics probability-flow has none of its own']]); // prettier-ignore
  });

  it('an experiment is its comparison and its flow', () => {
    const one = experiment({ grid: 'uniform-gamma', dynamics: 'near-end', integrator: { id: 'heun', steps: 7 }, start: 'zero' }); // prettier-ignore
    const flow = experimentFlow(one);
    assert.equal(flow.times.length, 8);
    assert.equal(flow.integrator.id, 'heun');
    assert.ok(flow.z0.every((z) => z === 0) && flow.z0.length === 64);
    assert.ok(integrate(flow).z.every(Number.isFinite));
    const { integrators: methods, steps, grids } = experimentComparison(one);
    assert.deepEqual([methods.length, steps, grids.map(({ label }) => label)], [4, [8, 16, 32, 64, 128], ['uniform-gamma']]); // prettier-ignore
    const own = { denoiser: constantU(1), d: 3, targets: new Float64Array(6).fill(1) };
    assert.equal(experimentFlow(one, { paths: 2, denoiser: own }).z0.length, 6);
    assert.throws(
      () => experimentFlow(experiment({ schedules: [{ id: 'linear-gamma', params: { gammaMin: 20, gammaMax: 30 } }] })),
      new InputError('schedules[0] lies wholly outside the window |log-SNR| <= 15'),
    );
  });
});
