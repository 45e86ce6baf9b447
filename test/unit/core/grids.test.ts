import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, gridChoice } from '../../../src/core/compare';
import { constantU } from '../../../src/core/denoisers';
import { parseExperiment } from '../../../src/core/experiment/document';
import { createDynamics } from '../../../src/core/dynamics';
import { experimentComparison, experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { createGrid, gridIds, grids } from '../../../src/core/grids';
import { gridLabel } from '../../../src/core/grids/entry';
import { integratorOf } from '../../../src/core/integrators';
import { InputError } from '../../../src/core/registry/problem';
import { createSchedule, scheduleIds } from '../../../src/core/schedules';
import { timeOf, windowOf } from '../../../src/core/schedules/window';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const { clock } = createDynamics('noprop-forward');
const line = createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 });
const whole = { schedule: line, window: { start: 0, end: 1 }, clock };

/** The rows of a table of 1000 at which steps begin, from the times of a grid, the first aside. */
const rowsOf = (id: string, steps: number, params = {}) =>
  Array.from(createGrid(id, params).times(whole, steps).subarray(1, -1), (t) => (1 - t) * 1000 - 1);

describe('grids', () => {
  for (const { id, takes } of grids)
    for (const schedule of scheduleIds)
      it(`${id} on ${schedule}: ascends from end to end of the window`, () => {
        const one = createSchedule(schedule);
        const window = windowOf(one, 15)!;
        const grid = createGrid(id, {}, takes ? [0, 0.1, 0.5, 0.9, 1] : []);
        const times = grid.times({ schedule: one, window, clock }, 40);
        assert.deepEqual([times[0], times.at(-1)], [window.start, window.end]);
        for (let i = 1; i < times.length; i++) assert.ok(times[i]! > times[i - 1]!, `place ${i}`);
        const asked = grid.count?.({ schedule: one, window, clock }) ?? 40;
        // Rows of a table that lie outside the window have no step.
        if (['trailing', 'leading', 'linspace', 'flow-terminal', 'distilled', 'even-times'].includes(id))
          assert.ok(times.length <= 41 && times.length > 5);
        else assert.equal(times.length, asked + 1);
      });

  it('equal steps are equal in what the grid says: t, gamma, psi, a root of sigma, a root of the time left', () => {
    const one = createSchedule('cosine');
    const window = windowOf(one, 9)!;
    const forward = createDynamics('noprop-forward').clock!;
    const measures: [id: string, params: object, of: (t: number) => number][] = [
      ['uniform-t', {}, (t) => t],
      ['uniform-gamma', {}, one.logSnr],
      ['uniform-psi', {}, (t) => Math.exp(forward.logPsi(one.logSnr(t)))],
      ['karras', {}, (t) => Math.exp(-one.logSnr(t) / 2 / 7)],
      ['karras', { rho: 1 }, (t) => Math.exp(-one.logSnr(t) / 2)],
      ['quadratic', {}, (t) => Math.sqrt(window.end - t)],
      ['quadratic', { exponent: 0.5 }, (t) => (window.end - t) ** 2],
    ];
    for (const [id, params, of] of measures) {
      const times = createGrid(id, params).times({ schedule: one, window, clock: forward }, 12);
      const [from, to] = [of(window.start), of(window.end)];
      times.forEach((t, k) =>
        close((of(t) - from) / (to - from), k / 12, 1e-8, `${id} ${JSON.stringify(params)}, place ${k}`),
      );
    }
  });

  it('noise levels end at the least noisy row of a table, and the last step removes the rest', () => {
    const table = createSchedule('discrete', { betaStart: 0.00085, betaEnd: 0.012 }, { rule: 'scaled_linear' });
    const place = { schedule: table, window: windowOf(table, 15)! };
    const sigma = (t: number) => Math.exp(-table.logSnr(t) / 2);
    for (const id of ['karras-sigmas', 'exponential-sigmas', 'beta-sigmas']) {
      const times = createGrid(id).times(place, 10);
      close(times[9]!, 0.999, 1e-12, id);
      assert.equal(times.length, 11);
      const limited = createGrid(id, { sigmaMin: 0.1, sigmaMax: 10 }).times(place, 5);
      close(sigma(limited[4]!), 0.1, 1e-12, `${id}, sigmaMin`);
      const shifted = { schedule: createSchedule('rectified-flow', { shift: 3 }), window: { start: 0, end: 1 } };
      const flow = createGrid(id, { flow: 1, sigmaMax: 1, sigmaMin: 0.003 }).times(shifted, 5);
      // the share of noise m s/(1 + (m - 1) s), s = 1 - t
      close(flow[4]!, 1 - 0.003 / (3 - 2 * 0.003), 1e-12, `${id}, flow`);
    }
  });

  it('leading begins at a row that the table has, or says which one it lacks', () => {
    const message =
      '1000 steps of the grid leading begin at row 1000, and its table ends at row 999: take fewer steps, or offset 0';
    assert.throws(() => createGrid('leading', { offset: 1 }).times(whole, 1000), new InputError(message));
    assert.deepEqual(rowsOf('leading', 3, { offset: 1 }).map(Math.round), [334, 1]);
    assert.equal(createGrid('leading', { offset: 1 }).times(whole, 7).length, 8);
    assert.equal(createGrid('leading').times(whole, 1000).length, 1001);
  });

  it('steps of equal psi need a clock, and are those of the dynamics that has it', () => {
    const flow = createDynamics('probability-flow').clock!;
    const times = createGrid('uniform-psi').times({ ...whole, clock: flow }, 3);
    // psi = exp(gamma / 2).
    const [from, to] = [Math.exp(-3), Math.exp(3)];
    close(line.logSnr(times[1]!), 2 * Math.log(from + (to - from) / 3), 1e-9);
    const message = 'the grid uniform-psi needs a clock, and the dynamics has none: choose another grid';
    assert.throws(() => createGrid('uniform-psi').times({ ...whole, clock: undefined }, 3), new InputError(message));
    const wide = { ...whole, schedule: createSchedule('linear-gamma', { gammaMin: -700, gammaMax: 700 }) };
    assert.ok(createGrid('uniform-psi').times(wide, 20).every(Number.isFinite), 'psi itself overflows here');
    const problem = { dynamics: createDynamics('residual'), denoiser: constantU(1), ...whole, z0: new Float64Array(1), n: 1, d: 1, integrators: [integratorOf('euler')], steps: [4], grids: [gridChoice({ id: 'uniform-psi', params: {} })] }; // prettier-ignore
    const pieces = compare(problem, () => 0);
    let next = pieces.next();
    while (!next.done) next = pieces.next();
    assert.deepEqual(next.value.rows.map(({ status, reason }) => [status, reason]), [['refused', message]]); // prettier-ignore
  });

  it('tables of 1000 rows: the rows that diffusers takes for 10 and for 7 steps', () => {
    const near = (found: number[], expected: number[]) => {
      assert.equal(found.length, expected.length);
      found.forEach((row, k) => close(row, expected[k]!, 1e-9, `row ${k}`));
    };
    near(rowsOf('trailing', 10), [899, 799, 699, 599, 499, 399, 299, 199, 99]);
    near(rowsOf('leading', 10), [800, 700, 600, 500, 400, 300, 200, 100, 0]);
    near(rowsOf('leading', 10, { offset: 1 }), [801, 701, 601, 501, 401, 301, 201, 101, 1]);
    near(rowsOf('linspace', 10), [888, 777, 666, 555, 444, 333, 222, 111, 0]);
    near(rowsOf('linspace', 7, { whole: 0 }), [832.5, 666, 499.5, 333, 166.5, 0]);
    near(rowsOf('distilled', 4), [759, 499, 259]);
    near(rowsOf('distilled', 3), [679, 339]);
    assert.throws(() => createGrid('distilled').times(whole, 51), new InputError('the grid distilled has 50 rows, too few for 51 steps')); // prettier-ignore
    assert.throws(() => createGrid('distilled', { rows: 10 }), new InputError('taught must be at most the 10 rows of the table: got 50')); // prettier-ignore
    near(rowsOf('trailing', 7), [856, 713, 570, 428, 285, 142]);
    near(rowsOf('leading', 7), [710, 568, 426, 284, 142, 0]);
    near(rowsOf('linspace', 7), [832, 666, 500, 333, 166, 0]);
    assert.throws(() => createGrid('trailing', { rows: 10 }).times(whole, 11), new InputError('the grid trailing has 10 rows, too few for 11 steps')); // prettier-ignore
    assert.equal(createGrid('trailing', { rows: 10 }).times(whole, 10).length, 11);
  });

  it('even times are counted from time to time, not from end to end of the window', () => {
    const place = { ...whole, window: { start: 0.01, end: 0.99 } };
    assert.deepEqual([...createGrid('even-times').times(place, 4)], [0.01, 0.25, 0.5, 0.75, 0.99]);
    assert.deepEqual([...createGrid('even-times', { first: 0.2, last: 0.8 }).times(place, 2)], [0.01, 0.5, 0.99]);
    assert.throws(() => createGrid('even-times', { first: 1 }), new InputError('last must be greater than first (1): got 1')); // prettier-ignore
  });

  it('given times: those in the window, with its ends', () => {
    const grid = createGrid('list', {}, [0, 0.1, 0.5, 0.95]);
    const place = { ...whole, window: { start: 0.2, end: 0.9 } };
    assert.deepEqual([...grid.times(place, 99)], [0.2, 0.5, 0.9]);
    assert.equal(grid.count!(place), 2);
    assert.throws(() => createGrid('list', {}, [0.5, 0.4]), new InputError('list: times must ascend from 0 to 1: got 0.4 at place 2')); // prettier-ignore
    assert.throws(() => createGrid('x'), new InputError(`unknown grid "x": choose one of ${gridIds.join(', ')}`));
    assert.throws(() => createGrid('karras', { rho: -1 }), /karras: rho must be a number from 0.1 to 100: got -1/);
  });

  it('in a document: an id, or an object with parameters or times', () => {
    const flowOf = (grid: unknown, comparison = {}) => {
      const { experiment, problems } = parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'linear-gamma' }], grid, comparison, integrator: { steps: 4 } })); // prettier-ignore
      assert.ok(experiment, JSON.stringify(problems));
      return { flow: experimentFlow(experiment), comparison: experimentComparison(experiment), experiment, problems };
    };
    assert.deepEqual([...flowOf('uniform-t').flow.times], [0, 0.25, 0.5, 0.75, 1]);
    assert.deepEqual([...flowOf({ id: 'list', times: [0, 0.3, 1] }).flow.times], [0, 0.3, 1]);
    assert.deepEqual(flowOf({ id: 'karras' }).experiment.grid, { id: 'karras', params: { rho: 7 } });
    const other = flowOf(
      { id: 'karras', params: { rho: 3, mine: 1 } },
      { grids: ['quadratic', { id: 'list', times: [0.5] }] },
    );
    assert.equal(gridLabel(other.experiment.grid), 'karras (ρ 3)');
    assert.match(other.problems[0]!.message, /karras has no parameter "mine"/);
    assert.deepEqual(other.comparison.grids.map(({ label, title }) => [label, title]), [['quadratic', 'Quadratic'], ['list (1 times)', 'Given times (1 times)']]); // prettier-ignore
  });

  it('in a comparison each grid is there once, and no two of them have one name', () => {
    const grids = [{ id: 'list', times: [0.2, 0.5] }, { id: 'list', times: [0.7, 0.9] }, 'quadratic', 'quadratic'];
    const comparison = { grids, integrators: ['heun', 'rk4', 'heun'], steps: [4, 4, 8], tolerances: [1e-3, 1e-3] };
    const { experiment } = parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'linear-gamma' }], comparison })); // prettier-ignore
    const made = experimentComparison(experiment!);
    assert.deepEqual(made.grids.map(({ label }) => label), ['list (2 times)', 'list (2 times) no. 2', 'quadratic']); // prettier-ignore
    assert.deepEqual(made.grids.map(({ title }) => title), ['Given times (2 times)', 'Given times (2 times) no. 2', 'Quadratic']); // prettier-ignore
    assert.deepEqual(made.integrators.map(({ id }) => id), ['heun', 'rk4']); // prettier-ignore
    assert.deepEqual([made.steps, made.tolerances], [[4, 8], [1e-3]]);
    const pieces = compare(made, () => 0);
    let next = pieces.next();
    while (!next.done) next = pieces.next();
    const { rows, slopes } = next.value;
    assert.equal(rows.length, 2 * (1 + 1 + 2));
    assert.deepEqual(slopes.map(({ grid }) => grid), [...made.grids, ...made.grids].map(({ label }) => label), 'no order is fitted across lists'); // prettier-ignore
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

  it('times close to a pole ascend, however wide the window: where no number lies between two, they are one', () => {
    for (const id of scheduleIds) {
      const schedule = createSchedule(id);
      const window = windowOf(schedule, 700)!;
      for (const grid of gridIds.filter((one) => one !== 'list')) {
        const times = createGrid(grid).times({ schedule, window, clock }, 7);
        assert.ok(
          times.every((t, k) => k === 0 || t > times[k - 1]!),
          `${id}, ${grid}: ${times.join(' ')}`,
        );
        assert.deepEqual([times[0], times.at(-1)], [window.start, window.end]);
      }
    }
  });

  it('gamma is inverted at times that are close to 0', () => {
    const schedule = createSchedule('sigmoid');
    const window = windowOf(schedule, 700)!;
    for (const logSnr of [-690, -500, -300, -100]) {
      const t = timeOf(schedule, logSnr, window);
      close(schedule.logSnr(t), logSnr, 1e-9, `at ${t}`);
    }
  });
});
