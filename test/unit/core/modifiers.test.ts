import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newEntry } from '../../../src/core/schedules/entry';
import { parametersOf } from '../../../src/core/schedules/definition';
import { evaluate } from '../../../src/core/schedules/quantities';
import { checkValues, createSchedule, schedules, type Parameters } from '../../../src/core/schedules';
import { modifierOf, modifiers } from '../../../src/core/schedules/modifiers';
import { sigmoid } from '../../../src/core/math/stable';
import { windowOf } from '../../../src/core/schedules/window';

const valuesOf = (rows: Parameters) =>
  fc.record(
    Object.fromEntries(
      Object.entries(rows).map(
        ([
          key,
          {
            slider: [low, high],
            integer,
          },
        ]) => [
          key,
          fc.integer({ min: 1, max: 999 }).map((step) => {
            const value = low + ((high - low) * step) / 1000;
            return integer ? Math.round(value) : value;
          }),
        ],
      ),
    ),
  );

describe('modifiers', () => {
  for (const family of schedules)
    for (const modifier of modifiers)
      it(`${modifier.id} of ${family.id}: gamma' is the slope of gamma, and the ends are no NaN`, () => {
        const rows = parametersOf(newEntry(family.id));
        const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
        fc.assert(
          fc.property(valuesOf(rows), valuesOf(modifier.parameters), share, (values, settings, at) => {
            fc.pre(checkValues(family, values).length + checkValues(modifier, settings).length === 0);
            const base = createSchedule(family.id, values);
            const window = windowOf(base, 12);
            fc.pre(window !== undefined && window.end - window.start > 1e-2);
            const { start, end } = window;
            const schedule = modifier.apply(base, settings);
            for (const [key, ends] of Object.entries(evaluate(schedule, Float64Array.of(0, 1))))
              for (const value of ends)
                assert.ok(!Number.isNaN(value), `${key} of ${JSON.stringify([values, settings])}`);
            const t = start + (end - start) * at;
            const { logSnr, logSnrRate, dataEnd = 1 } = schedule;
            const row = dataEnd < 1 ? 1 - dataEnd : 1;
            const room = Math.min(t % row, row - (t % row), t - start, end - t);
            const slope = (h: number) => (logSnr(t + h) - logSnr(t - h)) / (2 * h);
            const estimate = (h: number) => (64 * slope(h / 4) - 20 * slope(h / 2) + slope(h)) / 45;
            const rate = logSnrRate(t);
            // The rescaling forms gamma - gamma(0), which keeps only the digits that their rounding leaves.
            const rounded =
              modifier.id === 'zero-terminal-snr' ? 1e-15 / Math.abs(1 - base.logSnr(t) / base.logSnr(0)) : 0;
            const off = (h: number) =>
              Math.abs(estimate(h) - rate) - (4e-14 * (Math.abs(logSnr(t)) + 1) + 2e-15 * rate + rounded) / h;
            const best = Math.min(...[16, 128, 1024, 8192].map((parts) => off(room / parts)).filter(Number.isFinite));
            assert.ok(best <= (1e-8 + rounded) * rate, `${estimate(room / 16)} against ${rate} at ${t}`);
          }),
          { numRuns: 40, seed: 3 },
        );
      });

  it('a constant of gamma is said in four ways', () => {
    const base = createSchedule('cosine');
    const gamma = (id: string, values: Record<string, number>) => modifierOf(id).apply(base, values).logSnr(0.3);
    const at = base.logSnr(0.3);
    assert.equal(gamma('shift', { offset: 1.5 }), at + 1.5);
    assert.ok(Math.abs(gamma('input-scale', { scale: 0.5 }) - (at + 2 * Math.log(0.5))) < 1e-15);
    assert.ok(Math.abs(gamma('resolution', { ratio: 4 }) - (at - 2 * Math.log(4))) < 1e-15);
    assert.ok(Math.abs(gamma('sd3', { m: 3 }) - (at - 2 * Math.log(3))) < 1e-15);
  });

  it('the shift of SD3 is that of its timesteps: m s / (1 + (m - 1) s)', () => {
    const [plain, shifted] = [
      createSchedule('rectified-flow'),
      modifierOf('sd3').apply(createSchedule('rectified-flow'), { m: 3 }),
    ];
    const s = 0.3;
    const moved = (3 * s) / (1 + 2 * s);
    assert.ok(Math.abs(shifted.logSnr(1 - s) - plain.logSnr(1 - moved)) < 1e-14);
  });

  it('a shift keeps the limits of alphaBar at an infinite end', () => {
    const { noiseRate } = evaluate(
      modifierOf('shift').apply(createSchedule('linear-beta'), { offset: 2 }),
      Float64Array.of(1 - 1e-9, 1),
    );
    assert.ok(Math.abs(noiseRate[0]! / noiseRate[1]! - 1) < 1e-6);
  });

  it('zero terminal SNR leaves no signal at t = 0, the data end alone, and no digit lost near either end', () => {
    const base = createSchedule('linear-gamma', { gammaMin: -12, gammaMax: 12 });
    const { logSnr } = modifierOf('zero-terminal-snr').apply(base, {});
    assert.equal(logSnr(0), -Infinity);
    assert.equal(logSnr(1), 12);
    // Near both ends by the first terms of their series; gamma itself is rounded to 1e-15, over steps of 2.4e-8.
    const [c0, c1] = [Math.sqrt(sigmoid(-12)), Math.sqrt(sigmoid(12))];
    const k = c1 / (c1 - c0);
    const t = 1 - 1e-9;
    assert.ok(Math.abs((12 - logSnr(t)) / (12 - base.logSnr(t)) / k - 1) < 1e-6, String(12 - logSnr(t)));
    const expected = 2 * Math.log(k * c0 * sigmoid(12) * 12e-9);
    assert.ok(Math.abs(logSnr(1e-9) - expected) < 1e-6, `${logSnr(1e-9)} ${expected}`);
  });

  it('what has no signal at t = 0 already is left alone', () => {
    const base = createSchedule('cosine');
    const { logSnr } = modifierOf('zero-terminal-snr').apply(base, {});
    for (const t of [0, 0.1, 0.5, 1]) assert.equal(logSnr(t), base.logSnr(t));
  });

  it('a clamp limits gamma, and its rate is 0 there', () => {
    const { logSnr, logSnrRate } = modifierOf('clamp').apply(createSchedule('linear-gamma'), { min: -2, max: 3 });
    assert.deepEqual(
      [0, 0.4, 1].map(logSnr).map((value) => Number(value.toPrecision(12))),
      [-2, -1, 3],
    );
    assert.deepEqual([0, 0.5, 1].map(logSnrRate), [0, 10, 0]);
    assert.match(
      checkValues(modifierOf('clamp'), { min: 4, max: 3 })[0]!.message,
      /^max must be greater than min \(4\): got 3$/,
    );
  });
});
