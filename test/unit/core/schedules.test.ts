import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryRow, newEntry } from '../../../src/core/schedules/entry';
import { entryProblems, parametersOf } from '../../../src/core/schedules/definition';
import { evaluate, sigma2, type QuantityKey } from '../../../src/core/schedules/quantities';
import {
  checkValues,
  createSchedule,
  schedules,
  type Schedule,
  type ScheduleFamily,
} from '../../../src/core/schedules';
import { windowOf } from '../../../src/core/schedules/window';
import golden from '../golden/schedules.json';

/** The reference's names for our quantities. */
const NAMES: Record<string, QuantityKey> = {
  alphaBar: 'alphaBar',
  gamma: 'logSnr',
  dGamma: 'logSnrRate',
  Delta: 'cumulativeNoise',
  delta: 'noiseRate',
  snr: 'snr',
  dSnr: 'snrRate',
  overshoot: 'overshoot',
};

/** Valid parameters of a family, drawn from the positions of its sliders. */
const valuesOf = (family: ScheduleFamily) =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(parametersOf(newEntry(family.id))).map(([key, { slider, integer }]) => [
          key,
          fc
            .integer({ min: 0, max: 1000 })
            .map((step) => slider[0] + ((slider[1] - slider[0]) * step) / 1000)
            .map((value) => (integer ? Math.round(value) : value)),
        ]),
      ),
    )
    .filter((values) => checkValues(entryRow({ ...newEntry(family.id), params: values }), values).length === 0)
    .filter((values) => {
      const window = windowOf(createSchedule(family.id, values), 15);
      return window !== undefined && window.end - window.start > 1e-3;
    });

/** Schedules of a family, drawn once for all that is asked of them, each with a time of its window. */
function drawn(family: ScheduleFamily) {
  const place = fc.tuple(valuesOf(family), fc.double({ min: 0.001, max: 0.999, noNaN: true }));
  return fc.sample(place, { numRuns: 300, seed: 1 }).map(([values, share]) => {
    const schedule = createSchedule(family.id, values);
    const { start, end } = windowOf(schedule, 15)!;
    return { values, schedule, t: start + (end - start) * share };
  });
}

const close = (actual: number, expected: number, relative: number, what: string) => {
  const error = Math.abs(actual - expected);
  assert.ok(error <= relative * Math.abs(expected), `${what}: ${actual}, expected ${expected}, off by ${error}`);
};

describe('schedules', () => {
  for (const { schedule, params, rows } of golden.cases)
    it(`${schedule}: every curve has its reference value to 1e-12`, () => {
      const curves = evaluate(
        createSchedule(schedule, params),
        Float64Array.from(rows, (row) => row.t),
      );
      rows.forEach((row, i) => {
        for (const [name, key] of Object.entries(NAMES)) {
          const [actual, expected] = [curves[key][i]!, row[name as keyof typeof row]];
          // gamma passes through zero, where a relative error means nothing
          const scale = key === 'logSnr' ? Math.max(Math.abs(expected), 1e-3) / Math.abs(expected || 1) : 1;
          if (expected === 0) assert.ok(Math.abs(actual) <= 1e-15, `${key} at ${row.t}: ${actual}`);
          else close(actual, expected, 1e-12 * scale, `${key} at ${row.t}`);
        }
      });
    });

  for (const family of schedules)
    describe(family.title, () => {
      const { id } = family;
      let cases: ReturnType<typeof drawn>;
      before(() => (cases = drawn(family)));
      /** A property of every schedule that was drawn. */
      const holds = (check: (schedule: Schedule, t: number) => void) => {
        for (const { values, schedule, t } of cases)
          try {
            check(schedule, t);
          } catch (error) {
            (error as Error).message += `, of ${JSON.stringify(values)} at t = ${t}`;
            throw error;
          }
      };

      it(`${id}: the defaults are allowed`, () => {
        const entry = newEntry(id);
        assert.deepEqual(checkValues(entryRow(entry), entry.params), []);
        assert.deepEqual(entryProblems(entry), []);
      });

      it(`${id}: alphaBar increases within (0, 1) on the window`, () =>
        holds((schedule, t) => {
          const later = t + (1 - t) * 1e-3;
          const { alphaBar, noiseRate } = evaluate(schedule, Float64Array.of(t, later));
          assert.ok(alphaBar[0]! > 0 && alphaBar[0]! < 1, `alphaBar ${alphaBar[0]}`);
          assert.ok(alphaBar[1]! >= alphaBar[0]!, `${alphaBar[1]} after ${alphaBar[0]}`);
          // A flat stretch may rise by less than the last bit.
          const rise = Math.min(noiseRate[0]! * alphaBar[0]!, noiseRate[1]! * alphaBar[1]!) * (later - t);
          assert.ok(alphaBar[1]! > alphaBar[0]! || rise < 1e-15, `${alphaBar[1]} is not more than ${alphaBar[0]}`);
        }));

      it(`${id}: gamma' is the slope of gamma (Richardson difference, 1e-8)`, () =>
        holds((schedule, t) => {
          const { logSnr, logSnrRate, dataEnd = 1 } = schedule;
          // a table is a cubic between two rows, and has no third derivative across one
          const row = dataEnd < 1 ? 1 - dataEnd : 1;
          const room = Math.min(t % row, row - (t % row));
          if (room < 1e-9) return;
          const slope = (h: number) => (logSnr(t + h) - logSnr(t - h)) / (2 * h);
          const estimate = (h: number) => (64 * slope(h / 4) - 20 * slope(h / 2) + slope(h)) / 45;
          // how far off beyond what rounding of t and gamma limits a difference to
          const off = (h: number) =>
            Math.abs(estimate(h) - logSnrRate(t)) - (2e-14 * (Math.abs(logSnr(t)) + 1) + 1e-15 * logSnrRate(t)) / h;
          // The shorter steps are for times next to a corner of gamma or to a pole inside (0, 1).
          const best = Math.min(...[16, 128, 1024, 8192].map((parts) => off(room / parts)).filter(Number.isFinite));
          assert.ok(best <= 1e-8 * logSnrRate(t), `${estimate(room / 16)} against ${logSnrRate(t)} at ${t}`);
        }));

      it(`${id}: the identities between the curves hold to 1e-12`, () =>
        holds((schedule, t) => {
          const curves = evaluate(schedule, Float64Array.of(t));
          const at = (key: QuantityKey) => curves[key][0]!;
          const noise = sigma2(at('logSnr'));
          close(at('alphaBar'), Math.exp(-at('cumulativeNoise')), 1e-12, 'alphaBar = exp(-Delta)');
          close(at('snr'), at('alphaBar') / noise, 1e-12, 'SNR = alphaBar / (1 - alphaBar)');
          close(
            at('snrRate'),
            (at('noiseRate') * at('alphaBar')) / noise ** 2,
            1e-12,
            "SNR' = alphaBar' / (1 - alphaBar)^2",
          );
          close(at('noiseRate'), at('logSnrRate') * noise, 1e-12, "delta = alphaBar'/alphaBar");
          close(at('attractorGain'), Math.sqrt(at('alphaBar')) / at('overshoot'), 1e-12, 'fixed point of the drift');
        }));

      it(`${id}: the ends are limits, not NaN`, () =>
        holds((schedule) => {
          const curves = evaluate(schedule, Float64Array.of(0, 1));
          for (const [key, ends] of Object.entries(curves))
            for (const value of ends) assert.ok(!Number.isNaN(value), key);
        }));
    });

  it('the rates at an infinite end are limits of the rates before it', () => {
    const near = 1e-9;
    for (const [id, params] of [
      ['cosine'],
      ['linear-beta'],
      ['sigmoid'],
      ['constant-beta'],
      ['scaled-linear'],
      ['generalized-cosine'],
      ['generalized-cosine', { tau: 0.5 }],
      ['polynomial', { alphaMin: 0, alphaMax: 1 }],
      ['sub-vp'],
      ['rectified-flow', { shift: 3 }],
      ['laplace', { b: 1, mu: 2 }],
      ['laplace', { b: 3 }],
    ] as [string, Record<string, number>?][]) {
      const what = `${id} ${JSON.stringify(params ?? {})}`;
      const { noiseRate, snrRate } = evaluate(createSchedule(id, params), Float64Array.of(0, near, 1 - near, 1));
      const [delta, weight] = [noiseRate[3]!, snrRate[0]!];
      assert.ok(Math.abs(noiseRate[2]! - delta) < 1e-6 * Math.max(1, delta), `${what}: delta at t = 1`);
      assert.ok(Math.abs(snrRate[1]! - weight) < 1e-6 * Math.max(1, weight), `${what}: SNR' at t = 0`);
    }
    // alphaBar is as steep as a power below 1 of the time from the end: its rate has no bound there
    for (const [id, params] of [['laplace'], ['log-normal'], ['polynomial', { alphaMin: 0, power: 0.5 }]] as const) {
      const { snrRate } = evaluate(createSchedule(id, params), Float64Array.of(0, near));
      assert.ok(snrRate[0] === Infinity && snrRate[1]! > 100, id);
    }
  });

  it('alphaBar of the square root stays 0 until its offset, and its pole is there', () => {
    const { alphaBar, logSnrRate } = evaluate(
      createSchedule('sqrt', { offset: 0.1 }),
      Float64Array.of(0, 0.05, 0.1, 0.1 + 1e-9),
    );
    assert.deepEqual([...alphaBar.subarray(0, 3)], [0, 0, 0]);
    close(alphaBar[3]!, 5e-10, 1e-6, 'alphaBar just after');
    close(logSnrRate[3]!, 1e9, 1e-6, "gamma' just after");
  });

  it("1 - alphaBar, SNR and SNR' keep their digits for |gamma| up to 700", () => {
    const {
      sigma2: noise,
      snr,
      snrRate,
    } = (() => {
      const curves = evaluate(createSchedule('linear-gamma', { gammaMin: -700, gammaMax: 700 }), Float64Array.of(0, 1));
      return { ...curves, sigma2: [...curves.logSnr].map(sigma2) };
    })();
    close(noise[1]!, Math.exp(-700), 1e-12, '1 - alphaBar at gamma = 700');
    close(snr[0]!, Math.exp(-700), 1e-12, 'SNR at gamma = -700');
    close(snrRate[1]!, 1400 * Math.exp(700), 1e-12, "SNR' at gamma = 700");
  });

  it('the window holds exactly the times with |gamma| within the limit', () => {
    const schedule = createSchedule('cosine');
    const { start, end } = windowOf(schedule, 10)!;
    assert.ok(schedule.logSnr(start) >= -10 && schedule.logSnr(start - 1e-15) < -10);
    assert.ok(schedule.logSnr(end) <= 10 && schedule.logSnr(end + 1e-15) > 10);
    assert.deepEqual(windowOf(createSchedule('linear-gamma'), 15), { start: 0, end: 1 });
    assert.equal(windowOf(createSchedule('linear-gamma', { gammaMin: 20, gammaMax: 30 }), 15), undefined);
  });

  it('bad parameters are refused by name, value and what is allowed', () => {
    const cases: [string, Record<string, number>, RegExp][] = [
      ['cosin', {}, /unknown schedule "cosin": choose one of .*cosine/],
      ['cosine', { offset: 7 }, /offset must be a number from 0 to 1: got 7/],
      ['cosine', { offset: NaN }, /offset must be a number from 0 to 1: got NaN/],
      ['cosine', { ofset: 0 }, /cosine has no parameter "ofset": it takes offset/],
      ['linear-gamma', { gammaMin: 6 }, /gammaMax must be greater than gammaMin \(6\): got 5/],
      ['linear-beta', { betaMax: 0 }, /betaMax must be a number greater than 0 and at most 1000: got 0/],
    ];
    for (const [id, params, message] of cases)
      assert.throws(() => createSchedule(id, params), { name: 'InputError', message });
  });
});
