import assert from 'node:assert/strict';
import {
  benchmarks,
  compare,
  exactMoments,
  gridChoice,
  methodMoments,
  norms,
  type ComparisonProblem,
  type ComparisonRow,
} from '../../../src/core/compare';
import { Brownian, divided } from '../../../src/core/compare/brownian';
import { comparePathwise } from '../../../src/core/compare/pathwise';
import { createDenoiser, gaussianU } from '../../../src/core/denoisers';
import { parseExperiment } from '../../../src/core/experiment/document';
import { createDynamics } from '../../../src/core/dynamics';
import { experimentComparison } from '../../../src/core/experiment/experimentFlow';
import { integratorOf, runToEnd } from '../../../src/core/integrators';
import { uniform } from '../../../src/core/math/spacing';
import { Random } from '../../../src/core/math/random';
import { createSchedule } from '../../../src/core/schedules';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const sde = ['posterior-step', 'euler-maruyama', 'sra1'];

const problem: ComparisonProblem = {
  dynamics: createDynamics('noprop-forward'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  noise: true,
  window: { start: 0, end: 1 },
  grids: [gridChoice({ id: 'uniform-t', params: {} })],
  integrators: [...sde, 'heun'].map(integratorOf),
  steps: [16, 32, 64, 128],
  z0: Random.stream(7, 'start').normals(new Float64Array(100)),
  n: 100,
  d: 1,
  seed: 7,
};

function finish(one: ComparisonProblem) {
  const pieces = compare(one, () => 0);
  let next = pieces.next();
  while (!next.done) next = pieces.next();
  return next.value;
}

const rowsOf = (rows: readonly ComparisonRow[], id: string) => rows.filter(({ integrator }) => integrator === id);

/** The problem with data N(m, q^2), m = q = .5, from the exact law of the first time. */
const a = 1 / (1 + Math.exp(6));
const gaussian = { ...problem, denoiser: gaussianU(0.5, 0.5), startMoments: { mean: Math.sqrt(a) * 0.5, variance: a * 0.25 + 1 - a } }; // prettier-ignore

describe('comparison with noise', () => {
  it('runs the stochastic methods, and each other row says why it is refused', () => {
    const { rows, reference } = finish(problem);
    assert.ok(rowsOf(rows, 'heun').every(({ status, reason }) => status === 'refused' && reason === 'heun follows an ODE, and dynamics.noise is on: choose a stochastic method or turn the noise off')); // prettier-ignore
    for (const id of sde)
      assert.ok(
        rowsOf(rows, id).every(({ status }) => status === 'done'),
        id,
      );
    assert.match(reference.source, /along the same Brownian paths/);
  });

  it('path by path the strong orders are seen: 1, 1 and 1.5; errors are many times their floor', () => {
    const { rows, slopes } = finish(gaussian);
    for (const { integrator, order, nominal } of slopes.filter(({ integrator: id }) => sde.includes(id))) {
      assert.equal(nominal, integratorOf(integrator).order);
      assert.ok(order! > nominal - 0.15, `${integrator}: ${order}`);
    }
    for (const row of rows.filter(({ status }) => status === 'done')) {
      assert.ok(row.floor! > 0 && row.floor! < row.error / 100, `${row.integrator} ${row.steps}: ${row.floor} of ${row.error}`); // prettier-ignore
      assert.ok(row.sampling! > 0 && row.sampling! < row.error / 4, `${row.integrator} ${row.steps}: ${row.sampling}`);
    }
  });

  it('a single step is followed as finely as many, so that its error too is 100 times that of what it is measured by', () => {
    const { rows } = finish({ ...gaussian, steps: [1, 2, 4] });
    for (const row of rows.filter(({ integrator }) => sde.includes(integrator)))
      assert.ok(!row.nearFloor && row.floor! > 0 && row.floor! < row.error / 100, `${row.integrator} ${row.steps}: ${row.floor} of ${row.error}`); // prettier-ignore
  });

  it('paths that must be carried together, and whose noise would not fit in memory, are refused; the rest run', () => {
    const { rows } = finish({ ...problem, together: true, budget: 1500, integrators: [integratorOf('euler-maruyama')], steps: [8, 100_000], z0: new Float64Array(2000), n: 1000, d: 2 }); // prettier-ignore
    assert.deepEqual(rows.map(({ status, reason }) => [status, reason]), [['done', ''], ['refused', '1000 paths of 100000 steps with their noise do not fit in memory: take fewer']]); // prettier-ignore
  });

  it('for Gaussian data the mean and the variance are compared without sampling, as published', () => {
    const published = { 'posterior-step': [0.1777555273, 0.2103832321, 0.229857072, 0.2405181766], 'euler-maruyama': [0.2748638223, 0.2622715046, 0.2568337248, 0.2542909304] }; // prettier-ignore
    const { rows, reference, verdict } = finish({ ...gaussian, norm: 'variance' });
    assert.match(reference.source, /^the exact mean and variance/);
    for (const [id, variances] of Object.entries(published))
      rowsOf(rows, id).forEach(({ error, sampling, evaluations, steps }, k) => {
        close(error, Math.abs(variances[k]! - 0.2518544674), 1.1e-10, `${id} ${steps}`);
        assert.equal(sampling, undefined);
        assert.equal(evaluations, steps);
      });
    assert.match(verdict, /SRA1 .*an error in the variance of 0.01/);
    const mean = finish({ ...gaussian, norm: 'mean' });
    for (const { error } of rowsOf(mean.rows, 'posterior-step')) assert.ok(error < 1e-13, String(error));
    [0.518084826, 0.508566437, 0.503934616, 0.50164848].forEach((value, k) =>
      close(rowsOf(mean.rows, 'euler-maruyama')[k]!.error, value - 0.4993814616, 6e-10, `mean ${k}`),
    );
    const orders = Object.fromEntries(finish({ ...gaussian, norm: 'variance', steps: [64, 128, 256, 512] }).slopes.map(({ integrator, order, nominal }) => [integrator, [order, nominal]])); // prettier-ignore
    close(orders.sra1![0]!, 2, 0.1, 'weak order of SRA1');
    assert.equal(orders.sra1![1], 2);
  });

  it('what paths drawn by chance say of the weak errors is what the recursion says, within its standard error', () => {
    const n = 1000;
    const exact = exactMoments(gaussian, gaussian.startMoments)!;
    const start = Random.stream(3, 'start').normals(new Float64Array(n));
    const { mean, variance } = gaussian.startMoments;
    const z0 = start.map((z) => mean + Math.sqrt(variance) * z);
    const times = { 16: uniform(0, 1, 17), 64: uniform(0, 1, 65) };
    for (const id of ['posterior-step', 'euler-maruyama'])
      for (const [steps, grid] of Object.entries(times)) {
        const run = comparePathwise({ ...gaussian, z0, n }, integratorOf(id), grid, () => 0, new Map());
        const { errors, sampling, floor } = runToEnd(run);
        const own = methodMoments(gaussian, integratorOf(id), grid, gaussian.startMoments);
        for (const norm of norms) {
          if (!('lawDistance' in norm)) continue;
          const [error, chance] = [errors[norm.id], sampling[norm.id]];
          // of 1000 paths, whose differences path by path leave little to chance
          assert.ok(chance > 0 && chance < 0.0055, `${norm.id} ${id} ${steps}: ${chance}`);
          close(error, norm.lawDistance(own, exact), 4 * chance + 2 * floor[norm.id], `${norm.id} ${id} ${steps}`);
        }
      }
  });

  it('the law of a method by recursion is what its paths have', () => {
    const times = Float64Array.of(0, 0.3, 0.4, 0.8, 1);
    const { evaluations, variance } = methodMoments(problem, integratorOf('sra1'), times, { mean: 0, variance: 1 });
    assert.equal(evaluations, 8);
    assert.ok(Number.isFinite(variance));
  });

  it('draws made of fine ones are normal, and their parts independent', () => {
    const flow = { ...problem, noise: true };
    const times = Float64Array.of(0, 0.2, 0.7, 1);
    const fine = divided(flow, times, 8);
    assert.equal(fine.length, 25);
    const size = 20_000;
    const paths = new Brownian(fine, size, Random.stream(1, 'noise'));
    const out = () => new Float64Array(size);
    const area = paths.draws(integratorOf('sra1'), flow, times);
    const exact = paths.draws(integratorOf('posterior-step'), flow, times);
    const drawn = [area.normals(out()), area.normals(out()), area.normals(out()), exact.normals(out())];
    for (const [i, one] of drawn.entries()) {
      close(one.reduce((sum, x) => sum + x, 0) / size, 0, 4 / Math.sqrt(size), `mean ${i}`);
      close(one.reduce((sum, x) => sum + x * x, 0) / size, 1, 4 * Math.sqrt(2 / size), `variance ${i}`);
    }
    for (const [i, k] of [[0, 1], [0, 2], [1, 2]] as const) // prettier-ignore
      close(drawn[i]!.reduce((sum, x, j) => sum + x * drawn[k]![j]!, 0) / size, 0, 4 / Math.sqrt(size), `${i} and ${k}`); // prettier-ignore
  });

  it('many paths are carried some at a time, and a caller can stop in between', () => {
    const z0 = Random.stream(5, 'start').normals(new Float64Array(1100));
    const pieces = compare({ ...problem, z0, n: 1100, integrators: [integratorOf('sra1')], steps: [128] }, () => 0);
    const seen = [];
    for (let next = pieces.next(); !next.done; next = pieces.next()) seen.push(next.value.done);
    assert.ok(seen.length > 4, seen.join());
  });

  it('the built-in problems stand in for the experiment’s own, without touching it', () => {
    const document = { version: 1, schedules: [{ id: 'cosine' }], dynamics: { id: 'noprop-forward', noise: true } };
    const of = (comparison: object, rest: object = {}) => {
      const { experiment, problems } = parseExperiment(JSON.stringify({ ...document, ...rest, comparison }));
      assert.ok(experiment, JSON.stringify(problems));
      return experimentComparison(experiment);
    };
    const { startMoments, schedule } = of({ problem: 'gaussian' });
    close(startMoments!.mean, gaussian.startMoments.mean, 1e-15);
    close(startMoments!.variance, gaussian.startMoments.variance, 1e-15);
    close(schedule.logSnr(0.75), 3, 1e-14);
    const fixed = of({ problem: 'mixture', paths: 64 }, { dynamics: 'probability-flow' });
    const { reference } = finish({ ...fixed, steps: [8] });
    [[0, -1.62886315], [31, 0.68007711], [32, 0.71262093], [63, 1.67147492]].forEach(([i, z]) => close(reference.z[i!]!, z!, 5.001e-9)); // prettier-ignore
    assert.equal(of({}).schedule.logSnr(0.5), createSchedule('cosine').logSnr(0.5));
    const wrong = parseExperiment(JSON.stringify({ ...document, comparison: { problem: 'x' } })).problems;
    assert.equal(wrong[0]!.message, `unknown problem "x": choose one of ${benchmarks.map(({ id }) => id).join(', ')}`);
  });
});
