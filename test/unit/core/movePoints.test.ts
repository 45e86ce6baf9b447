import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSchedule } from '../../../src/core/schedules';
import { addPoint, movePoint, removePoint } from '../../../src/core/schedules/movePoints';
import { flatPoints, pointsOf, type ControlPoint } from '../../../src/core/schedules/points';

const START = pointsOf([0, -8, 0.25, -3, 0.5, 0, 0.75, 3, 1, 8]);

/** An edit of control points: which point, where to, and what is done. */
const edits = fc.array(
  fc.record({
    what: fc.constantFrom('move', 'move', 'add', 'remove'),
    k: fc.nat(30),
    t: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
    logSnr: fc.oneof(fc.double({ min: -30, max: 30, noNaN: true }), fc.constantFrom(-Infinity, Infinity)),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('control points that are moved, added and removed', () => {
  it('always make a schedule, whatever is done to them, from t = 0 to t = 1 and within the window', () =>
    fc.assert(
      fc.property(edits, (all) => {
        let points: readonly ControlPoint[] = START;
        for (const { what, k, t, logSnr } of all) {
          const at = k % points.length;
          const change =
            what === 'move'
              ? movePoint(points, at, { t, logSnr }, 15)
              : what === 'add'
                ? addPoint(points, t)
                : removePoint(points, at);
          if (what !== 'move' && change.refusal !== undefined) assert.equal(change.points, points);
          ({ points } = change);
          createSchedule('points', {}, { points: flatPoints(points) });
          assert.ok(points[0]!.logSnr >= -15 && points.at(-1)!.logSnr <= 15);
        }
      }),
      { seed: 1, numRuns: 300 },
    ));

  it('an added point is on the curve, and a removed one is gone', () => {
    const { points, at } = addPoint(START, 0.6);
    assert.deepEqual([at, points.length, points[at]!.t], [3, 6, 0.6]);
    const { logSnr } = createSchedule('points', {}, { points: flatPoints(START) });
    assert.ok(Math.abs(points[at]!.logSnr - logSnr(0.6)) < 1e-3);
    assert.deepEqual(removePoint(points, at).points, START);
  });

  it('a point beyond the window may stay there, and goes no further', () => {
    const far = pointsOf([0, -20, 0.5, 0, 1, 20]);
    assert.equal(movePoint(far, 2, { t: 1, logSnr: 25 }, 15).points[2]!.logSnr, 20);
    assert.equal(movePoint(far, 2, { t: 1, logSnr: 18 }, 15).points[2]!.logSnr, 18);
  });
});
