import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  calibrationOf,
  classRows,
  halfWidth,
  meanRow,
  pairedDifference,
  meanOverSeeds,
  ClassProbabilities,
} from '../../../src/core/evaluation';
import { studentCdf, studentQuantile } from '../../../src/core/evaluation/studentT';

const close = (actual: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} where ${expected} is expected`);

describe('calibration', () => {
  it('bins rows by the largest probability, and weighs the gap of each bin by its rows', () => {
    // by hand: (0.5, 0.6]: one row of 0.6, right; (0.8, 0.9]: 0.85 wrong and 0.9 right; (0.9, 1]: 1 right
    const probabilities = [0.6, 0.4, 0.15, 0.85, 0.9, 0.1, 0, 1];
    const made = calibrationOf(probabilities, [0, 0, 0, 1], 2);
    assert.deepEqual(
      made.bins.map(({ count }) => count),
      [0, 0, 0, 0, 0, 1, 0, 0, 2, 1],
    );
    close(made.bins[8]!.confidence, 0.875);
    close(made.bins[8]!.accuracy, 0.5);
    assert.ok(Number.isNaN(made.bins[0]!.accuracy));
    close(made.accuracy, 0.75);
    close(made.confidence, (0.6 + 0.85 + 0.9 + 1) / 4);
    close(made.error, (0.4 + 2 * 0.375 + 0) / 4);
  });

  it('is 0 where the confidence is the accuracy, and the gap where it is not', () => {
    const rows = (confidence: number, right: number) =>
      calibrationOf(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 - confidence : confidence)),
        Array.from({ length: 10 }, (_, i) => (i < right ? 0 : 1)),
        2,
      ).error;
    close(rows(0.7, 7), 0);
    close(rows(0.9, 7), 0.2);
    close(rows(1, 5), 0.5);
  });

  it('puts every row in one bin, for any number of bins', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        (values, count) => {
          const made = calibrationOf(
            values.flatMap((p) => [p, 1 - p]),
            values.map(() => 0),
            2,
            count,
          );
          assert.equal(
            made.bins.reduce((sum, bin) => sum + bin.count, 0),
            values.length,
          );
          assert.ok(made.error >= 0 && made.error <= 1);
          made.bins.forEach((bin, b) => {
            if (bin.count) assert.ok(bin.confidence > b / count - 1e-6 && bin.confidence < (b + 1) / count + 1e-6);
          });
        },
      ),
    );
  });

  it('gives the frequency of votes over starts, or the mean of probabilities', () => {
    const votes = new ClassProbabilities(2, 3);
    for (const labels of [
      [0, 2],
      [0, 1],
      [1, 2],
      [0, 2],
    ])
      votes.addLabels(labels);
    assert.deepEqual([...votes.probabilities()], [0.75, 0.25, 0, 0, 0.25, 0.75]);
    const soft = new ClassProbabilities(1, 2);
    soft.addProbabilities([0.5, 0.5]);
    soft.addProbabilities([1, 0]);
    assert.deepEqual([...soft.probabilities()], [0.75, 0.25]);
  });
});

describe('scores of classes', () => {
  // true class down, label given across
  const confusion = [8, 2, 0, 1, 9, 0, 5, 0, 0];

  it('have precision, recall and F1 as computed by hand', () => {
    const [a, b, c] = classRows(confusion, ['a', 'b', 'c']);
    assert.deepEqual([a!.count, a!.given, b!.count, b!.given, c!.count, c!.given], [10, 14, 10, 11, 5, 0]);
    close(a!.precision, 8 / 14);
    close(a!.recall, 0.8);
    close(a!.f1, 16 / 24);
    close(b!.f1, 18 / 21);
    assert.deepEqual([c!.precision, c!.recall, c!.f1], [NaN, 0, 0]);
  });

  it('have a mean over the classes that have a value', () => {
    const mean = meanRow(classRows(confusion, ['a', 'b', 'c']));
    assert.deepEqual([mean.count, mean.given], [25, 25]);
    close(mean.precision, (8 / 14 + 9 / 11) / 2);
    close(mean.recall, (0.8 + 0.9 + 0) / 3);
  });
});

describe('statistics over seeds', () => {
  it('student’s quantiles are those of the tables', () => {
    close(studentQuantile(0.975, 1), Math.tan(0.475 * Math.PI), 1e-9);
    close(studentQuantile(0.975, 2), 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 1e-11);
    close(studentQuantile(0.975, 4), 2.776445105198, 1e-10);
    close(studentQuantile(0.975, 9), 2.262157162798, 1e-10);
    close(studentQuantile(0.975, 30), 2.042272456301, 1e-10);
    close(studentCdf(0, 5), 0.5);
    close(studentCdf(-1, 1), 0.25);
  });

  it('mean, spread and standard error are those of the sample', () => {
    const { n, mean, spread, error } = meanOverSeeds([2, 4, 4, 4, 5, 5, 7, 9]);
    assert.deepEqual([n, mean], [8, 5]);
    close(spread, Math.sqrt(32 / 7));
    close(error, Math.sqrt(32 / 7 / 8));
    assert.ok(Number.isNaN(halfWidth(meanOverSeeds([1]))));
  });

  it('a paired difference is over the common seeds, with its t-interval', () => {
    const a = new Map([[0, 0.9], [1, 0.95], [2, 0.97], [7, 0]]); // prettier-ignore
    const b = new Map([[2, 0.94], [1, 0.93], [0, 0.89], [5, 1]]); // prettier-ignore
    const made = pairedDifference(a, b)!;
    // differences .01 .02 .03: mean .02, sd .01, half width 4.30265... .01 / sqrt 3
    assert.equal(made.n, 3);
    close(made.mean, 0.02);
    close(made.low, 0.02 - (4.302652729749 * 0.01) / Math.sqrt(3), 1e-9);
    close(made.high, 0.02 + (4.302652729749 * 0.01) / Math.sqrt(3), 1e-9);
    assert.equal(pairedDifference(a, new Map([[3, 1]])), undefined);
    const single = pairedDifference(new Map([[1, 0.5]]), new Map([[1, 0.25]]))!;
    assert.deepEqual([single.n, single.mean, single.low], [1, 0.25, NaN]);
  });

  it('what both sides of a pair share cancels', () => {
    const seeds = [0, 1, 2, 3];
    const split = [0.1, -0.2, 0.05, 0.3];
    const of = (rise: number) => new Map(seeds.map((seed) => [seed, split[seed]! + rise]));
    const made = pairedDifference(of(0.5), of(0.4))!;
    close(made.mean, 0.1);
    close(made.high - made.low, 0, 1e-12);
  });
});
