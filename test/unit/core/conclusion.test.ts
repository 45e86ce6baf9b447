import assert from 'node:assert/strict';
import { conclude, type ConclusionProblem } from '../../../src/core/conclusion/conclude';
import { commonLogSnr } from '../../../src/core/conclusion/matchedLogSnr';
import type { AccuracyPoint, ConclusionMeasurements } from '../../../src/core/conclusion/conclusion';
import { conclusionVerdict } from '../../../src/core/conclusion/verdict';
import { createSchedule } from '../../../src/core/schedules';

const named = (id: string, params = {}) => ({ label: id, schedule: createSchedule(id, params) });
const trained = named('linear-gamma', { gammaMin: -5, gammaMax: 5 });

/** Rows of one coordinate whose u is given; a state counts as right where it is positive. */
const problemOf = (u: (t: number, logSnr: number) => number, z0 = [-1.5, 0.5]): ConclusionProblem => ({
  denoiser: { times: 'all', denoise: (_z, _n, _d, t, logSnr, out) => void out.fill(u(t, logSnr)) },
  schedules: [trained, named('cosine'), named('linear-beta')],
  limit: 15,
  methods: ['euler', 'rk4'],
  steps: [2, 16, 32],
  z0: Float64Array.from(z0),
  n: z0.length,
  d: 1,
  right: (z) => Uint8Array.from(z, (value) => Number(value > 0)),
});

function run(problem: ConclusionProblem) {
  const work = conclude(problem);
  const shares: number[] = [];
  for (;;) {
    const { done, value } = work.next();
    if (done) return { result: value, shares };
    shares.push(value.done / value.total);
  }
}

const point = (change: Partial<AccuracyPoint>): AccuracyPoint => ({
  schedule: 0,
  dynamics: 'near-end',
  method: 'euler',
  steps: 16,
  accuracy: 0.9,
  drop: 0,
  error: 0.001,
  ...change,
});

const figures = (points: AccuracyPoint[]): ConclusionMeasurements => ({
  schedules: [{ label: 'linear', window: { start: 0, end: 1 } }],
  logSnr: [-5, 5],
  methods: ['euler'],
  steps: [2, 16],
  rows: 100,
  points,
  gaps: [
    { schedule: 0, dynamics: 'near-end', times: [0, 1], gap: [0, 0], early: 0.4, late: 0.05, end: 0.01, failure: '' },
  ],
});

describe("the note's conclusion", () => {
  it('asks u under other schedules at the time at which its own has the same log-SNR', () => {
    let asked = 0;
    run(
      problemOf((t, logSnr) => {
        asked++;
        assert.ok(Math.abs(trained.schedule.logSnr(t) - logSnr) < 1e-9, `${t} for ${logSnr}`);
        return 1;
      }),
    );
    assert.ok(asked > 1000);
  });

  it('runs over the log-SNR that the schedules have in common, and refuses those that have none', () => {
    assert.deepEqual(commonLogSnr([trained, named('linear-gamma', { gammaMin: -3, gammaMax: 9 })], 15), [-3, 5]);
    assert.deepEqual(commonLogSnr([named('cosine'), named('rectified-flow')], 2)[1], 2);
    assert.throws(() => commonLogSnr([trained, named('linear-gamma', { gammaMin: 6, gammaMax: 9 })], 15), {
      name: 'InputError',
      message: /linear-gamma, linear-gamma have no log-SNR in common/,
    });
  });

  it('measures the gap of the paths in closed form: eq. 28 parts early and comes back', () => {
    const { result, shares } = run(problemOf(() => 1, [-1.5]));
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
    const gamma = (t: number) => -5 + 10 * t;
    const a = (t: number) => 1 / (1 + Math.exp(-gamma(t)));
    const [a0, z0] = [a(0), -1.5];
    const exact = (t: number) => {
      const shrink = (Math.sqrt(a0 / a(t)) * (1 - a(t))) / (1 - a0);
      const forward = Math.sqrt(a(t)) + (z0 - Math.sqrt(a0)) * shrink;
      return Math.abs(1 + (z0 - 1) * Math.exp(gamma(0) - gamma(t)) - forward);
    };
    const found = result.gaps.find(({ schedule, dynamics }) => schedule === 0 && dynamics === 'near-end')!;
    found.times.forEach((t, k) => assert.ok(Math.abs(found.gap[k]! - exact(t)) < 2e-3, `${found.gap[k]} at ${t}`));
    const mean = (from: number, to: number) => {
      let sum = 0;
      for (let k = 0; k < 1000; k++) sum += exact(from + ((to - from) * (k + 0.5)) / 1000) / 1000;
      return sum;
    };
    assert.ok(Math.abs(found.early - mean(0, 0.5)) < 2e-3, `${found.early} against ${mean(0, 0.5)}`);
    assert.ok(Math.abs(found.late - mean(0.5, 1)) < 2e-3, `${found.late} against ${mean(0.5, 1)}`);
    assert.ok(found.early > 5 * found.late);
  });

  it('finds where the conclusion fails: a u that decides late, and dynamics too slow to follow', () => {
    const { result } = run(problemOf((_t, logSnr) => (logSnr > 2 ? 1 : -1)));
    const at = (dynamics: string) => result.findings.filter((one) => one.dynamics === dynamics);
    assert.ok(at('near-end').every(({ holds }) => holds), result.sentence); // prettier-ignore
    assert.ok(at('community-original').some(({ holds }) => !holds), result.sentence); // prettier-ignore
    assert.match(result.sentence, /It holds for eq\. 28 under every schedule/);
    assert.match(result.sentence, /does not hold for the community’s equation under .* steps: 0\.000 against 1\.000\)/);
  });

  it('lets accuracy fall short by a point or the standard error, from 16 steps on', () => {
    const verdict = (...points: Partial<AccuracyPoint>[]) => conclusionVerdict(figures(points.map(point)));
    assert.equal(verdict({ drop: 0.0099 }).findings[0]!.holds, true);
    assert.equal(verdict({ drop: 0.0101 }).findings[0]!.holds, false);
    assert.equal(verdict({ drop: 0.02, error: 0.021 }).findings[0]!.holds, true);
    assert.equal(verdict({ drop: 0.5, steps: 2 }, { drop: 0 }).findings[0]!.holds, true);
    const { sentence, rule } = verdict({ drop: 0.05 }, { drop: 0.02, method: 'rk4' });
    assert.match(rule, /every step count from 16 on/);
    assert.match(
      sentence,
      /It holds for none .*linear \(Euler, 16 steps: 0\.900 against 0\.950\)\..* 0\.4 and 0\.05 for eq\. 28\./,
    );
  });
});
