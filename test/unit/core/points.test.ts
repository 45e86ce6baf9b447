import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExperiment } from '../../../src/core/experiment/document';
import { createSchedule, schedules } from '../../../src/core/schedules';
import { newEntry } from '../../../src/core/schedules/entry';
import { fitPoints } from '../../../src/core/schedules/fitPoints';
import { withInputText } from '../../../src/core/imports/inputText';
import { flatPoints, pointSchedule, pointsOf } from '../../../src/core/schedules/points';
import { windowOf } from '../../../src/core/schedules/window';

const UNEVEN = [0, -9.5, 0.07, -6.25, 0.2, -3.5, 0.55, 0.25, 0.9, 4, 0.985, 7.5, 1, 12];

/** t, gamma and gamma' through the points above: computed with 40 digits, the rate by numerical differentiation. */
const REFERENCE = [
  [0, -9.5, 68.78334793456719],
  [0.01, -8.85643354890361, 60.2148324287449],
  [0.07, -6.25, 31.339158526400436],
  [0.1, -5.4091715593472145, 25.104628304218433],
  [0.2, -3.5, 15.05484478991237],
  [0.31, -2.114951196905062, 10.789066670084225],
  [0.55, 0.25, 10.714285714285714],
  [0.7, 1.5511215744771742, 8.261225866606576],
  [0.9, 4, 21.004201260420153],
  [0.93, 4.661128212971958, 25.448709937933103],
  [0.985, 7.5, 111.14378604524224],
  [0.99, 8.203299455072187, 178.01449495466682],
  [0.9999, 11.919930839797848, 791.7229317544652],
  [1, 12, 809.7618697581923],
] as const;

/** Control points that increase, from gentle to very uneven in both. */
const increasing = fc
  .array(fc.tuple(fc.double({ min: 1e-3, max: 1, noNaN: true }), fc.double({ min: 1e-3, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((steps) => {
    const total = steps.reduce((sum, [dt]) => sum + dt, 0);
    let [t, logSnr] = [0, -15];
    const inner = steps.map(([dt, dg]) => {
      t += dt / total;
      logSnr += 3 * dg;
      return { t, logSnr };
    });
    return [{ t: 0, logSnr: -15 }, ...inner.slice(0, -1), { t: 1, logSnr }];
  })
  .filter((points) => points.every(({ t }, i) => i === 0 || t > points[i - 1]!.t));

const experimentOf = (points: readonly unknown[]) =>
  parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'points', inputs: { points } }] }));

describe('a schedule of control points', () => {
  it('has its reference values to 1e-13', () => {
    const { logSnr, logSnrRate } = createSchedule('points', {}, { points: UNEVEN });
    for (const [t, gamma, rate] of REFERENCE) {
      assert.ok(Math.abs(logSnr(t) - gamma) <= 1e-13 * Math.abs(gamma), `gamma at ${t}: ${logSnr(t)}`);
      assert.ok(Math.abs(logSnrRate(t) / rate - 1) <= 1e-13, `its rate at ${t}: ${logSnrRate(t)}`);
    }
  });

  it('goes exactly through its points, and its rate has no jump there', () =>
    fc.assert(
      fc.property(increasing, (points) => {
        const { logSnr, logSnrRate } = pointSchedule(points);
        points.forEach(({ t, logSnr: gamma }, k) => {
          assert.equal(logSnr(t), gamma);
          if (k === 0 || k === points.length - 1) return;
          const room = 1e-12 * Math.min(t - points[k - 1]!.t, points[k + 1]!.t - t);
          const [before, after] = [logSnrRate(t - Math.max(room, 2e-16)), logSnrRate(t)];
          assert.ok(Math.abs(before / after - 1) < 1e-6, `${before} before, ${after} after t = ${t}`);
        });
      }),
      { seed: 1, numRuns: 300 },
    ));

  it('increases strictly, and its rate is above 0 and finite, whatever the points', () =>
    fc.assert(
      fc.property(increasing, (points) => {
        const { logSnr, logSnrRate } = pointSchedule(points);
        let before = -Infinity;
        for (let i = 0; i <= 1000; i++) {
          const [gamma, rate] = [logSnr(i / 1000), logSnrRate(i / 1000)];
          assert.ok(gamma >= before && (gamma > before || rate * 1e-3 < 1e-12), `${gamma} after ${before}`);
          assert.ok(rate > 0 && Number.isFinite(rate), `rate ${rate}`);
          before = gamma;
        }
      }),
      { seed: 2, numRuns: 300 },
    ));

  it('is a straight line between two points, and through points on one', () => {
    for (const points of [
      [0, -6, 1, 9],
      [0, -6, 0.2, -3, 0.6, 3, 1, 9],
    ]) {
      const { logSnr, logSnrRate } = createSchedule('points', {}, { points });
      for (const t of [0, 0.1, 0.5, 0.77, 1]) {
        assert.ok(Math.abs(logSnr(t) - (-6 + 15 * t)) < 1e-14 * 9);
        assert.ok(Math.abs(logSnrRate(t) - 15) < 1e-12);
      }
    }
  });

  it('says at its field which two points do not increase, and where the ends must stand', () => {
    for (const [points, message] of [
      [[0, -5, 0.5, 2, 0.6, 1, 1, 5], /points must increase: γ does not rise from point 2 \(t = 0.5, γ = 2\) to point 3 \(t = 0.6, γ = 1\)/], // prettier-ignore
      [[0, -5, 0.5, 0, 0.5, 1, 1, 5], /t does not rise from point 2 \(t = 0.5, γ = 0\) to point 3 \(t = 0.5, γ = 1\)/],
      [[0.1, -5, 1, 5], /points must begin at t = 0: point 1 \(t = 0.1, γ = −5\) is the first/],
      [[0, -5, 0.9, 5], /points must end at t = 1: point 2/],
      [[0, -5, 1, 5, 2], /points must be pairs of t and γ: got 5 numbers/],
      [[0, -5], /points must be a list of 4 to 400 numbers/],
      [[0, -5, 1, 701], /each number of points must be a number from -700 to 700: got 701/],
    ] as const) {
      const [problem] = experimentOf(points).problems;
      assert.match(problem!.message, message);
      assert.deepEqual(problem!.path.slice(0, 4), ['schedules', 0, 'inputs', 'points']);
    }
    assert.deepEqual(experimentOf(UNEVEN).problems, []);
  });

  it('takes points as lines of two numbers', () => {
    const { inputs } = withInputText(newEntry('points'), 'points', '0, -6\n0.5, 1\n1, 7');
    assert.deepEqual(inputs.points, [0, -6, 0.5, 1, 1, 7]);
    assert.throws(() => withInputText(newEntry('points'), 'points', '0 -6\n0.5 8\n1 7'), /from point 2 .* to point 3/);
  });
});

describe('control points fitted to a schedule', () => {
  /** The largest error in nats on the window: curves without a steep end are followed closely. */
  const LARGEST: Readonly<Record<string, number>> = { sigmoid: 0.5, laplace: 0.4, 'log-normal': 0.35 };

  for (const { id } of schedules)
    it(`${id}: follow it on the window, as closely as they say`, () => {
      const schedule = createSchedule(id);
      const { points, error } = fitPoints(schedule, 15);
      assert.ok(points.length >= 5 && points.length <= 12, `${points.length} points`);
      const flat = flatPoints(points);
      assert.deepEqual(experimentOf(flat).problems, []);
      const fitted = createSchedule('points', {}, { points: flat });
      const { start, end } = windowOf(schedule, 15)!;
      let largest = 0;
      for (let i = 0; i <= 2000; i++) {
        const t = start + ((end - start) * i) / 2000;
        largest = Math.max(largest, Math.abs(fitted.logSnr(t) - schedule.logSnr(t)));
      }
      assert.ok(error <= (LARGEST[id] ?? 0.2), `error ${error}`);
      assert.ok(largest <= 1.1 * error + 2e-3, `${largest} where ${error} was said`);
    });

  it('are the points of a line, and refuse what falls or has no window', () => {
    const { points, error } = fitPoints(createSchedule('linear-gamma'), 15);
    assert.ok(error < 1e-3);
    for (const { t, logSnr } of points) assert.ok(Math.abs(logSnr - (10 * t - 5)) < 1e-3);
    const falling = createSchedule('expression', {}, { quantity: 'gamma', formula: '9*t - 8*t^2' });
    assert.throws(() => fitPoints(falling, 15), /γ falls near t = 0.5\d*: points must increase/);
    const far = createSchedule('linear-gamma', { gammaMin: 20, gammaMax: 30 });
    assert.throws(() => fitPoints(far, 15), /no time lies in the window/);
  });

  it('keep a shape that stands still by rising as little as they can', () => {
    const flat = createSchedule('expression', {}, { quantity: 'gamma', formula: '8*t - 4 + 0*t' });
    const clamped = {
      logSnr: (t: number) => Math.max(flat.logSnr(t), -2),
      logSnrRate: (t: number) => (t < 0.25 ? 0 : 8),
    };
    const { points } = fitPoints(clamped, 15);
    assert.deepEqual(pointsOf(flatPoints(points)), points);
    points.slice(1).forEach(({ t, logSnr }, k) => assert.ok(t > points[k]!.t && logSnr > points[k]!.logSnr));
  });
});
