import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, findReference, fitSlope, verdictOf, type ComparisonProblem, type ComparisonRow } from '../../src/core/compare'; // prettier-ignore
import { constantU, createDenoiser, type Denoiser } from '../../src/core/denoisers';
import { createDynamics } from '../../src/core/dynamics';
import { parseExperiment } from '../../src/core/document';
import { experimentComparison, experimentFlow } from '../../src/core/flow';
import { gridOf, grids } from '../../src/core/grids';
import { integrate, integratorOf } from '../../src/core/integrators';
import { normalQuantile, normalQuantiles } from '../../src/core/normal';
import { InputError } from '../../src/core/problem';
import { createSchedule, scheduleIds } from '../../src/core/schedules';
import { sampleLaw, startOf, startStates } from '../../src/core/starts';
import { sigmoid } from '../../src/core/stable';
import { timeOf, windowOf } from '../../src/core/window';
import { Random } from '../../src/core/random';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

/** The methods that experiments compare by default. */
const compared = ['euler', 'heun', 'rk4', 'exponential-1'].map(integratorOf);

const problem: ComparisonProblem = {
  dynamics: createDynamics('probability-flow'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  window: { start: 0, end: 1 },
  grid: gridOf('uniform-t'),
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
    assert.match(reference.source, /^Runge-Kutta 4 with \d+ steps in log-SNR$/);
    assert.ok(reference.error > 0 && reference.error < 1e-12, String(reference.error));
  });

  it('its estimate bounds the true error of a cheap reference', () => {
    const search = (budget: number) => {
      const pieces = findReference({ ...problem, budget });
      let next = pieces.next();
      while (!next.done) next = pieces.next();
      return next.value;
    };
    const [cheap, best] = [search(600), search(131072)];
    const actual = Math.sqrt(cheap.z.reduce((sum, z, i) => sum + (z - best.z[i]!) ** 2, 0) / 64);
    close(Math.log10(cheap.error / actual), 0, 0.2, 'estimated over true error');
    assert.ok(cheap.evaluations <= 600 && best.evaluations <= 131072);
  });

  it('measures every method at every step count, with the expected slopes', () => {
    let time = 0;
    const { result, seen } = finish(problem, () => (time += 2));
    assert.equal(result.rows.length, 20);
    assert.deepEqual(seen.at(-1), { done: 21, total: 21, row: result.rows.at(-1) });
    assert.ok(result.rows.every((row) => row.status === 'done' && row.milliseconds === 2 && row.grid === 'uniform-t'));
    assert.deepEqual(result.rows.find((row) => row.integrator === 'rk4' && row.steps === 32)?.evaluations, 128);
    result.slopes.forEach(({ order, steps }, i) => {
      close(order!, compared[i]!.order, 0.15, compared[i]!.id);
      assert.deepEqual(steps, [32, 64, 128]);
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
    assert.deepEqual(rows.map((row) => row.status), ['done', 'diverged', 'done', 'diverged']); // prettier-ignore
    assert.equal(rows[1]!.reason, '64 of 64 numbers are not finite at the end: take more steps or another method');
    assert.ok(Number.isNaN(rows[1]!.error));
    assert.match(lost, /^No error can be measured: the reference does not end in finite states/);
    const refused = finish({ ...problem, dynamics: createDynamics('residual'), steps: [8], integrators: [integratorOf('exponential-1'), integratorOf('heun')] }).result; // prettier-ignore
    assert.deepEqual(refused.rows.map((row) => row.status), ['refused', 'done']); // prettier-ignore
    assert.match(refused.rows[0]!.reason, /^exponential-1 needs an integrating factor and a clock/);
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

  it('refuses a flow with noise, and each stochastic method on one without', () => {
    const noisy = { ...problem, dynamics: createDynamics('noprop-forward'), noise: true };
    assert.throws(() => finish(noisy), new InputError('integrators are compared on one path from each start, and dynamics.noise is on: turn it off to compare them')); // prettier-ignore
    const { rows } = finish({ ...problem, steps: [8], integrators: [integratorOf('posterior-step')] }).result;
    assert.deepEqual(rows.map(({ status, reason }) => [status, reason]), [['refused', 'posterior-step draws noise, and the dynamics probability-flow has none of its own']]); // prettier-ignore
  });

  it('the verdict comes from the rows alone', () => {
    const row = (integrator: string, steps: number, evaluations: number, error: number): ComparisonRow => ({
      integrator,
      grid: 'uniform-t',
      steps,
      evaluations,
      error,
      milliseconds: 1,
      status: 'done',
      reason: '', // prettier-ignore
    });
    const rows = [row('euler', 8, 8, 0.2), row('euler', 64, 64, 0.009), row('heun', 8, 16, 0.008)];
    assert.equal(verdictOf(rows, 0.01), 'Heun is the cheapest to an error of 0.01: 16 evaluations a path, where Euler needs 64.'); // prettier-ignore
    assert.equal(verdictOf(rows, 0.0085), 'Heun is the cheapest to an error of 0.0085: 16 evaluations a path; no other method reaches it here.'); // prettier-ignore
    assert.equal(verdictOf(rows, 1e-3), 'No method reaches an error of 0.001 here: Heun comes closest, 0.008 with 16 evaluations a path.'); // prettier-ignore
    assert.equal(verdictOf([{ ...rows[0]!, status: 'diverged' }], 1), 'No method finished with finite states.');
    assert.equal(verdictOf([], 1), 'There is nothing to compare.');
    assert.deepEqual(fitSlope('euler', rows, 1e-3).steps, [64].slice(1).concat(8));
  });

  it('an experiment is its comparison and its flow', () => {
    const one = experiment({ grid: 'uniform-gamma', dynamics: 'near-end', integrator: { id: 'heun', steps: 7 }, start: 'zero' }); // prettier-ignore
    const flow = experimentFlow(one);
    assert.equal(flow.times.length, 8);
    assert.equal(flow.integrator.id, 'heun');
    assert.ok(flow.z0.every((z) => z === 0) && flow.z0.length === 64);
    assert.ok(integrate(flow).z.every(Number.isFinite));
    const { integrators: methods, steps, grid } = experimentComparison(one);
    assert.deepEqual([methods.length, steps, grid.id], [4, [8, 16, 32, 64, 128], 'uniform-gamma']);
    const own = { denoiser: constantU(1), d: 3, targets: new Float64Array(6).fill(1) };
    assert.equal(experimentFlow(one, { paths: 2, denoiser: own }).z0.length, 6);
    assert.throws(
      () => experimentFlow(experiment({ schedules: [{ id: 'linear-gamma', params: { gammaMin: 20, gammaMax: 30 } }] })),
      new InputError('schedules[0] lies wholly outside the window |log-SNR| <= 15'),
    );
  });
});

describe('grids', () => {
  for (const row of grids)
    for (const id of scheduleIds)
      it(`${row.id} on ${id}: ascends from end to end of the window`, () => {
        const schedule = createSchedule(id);
        const window = windowOf(schedule, 15)!;
        const times = row.times(schedule, window, 40);
        assert.equal(times.length, 41);
        assert.deepEqual([times[0], times[40]], [window.start, window.end]);
        for (let i = 1; i < 41; i++) assert.ok(times[i]! > times[i - 1]!);
        if (row.id !== 'uniform-gamma') return;
        const [from, to] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
        times.forEach((t, i) => {
          // Near a pole neighbouring times are far apart in gamma.
          const blur = 2 ** -53 * schedule.logSnrRate(t);
          close(schedule.logSnr(t), from + ((to - from) * i) / 40, 1e-8 + blur, `point ${i}`);
        });
      });

  it('gamma is inverted to the last bits of t', () => {
    for (const id of scheduleIds) {
      const schedule = createSchedule(id);
      const window = windowOf(schedule, 15)!;
      fc.assert(
        fc.property(fc.double({ min: window.start, max: window.end, noNaN: true }), (t) => {
          const found = timeOf(schedule, schedule.logSnr(t), window);
          // gamma itself is rounded, which moves t by that over its slope.
          const blur = (8e-15 * (1 + Math.abs(schedule.logSnr(t)))) / schedule.logSnrRate(t);
          close(found, t, 4e-16 + blur, id);
        }),
      );
    }
  });
});

describe('starts', () => {
  const place = { n: 40_000, d: 1, logSnr: -0.5, seed: 4 };
  const law = { weights: [1], means: [2], sds: [0] };

  it('normal, zero and exact have their laws', () => {
    const mean = (z: Float64Array) => z.reduce((a, b) => a + b) / z.length;
    const spread = (z: Float64Array) => {
      const middle = mean(z);
      return mean(z.map((value) => (value - middle) ** 2));
    };
    const normal = startStates('normal', { ...place, law });
    close(mean(normal), 0, 0.02);
    close(spread(normal), 1, 0.03);
    assert.ok(startStates('zero', place).every((z) => z === 0));
    const exact = startStates('exact', { ...place, law });
    close(mean(exact), 2 * Math.sqrt(sigmoid(-0.5)), 0.02);
    close(spread(exact), sigmoid(0.5), 0.03);
    assert.deepEqual(startStates('normal', place), startStates('normal', place));
    assert.deepEqual([...startStates('normal', { ...place, n: 5 })], [...startStates('normal', place).subarray(0, 5)]);
    assert.throws(() => startOf('x'), /unknown start "x": choose one of normal, zero, exact/);
  });

  it('a law is drawn with its weights', () => {
    const z = sampleLaw({ weights: [0.4, 0.6], means: [-1, 1], sds: [0, 0] }, 20_000, Random.stream(2, 'targets'));
    close(z.filter((value) => value === -1).length / z.length, 0.4, 0.015);
  });

  it('normal quantiles', () => {
    // Values of NormalDist().inv_cdf in Python.
    const expected = { 1e-300: -37.0470962993612, 1e-10: -6.361340902404056, 0.01: -2.3263478740408408, 0.3: -0.5244005127080407, 0.9999: 3.7190164854557084 }; // prettier-ignore
    for (const [p, value] of Object.entries(expected)) close(normalQuantile(Number(p)) / value, 1, 1e-15, p);
    assert.deepEqual([0, 0.5, 1].map(normalQuantile), [-Infinity, 0, Infinity]);
    close(normalQuantiles(64).reduce((a, b) => a + b), 0, 1e-13); // prettier-ignore
  });
});
