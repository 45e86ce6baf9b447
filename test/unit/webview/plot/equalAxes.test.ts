import assert from 'node:assert/strict';
import { equalEnds, isEven } from '../../../../webview/plot/equalAxes';

const area = { left: 50, right: 450, top: 10, bottom: 210 };

describe('axes that share their unit', () => {
  it('a unit has one length on both, and all that was asked for stays in view around the middle', () => {
    const [left, right, low, high] = equalEnds([-1, 1, 0, 4], area) as [number, number, number, number];
    assert.equal((right - left) / 400, (high - low) / 200);
    assert.deepEqual([left, right, low, high], [-4, 4, 0, 4]);
  });

  it('are let be where there is no area yet', () => {
    assert.deepEqual(equalEnds([-1, 1, 0, 4], undefined), [-1, 1, 0, 4]);
  });

  it('count as even within a hundredth', () => {
    assert.ok(isEven([-4, 4, 0, 4], [-4, 4, 0, 4.02]));
    assert.ok(!isEven([-1, 1, 0, 4], [-4, 4, 0, 4]));
  });
});
