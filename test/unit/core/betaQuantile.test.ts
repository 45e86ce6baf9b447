import assert from 'node:assert/strict';
import { symmetricBetaQuantile } from '../../../src/core/math/betaQuantile';

/** [p, Beta(.6, .6), Beta(2.5, 2.5)] of SciPy's beta.ppf. */
const quantiles: readonly (readonly [number, number, number])[] = [
  [1e-6, 1.8558824624053043e-10, 0.002024778830905956],
  [0.01, 0.0008612388215429059, 0.08356298774533535],
  [0.1, 0.03958440558878085, 0.22456860241035653],
  [0.25, 0.17568037865269498, 0.34546374370570737],
  [0.5, 0.5, 0.5],
  [0.7, 0.7659829961247643, 0.6213520577345824],
  [0.95, 0.9874455431263885, 0.8347197333443419],
];

describe('quantiles of the symmetric beta law', () => {
  for (const [p, ...expected] of quantiles)
    it(`at ${p} they are those of SciPy`, () => {
      for (const [i, a] of [0.6, 2.5].entries()) {
        const found = symmetricBetaQuantile(p, a);
        assert.ok(Math.abs(found / expected[i]! - 1) < 1e-11, `${found} where ${expected[i]} is expected`);
      }
    });

  it('at 0 and 1 they are the ends', () => {
    assert.deepEqual([symmetricBetaQuantile(0, 0.6), symmetricBetaQuantile(1, 0.6)], [0, 1]);
  });
});
