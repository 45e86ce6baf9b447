import assert from 'node:assert/strict';
import {
  byNorm,
  comparisonTable,
  fitSlope,
  referenceText,
  comparisonVerdict,
  type ComparisonRow,
} from '../../../src/core/compare';
import { tableFormat } from '../../../src/core/text/tables';

const row = (integrator: string, steps: number, evaluations: number, error: number): ComparisonRow => ({
  integrator,
  grid: 'uniform-t',
  steps,
  evaluations,
  gridTitle: 'Uniform in t',
  error,
  errors: byNorm(() => error),
  nearFloor: false,
  milliseconds: 1,
  status: 'done',
  reason: '',
});

describe('a comparison in words', () => {
  const rows = [row('euler', 8, 8, 0.2), row('euler', 64, 64, 0.009), row('heun', 8, 16, 0.008)];

  it('the verdict comes from the rows alone', () => {
    assert.equal(comparisonVerdict(rows, 0.01), 'Heun is the cheapest to an error of 0.01: 16 evaluations a path, where Euler needs 64, of the counts tried.'); // prettier-ignore
    assert.equal(comparisonVerdict(rows, 0.0085), 'Heun is the cheapest to an error of 0.0085: 16 evaluations a path; no other method reaches it here.'); // prettier-ignore
    assert.equal(comparisonVerdict(rows, 1e-3), 'No method reaches an error of 0.001 here: Heun comes closest, 0.008 with 16 evaluations a path.'); // prettier-ignore
    assert.equal(comparisonVerdict([{ ...rows[0]!, status: 'diverged' }], 1), 'No method finished with finite states.');
    assert.equal(comparisonVerdict([], 1), 'There is nothing to compare.');
    assert.deepEqual(fitSlope(rows.slice(0, 2), 1e-3).over, [8]);
  });

  it('what the paths cannot tell is not told, but how many could', () => {
    const by = (steps: number, error: number, sampling: number) => ({
      ...row('euler-maruyama', steps, steps, error),
      sampling,
    });
    const rows = [by(8, 0.0081, 0.062), by(16, 0.015, 0.001), by(32, 0.008, 0.001)];
    assert.equal(
      comparisonVerdict(rows, 0.02, { paths: 64 }),
      'Euler-Maruyama is the cheapest to an error of 0.02: 16 evaluations a path; no other method reaches it here. ' +
        'Whether Euler-Maruyama does so with 8 evaluations (0.0081 ± 0.062) cannot be told by these paths: about 6700 paths would tell.',
    );
    assert.match(
      comparisonVerdict([by(8, 0.018, 0.01)], 0.02),
      /^These paths cannot tell whether a method reaches an error of 0\.02: Euler-Maruyama comes to 0\.018 ± 0\.01 with 8 evaluations a path\.$/,
    );
    assert.match(
      comparisonVerdict([by(8, 0.05, 0.001)], 0.02, { paths: 64 }),
      /^No method reaches an error of 0\.02 here/,
    );
  });

  it('a method that cannot run has its reason', () => {
    const refused: ComparisonRow = { ...row('heun', 8, 0, NaN), status: 'refused', reason: 'heun needs more' };
    assert.equal(
      comparisonVerdict([refused, { ...refused, steps: 16 }], 1),
      'No method can run here: heun needs more.',
    );
    assert.equal(
      comparisonVerdict([refused, { ...refused, status: 'diverged' }], 1),
      'No method finished with finite states.',
    );
  });

  it('no method is called better by less than the reference can tell', () => {
    const exact = [row('exponential-1', 1, 1, 3e-17), row('dpmpp-2m', 1, 1, 2e-17)];
    assert.equal(comparisonVerdict(exact, 0.01, { floor: 1e-14 }), 'Exponential 1 is the cheapest to an error of 0.01: 1 evaluation a path, where DPM-Solver++(2M) needs as many.'); // prettier-ignore
    assert.match(
      comparisonVerdict(exact, 0.01),
      /^DPM-Solver.* where Exponential 1 needs as many, with a larger error\.$/,
    );
    const cannot = 'Whether a method reaches an error of 0.01 cannot be told here: the reference is itself known to 0.05 only.'; // prettier-ignore
    assert.equal(comparisonVerdict(rows, 0.01, { floor: 0.05 }), cannot);
    assert.equal(comparisonVerdict(rows.map((one) => ({ ...one, floor: 0.05 })), 0.01), cannot); // prettier-ignore
    assert.match(
      comparisonVerdict(rows, 0.01, { floor: 5e-4 }),
      /^Heun is the cheapest to an error of 0\.01: 16 evaluations/,
    );
    assert.match(
      comparisonVerdict(rows, 0.0082, { floor: 5e-4 }),
      /^Whether a method reaches an error of 0\.0082 cannot be told/,
    );
  });

  it('the reference has its error, and how many errors are too near to it', () => {
    const reference = { source: 'a fine one', errors: byNorm(({ id }) => (id === 'max' ? 2e-4 : 1e-4)) };
    const textOf = (some: readonly ComparisonRow[]) => referenceText({ reference, norm: 'rms', rows: some });
    assert.equal(textOf(rows), 'Reference: a fine one, its own error about 1·10⁻⁴. Every error is at least 100 times that.'); // prettier-ignore
    const near = [{ ...rows[1]!, nearFloor: true }, rows[0]!];
    assert.match(textOf(near), /about 1·10⁻⁴\. Of the errors 1 is less than 100 times that, and marked ≈\.$/);
    const own = rows.map((one) => ({ ...one, floor: 1e-5 }));
    assert.match(textOf(own), /at most 1·10⁻⁴\. Every error is at least 100 times that of its own\.$/);
    assert.equal(textOf([{ ...rows[0]!, status: 'refused' }]), 'Reference: a fine one.');
  });

  it('a copied table has what each error was measured by', () => {
    const reference = { errors: byNorm(({ id }) => (id === 'max' ? 2e-4 : 1e-4)) };
    const some = [rows[0]!, { ...rows[2]!, floor: 0.002 }, { ...rows[1]!, status: 'diverged', error: NaN } as const];
    const [head, ...lines] = tableFormat('csv')
      .write(comparisonTable({ reference, norm: 'max', rows: some }))
      .split('\n');
    const at = head!.split(',').indexOf('reference’s error');
    assert.match(head!, /,Largest error,/);
    assert.deepEqual(lines.slice(0, 3).map((line) => line.split(',')[at]), ['0.0002', '0.002', 'NaN']); // prettier-ignore
  });
});
