import assert from 'node:assert/strict';
import { aimReached, briefTable, paretoFront, type ComparisonRow } from '../../../src/core/compare';
import { parseExperiment } from '../../../src/core/experiment/document';
import { rowCount } from '../../../webview/tabs/integrators/emptyComparison';

const row = (integrator: string, evaluations: number, error: number, rest: Partial<ComparisonRow> = {}) =>
  ({
    integrator,
    grid: 'uniform-t',
    gridTitle: 'Uniform in t',
    steps: evaluations,
    evaluations,
    error,
    errors: {},
    nearFloor: false,
    milliseconds: 1,
    status: 'done',
    reason: '',
    ...rest,
  }) as ComparisonRow;

const ROWS = [
  row('euler', 8, 0.1),
  row('euler', 16, 0.05),
  row('euler', 32, 0.009),
  row('heun', 8, 0.2),
  row('heun', 16, 0.008),
  row('heun', 32, 0.001),
  row('exponential-1', 8, 0.3),
];

const names = (rows: readonly ComparisonRow[]) =>
  rows.map(({ integrator, evaluations }) => `${integrator} ${evaluations}`);

describe('work and precision', () => {
  it('each method first reaches an aim with its cheapest row that is surely accurate enough', () => {
    assert.deepEqual(names(aimReached(ROWS, 0.01, 0)), ['heun 16', 'euler 32']);
    // where the reference is known to 0.005, an error of 0.008 may be more than 0.01
    assert.deepEqual(names(aimReached(ROWS, 0.01, 0.005)), ['heun 32']);
    assert.deepEqual(aimReached(ROWS, 1e-6, 0), []);
  });

  it('a row is on the front if none is as cheap with a smaller error', () => {
    assert.deepEqual(names(paretoFront(ROWS, ({ evaluations }) => evaluations)), ['euler 8', 'heun 16', 'heun 32']);
    const refused = row('ddim', 1, NaN, { status: 'refused' });
    assert.deepEqual(names(paretoFront([refused], ({ evaluations }) => evaluations)), []);
  });

  it('the table for a paper has what differs, and says the rest once', () => {
    const table = briefTable({ rows: ROWS, norm: 'rms', reference: { errors: {} as never } }, 'Seed 0.');
    assert.deepEqual(table.names, ['Method', 'Steps', 'Eval.', 'Error']);
    assert.deepEqual(table.rows[0], ['Euler', 8, 8, 0.1]);
    assert.equal(table.note, 'Error: RMS, Grid: Uniform in t, Status: done. Seed 0.');
    const mixed = [...ROWS, row('rk4', 4, NaN, { status: 'diverged', grid: 'karras', gridTitle: 'Karras' })];
    assert.deepEqual(briefTable({ rows: mixed, norm: 'rms', reference: { errors: {} as never } }).names, [
      'Method',
      'Grid',
      'Steps',
      'Eval.',
      'Error',
      'Status',
    ]);
  });

  it('the rows of a comparison are counted before it is made', () => {
    const experiment = (comparison: object) =>
      parseExperiment(JSON.stringify({ version: 1, name: 'a', schedules: [{ id: 'cosine' }], comparison })).experiment!;
    assert.equal(rowCount(experiment({ integrators: ['euler', 'heun'], steps: [4, 8, 16] })), 6);
    assert.equal(
      rowCount(experiment({ integrators: ['euler', 'dopri5'], steps: [4], tolerances: [0.1, 0.01], grids: ['uniform-t', 'karras'] })), // prettier-ignore
      2 * 2 + 2,
    );
  });
});
