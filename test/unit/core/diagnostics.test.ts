import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose, factsBeside, type Diagnosis } from '../../../src/core/diagnostics';
import { createSchedule, schedules, type Schedule, type Values } from '../../../src/core/schedules';
import { windowOf, type Window } from '../../../src/core/schedules/window';
import { close, drawn, diagnosisOf, found } from './diagnose';

const figure = ({ figures }: Diagnosis, name: string) => figures.find((one) => one.name === name)!.value;

/** The sum of f over cells of [a, b], at their middles: n cells evenly in t, and n by ratio towards each end. */
function middleSum(f: (t: number, width: number) => void, { start, end }: Window, n: number): void {
  const half = (end - start) / 2;
  const cells = Array.from({ length: n + 1 }, (_, i) => half * (i ? 10 ** (-14 * (1 - i / n)) : 0));
  for (let i = 0; i < n; i++) {
    const [near, far] = [cells[i]!, cells[i + 1]!];
    f(start + (near + far) / 2, far - near);
    f(end - (near + far) / 2, far - near);
  }
}

describe('diagnostics', () => {
  it('stands side by side for several schedules, with the worst of each fact marked', () => {
    const settings = { limit: 15, prediction: 'u', weightCap: 5 } as const;
    const families = ['cosine', 'linear-gamma', 'rectified-flow'];
    const rows = factsBeside(families.map((family) => diagnose(createSchedule(family), settings)));
    const row = (id: string) => rows.find((one) => one.id === id)!;
    for (const { id, title, cells } of rows) {
      assert.equal(cells.length, 3, id);
      for (const { text, sentence } of cells) assert.ok(title && text && /^[^a-z].*\.$/.test(sentence), `${id}: ${text}, ${sentence}`); // prettier-ignore
      assert.ok(!cells.every(({ worst }) => worst), `${id}: all cannot be worst`);
    }
    assert.deepEqual(row('terminal').cells.map(({ text, worst }) => [text, worst]), [['0', false], ['0.006738', true], ['0', false]]); // prettier-ignore
    assert.deepEqual(row('monotone').cells.map(({ worst }) => worst), [false, false, false]); // prettier-ignore
    const shares = row('decades').cells[0]!.bars!.map(({ share }) => share);
    close(shares.reduce((sum, share) => sum + share, 0), 1, 1e-9); // prettier-ignore
    // what one schedule lacks has a cell that says so
    assert.deepEqual([row('prediction').cells[1]!.text, row('prediction').cells[1]!.severity], ['–', 'info']);
  });

  it('names the values at both ends', () => {
    const ends = diagnosisOf(createSchedule('linear-alpha', { alphaMin: 0.02, alphaMax: 0.99 }), 'ends');
    close(figure(ends, 'ᾱ at t = 0'), 0.02, 1e-12);
    close(figure(ends, '1 − ᾱ at t = 0'), 0.98, 1e-12);
    close(figure(ends, 'γ at t = 0'), Math.log(0.02 / 0.98), 1e-12);
    close(figure(ends, 'ᾱ at t = 1'), 0.99, 1e-12);
    close(figure(ends, '1 − ᾱ at t = 1'), 0.01, 1e-12);
    assert.equal(ends.sentence, 'ᾱ is 0.02 at t = 0 and 0.99 at t = 1, with noise of variance 1 − ᾱ = 0.98 and 0.01.');
    const tail = diagnosisOf(createSchedule('linear-gamma', { gammaMin: -30, gammaMax: 60 }), 'ends');
    close(figure(tail, '1 − ᾱ at t = 1'), Math.exp(-60), 1e-12);
  });

  it('tells how much noise is left at the data end', () => {
    const much = diagnosisOf(createSchedule('linear-alpha', { alphaMax: 0.64 }), 'residual');
    assert.equal(much.severity, 'warning');
    close(figure(much, 'noise'), 0.6, 1e-12);
    assert.equal(diagnosisOf(createSchedule('linear-alpha'), 'residual').severity, 'note');
    assert.match(diagnosisOf(createSchedule('cosine'), 'residual').sentence, /^No noise is left in z at t = 1\.$/);
    const table = { ...createSchedule('linear-gamma'), dataEnd: 0.9 };
    const row = diagnosisOf(table, 'residual');
    close(figure(row, 'variance'), 1 / (1 + Math.exp(4)), 1e-12);
    assert.match(row.sentence, /at t = 0\.9, the least noisy row/);
  });

  it('has the KL of the prior mismatch, against quadrature', () => {
    for (const alphaMin of [0.3, 0.01, 1e-5]) {
      const schedule = createSchedule('linear-alpha', { alphaMin });
      // along the target, N(sqrt(a), 1 - a) from N(0, 1); across it, N(0, 1 - a)
      const kl = (mean: number) => {
        const variance = 1 - alphaMin;
        let sum = 0;
        const h = 1e-3;
        for (let x = -12; x <= 12; x += h) {
          const log = -((x - mean) ** 2) / (2 * variance) - Math.log(2 * Math.PI * variance) / 2;
          sum += h * Math.exp(log) * (log + x ** 2 / 2 + Math.log(2 * Math.PI) / 2);
        }
        return sum;
      };
      const [along, across] = [kl(Math.sqrt(alphaMin)), kl(0)];
      const prior = diagnosisOf(schedule, 'prior', { dimension: 10 });
      assert.ok(Math.abs(figure(prior, 'KL') - along - 9 * across) < 1e-10, `${figure(prior, 'KL')}`);
      assert.match(prior.sentence, /for a target of norm 1 in 10 dimensions/);
      assert.match(diagnosisOf(schedule, 'prior').sentence, /KL is .* \+ .* d nats a row .* in d dimensions/);
    }
  });

  it('warns of terminal SNR above 0, and of epsilon where it is 0', () => {
    const severity = (id: string, params = {}, context = {}) =>
      found(createSchedule(id, params), context).map((row) => `${row.id}: ${row.severity}`);
    assert.ok(severity('scaled-linear').includes('prior: warning'));
    assert.match(diagnosisOf(createSchedule('scaled-linear'), 'prior').sentence, /2305\.08891/);
    assert.ok(severity('linear-beta').includes('prior: info'));
    assert.ok(severity('cosine').includes('prior: info'));
    assert.ok(severity('cosine', {}, { prediction: 'epsilon' }).includes('prediction: warning'));
    assert.ok(severity('cosine', {}, { prediction: 'v' }).includes('prediction: info'));
    const near = diagnosisOf(createSchedule('linear-beta'), 'prediction', { prediction: 'epsilon' });
    assert.equal(near.severity, 'note');
    close(figure(near, '1/√SNR at t = 0'), Math.sqrt(Math.expm1(10.05)), 1e-12);
  });

  it("adds SNR' up, and shares it out by decade, as a plain sum does", () => {
    const schedulesOf: [string, Values][] = [
      ['cosine', {}],
      ['linear-gamma', { gammaMin: -3, gammaMax: 4 }],
      ['edm', {}],
      ['sub-vp', {}],
      ['linear-alpha', {}],
      ['laplace', { b: 3 }],
    ];
    const caps = [Infinity, 50, 5];
    for (const [id, params] of schedulesOf) {
      const schedule = createSchedule(id, params);
      const sums = caps.map(() => ({ bins: new Map<number, number>(), total: 0 }));
      middleSum(
        (t, width) => {
          const gamma = schedule.logSnr(t);
          const weight = schedule.logSnrRate(t) * Math.exp(gamma);
          const power = Math.min(Math.max(Math.floor(gamma / Math.LN10), -9), 8);
          sums.forEach((sum, k) => {
            const part = Math.min(weight, caps[k]!) * width;
            sum.bins.set(power, (sum.bins.get(power) ?? 0) + part);
            sum.total += part;
          });
        },
        windowOf(schedule, 15)!,
        100_000,
      );
      for (const [k, weightCap] of caps.entries()) {
        const { bins, total } = sums[k]!;
        const name = weightCap === Infinity ? 'total' : 'capped';
        close(figure(diagnosisOf(schedule, 'weight', { weightCap }), name), total, 1e-5, `${id} ${weightCap}`);
        const { figures, tabular } = diagnosisOf(schedule, 'decades', { weightCap });
        assert.ok(tabular);
        const powers = [...bins.keys()].sort((a, b) => a - b);
        assert.equal(figures.length, powers.length);
        figures.forEach(({ value }, i) => {
          const expected = (100 * bins.get(powers[i]!)!) / total;
          assert.ok(Math.abs(value - expected) < 0.02, `${id} ${powers[i]}: ${value} %, expected ${expected} %`);
        });
      }
    }
  });

  it('names decades, and warns where nearly clean targets have most of the weight', () => {
    const decades = diagnosisOf(createSchedule('cosine'), 'decades');
    assert.equal(decades.severity, 'warning');
    assert.match(decades.sentence, /^69\.4 % of the loss weight is in the decade of SNR 10⁶ to 10⁷: .* cap the weight/);
    assert.equal(decades.figures[0]!.name, 'SNR 10⁻⁷ to 10⁻⁶');
    const capped = diagnosisOf(createSchedule('cosine'), 'decades', { weightCap: 5 });
    assert.equal(capped.severity, 'info');
    assert.match(capped.sentence, /% of the loss weight \(SNR′ capped at 5\) is in the decade of SNR 1 to 10\.$/);
    const wide = diagnosisOf(createSchedule('linear-gamma', { gammaMin: -700, gammaMax: 700 }), 'decades', {
      limit: 700,
    });
    assert.deepEqual(
      [wide.figures.length, wide.figures[0]!.name, wide.figures.at(-1)!.name],
      [18, 'SNR below 10⁻⁸', 'SNR above 10⁸'],
    );
  });

  it('finds where gamma falls or stands still', () => {
    const falling: Schedule = {
      logSnr: (t) => 5 * Math.sin(2 * Math.PI * 1.25 * t),
      logSnrRate: (t) => 12.5 * Math.PI * Math.cos(2 * Math.PI * 1.25 * t),
    };
    const fall = diagnosisOf(falling, 'monotone');
    assert.equal(fall.severity, 'warning');
    assert.match(fall.sentence, /^γ falls from t = 0\.2 to t = 0\.6, /);
    close(figure(fall, 'from'), 0.2, 1e-9);
    close(figure(fall, 'to'), 0.6, 1e-9);
    assert.ok(!found(falling).some(({ id }) => ['steps', 'weight', 'decades'].includes(id)));

    const flat: Schedule = {
      logSnr: (t) => Math.min(Math.max(20 * t - 10, -8), 6),
      logSnrRate: (t) => (t < 0.1 || t > 0.8 ? 0 : 20),
    };
    const still = diagnosisOf(flat, 'monotone');
    assert.equal(still.severity, 'note');
    assert.match(still.sentence, /^γ is constant until t = 0\.1, from t = 0\.8, /);
    assert.match(
      diagnosisOf(createSchedule('edm'), 'monotone').sentence,
      /^γ increases throughout, from −8\.764 to 12\.43\.$/,
    );
  });

  it('finds where alphaBar leaves (0, 1), and where nothing is in the window', () => {
    const early = diagnosisOf(createSchedule('sqrt', { offset: 0.05 }), 'range');
    assert.equal(early.severity, 'warning');
    assert.match(early.sentence, /^ᾱ is 0 or less until t = 0\.05, .*: the schedule leaves \(0, 1\)\.$/);
    const late: Schedule = {
      logSnr: (t) => (t < 0.7 ? 10 * t : Infinity),
      logSnrRate: (t) => (t < 0.7 ? 10 : Infinity),
    };
    assert.match(diagnosisOf(late, 'range').sentence, /^ᾱ is 1 or more from t = 0\.7, /);
    const hole: Schedule = { logSnr: (t) => (t > 0.3 && t < 0.4 ? NaN : t), logSnrRate: () => 1 };
    assert.match(diagnosisOf(hole, 'range').sentence, /^γ has no value from t = 0\.3 to t = 0\.4/);
    assert.ok(!found(createSchedule('cosine')).some(({ id }) => id === 'range'));
    const outside = diagnosisOf(createSchedule('linear-gamma', { gammaMin: 20, gammaMax: 30 }), 'window');
    assert.equal(outside.severity, 'warning');
    assert.match(outside.sentence, /^No time lies in the window \|γ\| ≤ 15: γ runs from 20 to 30/);
  });

  it('puts warnings first, then notes', () => {
    const rank = ['warning', 'note', 'info'];
    const order = found(createSchedule('scaled-linear', { betaStart: 0 })).map(({ severity }) =>
      rank.indexOf(severity),
    );
    assert.deepEqual(order, [...order].sort());
    assert.deepEqual([...new Set(order)], [0, 1, 2]);
  });

  for (const { id } of schedules)
    it(`${id}: every sentence is whole, whatever the parameters, the window and the cap`, () =>
      fc.assert(
        fc.property(
          drawn(id),
          fc.constantFrom(1, 15, 700),
          fc.constantFrom(5, Infinity),
          (values, limit, weightCap) => {
            for (const { sentence, figures, severity } of found(createSchedule(id, values), { limit, weightCap })) {
              assert.match(sentence, /^\S.*\.$/);
              assert.doesNotMatch(sentence, /undefined|NaN/, severity);
              for (const { value, name } of figures) assert.ok(!Number.isNaN(value), name);
            }
          },
        ),
        { numRuns: 60, seed: 2 },
      ));
});
