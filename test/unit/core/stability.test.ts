import assert from 'node:assert/strict';
import fc from 'fast-check';
import { poleAt } from '../../../src/core/diagnostics/poles';
import { stableSteps } from '../../../src/core/diagnostics/steps';
import { featuresOf } from '../../../src/core/diagnostics/scheduleFeatures';
import { createDynamics } from '../../../src/core/dynamics';
import { createSchedule, schedules, type Schedule, type Values } from '../../../src/core/schedules';
import { windowOf, type Window } from '../../../src/core/schedules/window';
import { close, CONTEXT, drawn, diagnosisOf } from './diagnose';

/** Whether the distance of two Euler paths of eq. 26 with constant u grows in any of n equal steps. */
function grows({ logSnr, logSnrRate }: Schedule, { start, end }: Window, n: number): boolean {
  const { rates } = createDynamics('noprop-forward');
  const step = (end - start) / n;
  for (let k = 0; k < n; k++) {
    const t = start + step * k;
    const { pull, decay } = rates(t, logSnr(t), logSnrRate(t));
    const euler = (z: number) => z + step * (pull * 0.7 - decay * z);
    // Each step from the same two states, so that a path that has died out cannot hide what follows.
    if (Math.abs(euler(1) - euler(-1)) > 2 + 1e-12) return true;
  }
  return false;
}

describe('poles of gamma′', () => {
  const none = [0, 'none'] as const;
  type End = readonly [coefficient: number, kind: string];
  const cases: [string, Values, End, End][] = [
    ['linear-gamma', {}, none, none],
    ['cosine', {}, [2, 'simple'], [1, 'simple']],
    ['cosine', { offset: 0 }, [2, 'simple'], [2, 'simple']],
    ['linear-beta', {}, none, [1, 'simple']],
    ['linear-beta', { betaMin: 0 }, none, [2, 'simple']],
    ['linear-beta', { betaMin: 1e-4 }, none, [1, 'simple']],
    ['scaled-linear', { betaStart: 0 }, none, [3, 'simple']],
    ['linear-alpha', { alphaMin: 0, alphaMax: 1 }, [1, 'simple'], [1, 'simple']],
    ['sigmoid', {}, [1, 'simple'], [1, 'simple']],
    ['sub-vp', {}, none, [2, 'simple']],
    ['sub-vp', { betaMin: 0 }, none, [4, 'simple']],
    ['generalized-cosine', { tau: 0.3 }, [0.6, 'simple'], [1, 'simple']],
    ['generalized-cosine', { tau: 0.1, start: 0 }, [0.2, 'simple'], [2, 'simple']],
    ['generalized-cosine', { tau: 3, end: 0.9 }, [1, 'simple'], [1, 'simple']],
    ['polynomial', { alphaMin: 0, alphaMax: 1, power: 3.5 }, [3.5, 'simple'], [1, 'simple']],
    ['polynomial', { power: 0.5 }, [0, 'integrable'], none],
    ['sqrt', {}, [1, 'simple'], none],
    ['sqrt', { offset: 0 }, [1, 'simple'], [0.5, 'simple']],
    ['rectified-flow', { shift: 3 }, [2, 'simple'], [2, 'simple']],
    ['edm', {}, none, none],
    ['log-normal', {}, [0, 'slow'], [0, 'slow']],
    ['laplace', { b: 1.7 }, [1.7, 'simple'], [1.7, 'simple']],
    ['cauchy', {}, [Infinity, 'fast'], [Infinity, 'fast']],
  ];
  for (const [id, params, ...expected] of cases)
    it(`${id} ${JSON.stringify(params)}: ${expected.join('; ')}`, () => {
      const features = featuresOf(createSchedule(id, params), CONTEXT);
      expected.forEach(([coefficient, kind], end) => {
        const pole = poleAt(features, end as 0 | 1);
        assert.equal(pole.kind, kind);
        if (coefficient === Infinity) assert.equal(pole.coefficient, Infinity);
        else assert.ok(Math.abs(pole.coefficient - coefficient) <= 1e-4 * coefficient, `${pole.coefficient}`);
      });
    });

  it('says where they stand, and which are not simple', () => {
    const sentence = (id: string, params = {}) => diagnosisOf(createSchedule(id, params), 'poles').sentence;
    assert.match(
      sentence('cosine'),
      /a simple pole at t = 0, γ′ ≈ 2\/t, and a simple pole at t = 1, γ′ ≈ 1\/\(1 − t\)/,
    );
    assert.match(sentence('sqrt', { offset: 0.05 }), /a simple pole at t = 0\.05, γ′ ≈ 1\/\(t − 0\.05\)/);
    assert.match(sentence('cauchy'), /more than a simple pole at t = 0/);
    assert.match(sentence('log-normal'), /less than a simple pole at t = 0/);
  });

  it('are found where a curve keeps few digits next to the end', () => {
    // as a formula for alphaBar would: 1 - alphaBar by subtraction
    const signal = (t: number) => Math.cos((Math.PI / 2) * (1 - t)) ** 2;
    const rough: Schedule = {
      logSnr: (t) => (signal(t) >= 1 ? Infinity : t === 0 ? -Infinity : Math.log(signal(t) / (1 - signal(t)))),
      logSnrRate: (t) => (Math.PI * Math.sin(Math.PI * (1 - t))) / 2 / (signal(t) * (1 - signal(t))),
    };
    const pole = poleAt(featuresOf(rough, CONTEXT), 1);
    assert.equal(pole.kind, 'simple');
    close(pole.coefficient, 2, 1e-4);
  });
});

describe('stable Euler steps', () => {
  const hump: Schedule = {
    logSnr: (t) => 8 * Math.tanh(12 * (t - 0.4)) + 2 * t,
    logSnrRate: (t) => 96 / Math.cosh(12 * (t - 0.4)) ** 2 + 2,
  };
  const cases: [string, Schedule, number][] = [
    ['a hump', hump, 15],
    ['linear-gamma', createSchedule('linear-gamma', { gammaMin: -15, gammaMax: 15 }), 15],
    ['cosine', createSchedule('cosine'), 15],
    ['cosine, narrow', createSchedule('cosine', { offset: 0 }), 4],
    ['edm', createSchedule('edm'), 15],
    ['sub-vp', createSchedule('sub-vp'), 10],
    ['rectified-flow', createSchedule('rectified-flow'), 12],
    ['laplace', createSchedule('laplace', { b: 3 }), 15],
    ['cauchy', createSchedule('cauchy'), 15],
    ['polynomial', createSchedule('polynomial', { power: 4 }), 15],
  ];
  for (const [name, schedule, limit] of cases)
    it(`${name}: an error grows with one step fewer, and with no greater number`, () => {
      const window = windowOf(schedule, limit)!;
      const steps = stableSteps(schedule, window);
      if (steps > 1) assert.ok(grows(schedule, window, steps - 1), `${steps - 1} steps are stable`);
      for (const more of [0, 1, 2, 3, 7, steps, 3 * steps])
        assert.ok(!grows(schedule, window, steps + more), `${steps + more} steps are not stable, of ${steps}`);
    });

  it('is so for random parameters of every family', () => {
    let checked = 0;
    for (const family of schedules)
      fc.assert(
        fc.property(drawn(family.id), (values) => {
          const schedule = createSchedule(family.id, values);
          const window = windowOf(schedule, 6);
          const steps = window && stableSteps(schedule, window);
          if (!steps || steps > 3000) return;
          checked++;
          assert.ok(steps === 1 || grows(schedule, window, steps - 1), `${steps - 1} steps are stable`);
          for (let n = steps; n < steps + 10; n++) assert.ok(!grows(schedule, window, n), `${n} are not, of ${steps}`);
        }),
        { numRuns: 25, seed: 3 },
      );
    assert.ok(checked > 150, `${checked}`);
  });

  it('says where no number is stable', () => {
    const sentence = (id: string, params = {}) => diagnosisOf(createSchedule(id, params), 'steps').sentence;
    assert.match(sentence('rectified-flow'), /with no number from t = 0 itself, or up to t = 1 itself, where γ′ ≈ 2/);
    assert.match(sentence('linear-beta'), /stable with 6 equal steps or more from t = 0 to 1\s−\s3\.058·10⁻⁶\.$/);
    assert.match(sentence('polynomial', { power: 0.5 }), /not stable with any number of equal steps/);
  });
});
