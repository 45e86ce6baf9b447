import assert from 'node:assert/strict';
import { Random } from '../../../src/core/math/random';
import { createSchedule, defaultInputs, scheduleFamily } from '../../../src/core/schedules';
import { Monotone } from '../../../src/core/schedules/monotone';
import { newEntry } from '../../../src/core/schedules/entry';
import { withInputText } from '../../../src/core/imports/inputText';

const straight = defaultInputs(scheduleFamily('learned')).weights as readonly number[];

/** Raw parameters of K units, from gentle to steep and to both sides of [0, 1]. */
function rawOf(units: number, seed: number, size: number): Float64Array {
  const raw = Random.stream(seed, 'weights').normals(new Float64Array(1 + 3 * units));
  return raw.map((value) => value * size);
}

const close = (found: number, expected: number, relative: number, what: string) =>
  assert.ok(
    Math.abs(found - expected) <= relative * Math.max(1e-3, Math.abs(expected)),
    `${what}: ${found}, ${expected}`,
  );

describe('the learned schedule', () => {
  it('is close to a straight line where nothing was learned', () => {
    const { logSnr } = createSchedule('learned', { gammaMin: -6, gammaMax: 8 });
    for (let t = 0; t <= 1; t += 1 / 64)
      assert.ok(Math.abs(logSnr(t) - (-6 + 14 * t)) < 0.02 * 14, `${logSnr(t)} at ${t}`);
  });

  it('has exactly its ends, and increases between, whatever the weights', () => {
    for (const size of [0.3, 3, 30])
      for (let seed = 0; seed < 20; seed++) {
        const weights = [...rawOf(5, seed, size)].map((raw) => Math.max(-100, Math.min(100, raw)));
        const { logSnr, logSnrRate } = createSchedule('learned', { gammaMin: -7, gammaMax: 9 }, { weights });
        assert.deepEqual([logSnr(0), logSnr(1)], [-7, 9]);
        for (let t = 0, last = -7; t <= 1; t += 1 / 256) {
          assert.ok(logSnr(t) >= last && logSnr(t) <= 9, `${logSnr(t)} after ${last}`);
          assert.ok(logSnrRate(t) > 0 && Number.isFinite(logSnrRate(t)));
          last = logSnr(t);
        }
      }
  });

  it('keeps its values where the network is written as VDM writes it', () => {
    const raw = rawOf(3, 4, 1.5);
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const [b, c] = [raw.slice(4, 7).map((r) => Math.log1p(Math.exp(r))), raw.slice(7)];
    const spans = b.map((steepness, k) => sigmoid(steepness + c[k]!) - sigmoid(c[k]!));
    const plain = (t: number) =>
      Math.exp(raw[0]!) * t +
      spans.reduce((sum, span, k) => sum + (Math.exp(raw[k + 1]!) / span) * sigmoid(b[k]! * t + c[k]!), 0);
    const network = new Monotone(raw);
    for (const t of [1e-3, 0.2, 0.5, 0.77, 0.999])
      close(network.value(t), (plain(t) - plain(0)) / (plain(1) - plain(0)), 1e-11, `n(${t})`);
  });

  it('has the gradient of central differences in every raw parameter, gentle and steep', () => {
    for (const [units, size] of [
      [1, 1],
      [4, 0.01],
      [4, 2],
      [3, 12],
    ] as const)
      // prettier-ignore
      for (const t of [0, 0.013, 0.4, 0.9, 1]) {
        const raw = rawOf(units, units, size);
        const found = new Float64Array(raw.length);
        new Monotone(raw).addGradient(t, 1.7, -0.6, found);
        raw.forEach((value, k) => {
          const at = (delta: number) => {
            const network = new Monotone(raw.map((one, i) => (i === k ? value + delta : one)));
            return 1.7 * network.value(t) - 0.6 * network.rate(t);
          };
          const slope = (h: number) => (at(h) - at(-h)) / (2 * h);
          close(found[k]!, (4 * slope(5e-4) - slope(1e-3)) / 3, 1e-7, `parameter ${k} of ${units} units at ${t}`);
        });
      }
  });

  it('keeps its slope where a unit is so steep or so far away that its parts overflow', () => {
    const raw = [0, 0, 0, 100, -100, -90, 100];
    const network = new Monotone(raw);
    const out = new Float64Array(7);
    for (const t of [0, 0.5, 1]) {
      network.addGradient(t, 1, 1, out);
      assert.ok(Number.isFinite(network.rate(t)) && out.every(Number.isFinite), `${network.rate(t)}, ${out.join()}`);
    }
    // one third each: the line, the step at t = 0.9, and a unit too gentle to differ from the line
    close(network.value(0.9), 0.6 + 0.5 / 3, 1e-4, 'n(0.9)');
  });

  it('refuses weights that are no network, and reads them from a text', () => {
    for (const [weights, message] of [
      [[0, 0, 0, 0, 0], /weights must be 1 \+ 3K numbers for a network of K units: got 5/],
      [[], /weights must be 1 \+ 3K numbers for a network of K units: got 0/],
    ] as const)
      assert.throws(() => createSchedule('learned', {}, { weights }), { name: 'InputError', message });
    const entry = newEntry('learned');
    assert.deepEqual(withInputText(entry, 'weights', '[0, 1, 20, -10]').inputs.weights, [0, 1, 20, -10]);
    assert.throws(
      () => withInputText(entry, 'weights', '0 1 20 -101'),
      /row 4 must be a number from -100 to 100: got -101/,
    );
    assert.throws(() => withInputText(entry, 'weights', '0 1 20 -10 3'), /there must be|1 \+ 3K numbers/);
    assert.equal(straight.length % 3, 1);
  });
});
