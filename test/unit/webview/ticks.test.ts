import assert from 'node:assert/strict';
import { powerTicks, roundTicks, tickTexts } from '../../../webview/plot/ticks';

describe('marks on an axis', () => {
  it('are round, within the ends, and few', () => {
    assert.deepEqual(roundTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(roundTicks(-11, 11, 5), [-10, -5, 0, 5, 10]);
    assert.deepEqual(powerTicks(-3.2, 6.4, 5), [-2, 0, 2, 4, 6]);
  });

  it('stay numbers within one decade, and where there is no span', () => {
    assert.ok(powerTicks(0.1, 0.6, 5).length >= 2);
    assert.deepEqual(tickTexts(powerTicks(-0.7, 0.95, 5), true), ['0.2', '0.5', '1', '2', '5']);
    assert.deepEqual(roundTicks(3, 3, 5), [3]);
  });

  it('write powers of ten alike', () => {
    assert.deepEqual(tickTexts([-2, 0, 3, 6], true), ['10⁻²', '1', '10³', '10⁶']);
    assert.deepEqual(tickTexts([-1, 0, Math.log10(20), 3], true), ['0.1', '1', '20', '1000']);
    assert.deepEqual(tickTexts([0, 5e5, 1e6], false), ['0', '5·10⁵', '10⁶']);
    assert.deepEqual(tickTexts([-50000, 0, 1e5], false), ['−50000', '0', '100000']);
  });
});
