import assert from 'node:assert/strict';
import { evaluate } from '../../../src/core/schedules/quantities';
import { createSchedule, type Schedule } from '../../../src/core/schedules';
import { modifierOf } from '../../../src/core/schedules/modifiers';
import { tableSchedule } from '../../../src/core/schedules/table';
import { logExpm1 } from '../../../src/core/math/stable';

const N = 1000;
const rows = [0, 250, 500, 750, 999];
const timeOfRow = (i: number, n = N) => 1 - (i + 1) / n;
const alphaBars = (schedule: Schedule) => [
  ...evaluate(
    schedule,
    Float64Array.from(rows, (i) => timeOfRow(i)),
  ).alphaBar,
];

/** alphaBar of diffusers in float64 at rows 0, 250, 500, 750 and 999, to the digits given. */
const published: [name: string, schedule: () => Schedule, alphaBar: string[]][] = [
  ['linear', () => createSchedule('discrete'), ['0.999900000', '0.521423031', '0.0777966584', '0.00330015836', '0.0000403582977']], // prettier-ignore
  [
    'scaled_linear',
    () => createSchedule('discrete', { betaStart: 0.00085, betaEnd: 0.012 }, { rule: 'scaled_linear' }),
    ['0.999150000', '0.673792625', '0.276332684', '0.0561698480', '0.00466009851'],
  ],
  [
    'squaredcos_cap_v2',
    () => createSchedule('discrete', {}, { rule: 'squaredcos_cap_v2' }),
    ['0.999958716', '0.845887986', '0.492285172', '0.143178646', '2.42876691e-9'],
  ],
  [
    'sigmoid',
    () => createSchedule('discrete', {}, { rule: 'sigmoid' }),
    ['0.999850795', '0.902798916', '0.298887628', '0.00562291858', '0.0000396818199'],
  ],
  [
    'linear, zero terminal SNR',
    () => modifierOf('zero-terminal-snr').apply(createSchedule('discrete'), {}),
    ['0.999900000', '0.518860537', '0.0752462157', '0.00264410592', '0.00000000'],
  ],
];

describe('tables of betas', () => {
  for (const [name, schedule, expected] of published)
    it(`${name}: alphaBar is what diffusers has, to nine digits`, () =>
      assert.deepEqual(
        alphaBars(schedule()).map((value) => value.toPrecision(9)),
        expected,
      ));

  it("laplace is diffusers' curve, which leaves sqrt(alphaBar) = sqrt(.001) at t = 0", () => {
    const { alphaBar } = evaluate(createSchedule('discrete', {}, { rule: 'laplace' }), Float64Array.of(0));
    assert.ok(Math.abs(alphaBar[0]! / Math.sqrt(0.001) - 1) < 1e-3, String(alphaBar[0]));
  });

  const uneven = Array.from({ length: 37 }, (_, i) => 0.001 + 0.3 * Math.sin(i) ** 2);

  it('gamma at every row is that of the row, to the last bit', () => {
    const { logSnr } = tableSchedule(uneven);
    let delta = 0;
    uneven.forEach((beta, i) => {
      delta -= Math.log1p(-beta);
      const gamma = logSnr(timeOfRow(i, uneven.length));
      // the table's sum is compensated, this one is not
      assert.ok(Math.abs(gamma + logExpm1(delta)) <= 4e-16 * (i + 1) * Math.max(1, Math.abs(gamma)), `row ${i}`);
    });
    const single = tableSchedule([0.25, 0.5]);
    assert.equal(single.logSnr(0.5), -logExpm1(-Math.log1p(-0.25)));
    assert.equal(single.logSnr(0), -logExpm1(-Math.log1p(-0.25) - Math.log1p(-0.5)));
  });

  it('gamma increases between the rows, and its rate is its slope there', () => {
    const { logSnr, logSnrRate } = tableSchedule(uneven);
    const n = uneven.length;
    let before = -Infinity;
    for (let i = 0; i < 40 * n; i++) {
      const t = (i + 0.5) / (40 * n);
      const gamma = logSnr(t);
      assert.ok(gamma > before && logSnrRate(t) >= 0, `at ${t}`);
      before = gamma;
      const h = Math.min(1e-5, (1 - t) / 200);
      if (Math.floor((t - h) * n) !== Math.floor((t + h) * n)) continue;
      const slope = (step: number) => (logSnr(t + step) - logSnr(t - step)) / (2 * step);
      const estimate = (4 * slope(h / 2) - slope(h)) / 3;
      assert.ok(
        Math.abs(estimate - logSnrRate(t)) < 1e-8 * logSnrRate(t) + 1e-9,
        `${estimate} ${logSnrRate(t)} at ${t}`,
      );
    }
  });

  it('the rate has no jump at a row, nor where the first row meets the end', () => {
    const { logSnrRate } = createSchedule('discrete');
    for (const i of rows.slice(0, 4)) {
      const [before, after] = [logSnrRate(timeOfRow(i) - 1e-12), logSnrRate(timeOfRow(i) + 1e-12)];
      assert.ok(Math.abs(before / after - 1) < 1e-6, `row ${i}: ${before} ${after}`);
    }
  });

  it('a last beta of 1 leaves no signal at t = 0, and the rates there are limits', () => {
    const schedule = createSchedule('betas', {}, { table: [0.1, 0.3, 0.6, 1] });
    const { alphaBar, snrRate, noiseRate } = evaluate(schedule, Float64Array.of(0, 0.125, 0.25, 1));
    assert.equal(alphaBar[0], 0);
    assert.ok(Math.abs(alphaBar[2]! - 0.9 * 0.7 * 0.4) < 1e-15);
    assert.ok(Math.abs(alphaBar[1]! - alphaBar[2]! / 4) < 1e-15, 'sqrt(alphaBar) is linear there');
    assert.equal(snrRate[0], 0);
    assert.ok(Math.abs(noiseRate[3]! + 4 * Math.log1p(-0.1)) < 1e-15, 'constant rate up to t = 1');
  });

  it('a table may begin with its noisiest row', () => {
    const [forward, backward] = ['data-first', 'noise-first'].map((direction, i) =>
      createSchedule('betas', {}, { table: i ? [...uneven].reverse() : uneven, direction }),
    );
    for (const t of [0, 0.2, 0.77, 1]) assert.equal(forward!.logSnr(t), backward!.logSnr(t));
  });

  it('a beta of 1 anywhere but at the noisy end is refused by its row', () => {
    const make = (table: number[], direction: string) => () => createSchedule('betas', {}, { table, direction });
    assert.throws(
      make([0.1, 1, 0.2], 'data-first'),
      /row 2 of table is 1, which only the noisiest row \(row 3\) may be/,
    );
    assert.throws(
      make([0.1, 0.2, 1], 'noise-first'),
      /row 3 of table is 1, which only the noisiest row \(row 1\) may be/,
    );
  });

  it('a call does not depend on the length of the table', () => {
    const time = (n: number) => {
      const { logSnr } = tableSchedule(Array.from({ length: n }, () => 1e-4));
      let best = Infinity;
      for (let round = 0; round < 5; round++) {
        const from = performance.now();
        for (let i = 0; i < 20_000; i++) logSnr(i / 20_000);
        best = Math.min(best, performance.now() - from);
      }
      return best;
    };
    time(10);
    assert.ok(time(100_000) < 20 * time(10) + 5);
  });
});
