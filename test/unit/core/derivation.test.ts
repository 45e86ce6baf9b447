import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkDerivation,
  checkEquation,
  derivation,
  flatten,
  plainLatex,
  samplesOf,
  derivationSummary,
  type Equation,
  type Verdict,
} from '../../../src/core/derivation';
import { conditioned, integrated } from '../../../src/core/derivation/bayes';
import { panel } from '../../../src/core/math/quadrature';
import { exactStep, snrGain } from '../../../src/core/process/marginals';
import {
  checkValues,
  createSchedule,
  defaults,
  schedules,
  type Schedule,
  type ScheduleFamily,
} from '../../../src/core/schedules';
import { modifiers } from '../../../src/core/schedules/modifiers';
import { sigmoid } from '../../../src/core/math/stable';
import { windowOf } from '../../../src/core/schedules/window';

/** What each equation of the note is, worked out by hand. */
const EXPECTED: Record<Verdict, readonly string[]> = {
  holds: ['2', '3', '5', '6', '8', '9', '11', '12', '13', '19', '22'],
  'first order': ['15', '17', '18', '24'],
  misprint: ['10', '14'],
  notation: ['1', '4', '16', '20', '21', '23', '25', '26', '27'],
  approximation: ['28', 'prior'],
  blank: ['7'],
  fails: [],
};
const verdictBy = new Map(
  Object.entries(EXPECTED).flatMap(([verdict, eqs]) => eqs.map((eq) => [eq, verdict as Verdict] as const)),
);
const equations = derivation.flatMap((section) => section.equations);
const equationOf = (eq: string) => equations.find((row) => row.eq === eq)!;

const check = (schedule: Schedule, limit = 15) => checkDerivation(schedule, windowOf(schedule, limit)!);
const linear = createSchedule('linear-gamma');
const samples = samplesOf(linear, windowOf(linear, 15)!);
const verdictOn = (equation: Equation) => checkEquation(equation, samples).verdict;

/** The noise of a step is its rate times dt to the last digit where the rate is constant: then eq. 18 is exact. */
function constantNoise({ logSnr, logSnrRate }: Schedule, { start, end }: { start: number; end: number }): boolean {
  const [first, ...rest] = [0.1, 0.37, 0.82].map((share) => {
    const t = start + (end - start) * share;
    return logSnrRate(t) * sigmoid(-logSnr(t));
  });
  return rest.every((rate) => Math.abs(rate / first! - 1) < 1e-9);
}

/** Asserts that every equation has the verdict it should have on a schedule. */
function assertVerdicts(schedule: Schedule, what: string, limit = 15): void {
  const window = windowOf(schedule, limit)!;
  const constant = constantNoise(schedule, window);
  for (const { equation, verdict, printed, corrected } of checkDerivation(schedule, window)) {
    const expected = equation.eq === '18' && constant ? 'holds' : verdictBy.get(equation.eq);
    const numbers = JSON.stringify([printed?.error, printed?.order, corrected?.error, corrected?.order]);
    assert.equal(verdict, expected, `eq. ${equation.eq} on ${what}: ${numbers}`);
    const order = (corrected ?? printed)?.order;
    if (order !== undefined && !(equation.eq === '18' && constant))
      assert.ok(order > 1.9 && order < 2.1, `eq. ${equation.eq} on ${what}: order ${order}`);
  }
}

/** Valid parameters of a family whose window is more than a nat wide and reaches below a log-SNR of 8. */
const drawn = (family: ScheduleFamily) =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(family.parameters).map(([key, { slider, integer }]) => [
          key,
          integer
            ? fc.integer({ min: slider[0], max: slider[1] })
            : fc.integer({ min: 0, max: 1000 }).map((step) => slider[0] + ((slider[1] - slider[0]) * step) / 1000),
        ]),
      ),
    )
    .filter((values) => checkValues(family, values).length === 0)
    .filter((values) => {
      const schedule = createSchedule(family.id, values);
      const window = windowOf(schedule, 15);
      if (!window) return false;
      const [low, high] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
      return high - low > 1 && low < 8;
    });

describe('derivation', () => {
  it('has the equations 1 to 28 in order, and the prior', () => {
    const numbers = Array.from({ length: 28 }, (_, i) => String(i + 1));
    assert.deepEqual(
      equations.map(({ eq }) => eq),
      [...numbers, 'prior'],
    );
    assert.deepEqual([...verdictBy.keys()].sort(), [...numbers, 'prior'].sort());
  });

  for (const family of schedules) {
    it(`${family.id}: every equation has its verdict`, () => assertVerdicts(createSchedule(family.id), 'the defaults'));

    it(`${family.id}: the verdicts do not depend on its parameters`, () => {
      fc.assert(
        fc.property(drawn(family), (values) =>
          assertVerdicts(createSchedule(family.id, values), JSON.stringify(values)),
        ),
        { numRuns: 12, seed: 1 },
      );
    }).timeout(60000);

    for (const limit of [3, 40, 700])
      it(`${family.id}: nor on a window of ${limit}`, () =>
        assertVerdicts(createSchedule(family.id), `a window of ${limit}`, limit)).timeout(20000);
  }

  for (const modifier of modifiers)
    it(`${modifier.id}: nor on a modified schedule`, () => {
      for (const { id } of schedules)
        assertVerdicts(modifier.apply(createSchedule(id), defaults(modifier)), `${id}, ${modifier.id}`);
    }).timeout(20000);

  it('what holds does so to rounding', () => {
    for (const { equation, verdict, printed } of check(linear))
      if (verdict === 'holds') assert.ok(printed!.error < 1e-12, `eq. ${equation.eq}: ${printed!.error}`);
  });

  for (const eq of ['10', '14'])
    it(`eq. ${eq}: with printed and corrected swapped, the printed form passes and is no misprint`, () => {
      const { check: own, printed, corrected, ...rest } = equationOf(eq);
      const swapped = { ...own!, printed: own!.corrected!, corrected: own!.printed };
      const equation = { ...rest, printed: corrected!, corrected: printed, check: swapped };
      assert.equal(verdictOn(equationOf(eq)), 'misprint');
      assert.equal(verdictOn(equation), eq === '10' ? 'holds' : 'first order');
    });

  it('a correction that is wrong makes no misprint', () => {
    const { check: own, ...rest } = equationOf('10');
    assert.equal(verdictOn({ ...rest, check: { ...own!, corrected: own!.printed } }), 'fails');
    const other = equationOf('27');
    assert.equal(verdictOn({ ...other, check: { ...other.check!, corrected: other.check!.printed } }), 'fails');
  });

  describe('a coefficient that is off by a millionth', () => {
    for (const equation of equations) {
      const { check: own } = equation;
      const verdict = verdictBy.get(equation.eq)!;
      if (!own || verdict === 'approximation') continue;
      const claim = own.corrected ?? own.printed;
      own.parts.forEach((part, k) =>
        it(`eq. ${equation.eq}: ${part}`, () => {
          const mutant = (at: Parameters<typeof claim>[0]) =>
            claim(at).map((value, i) => (i === k ? value * (1 + 1e-6) : value));
          const changed = own.corrected ? { ...own, corrected: mutant } : { ...own, printed: mutant };
          assert.equal(verdictOn({ ...equation, check: changed }), 'fails');
        }),
      );
    }
  });

  it('eq. 28 is off by what is left of the noise: its rate by half, its fixed point by an eighth of the square', () => {
    const { printed } = check(linear).find(({ equation }) => equation.eq === '28')!;
    const [rate, point] = printed!.limit!;
    assert.ok(Math.abs(rate!.order - 1) < 0.02, String(rate!.order));
    assert.ok(Math.abs(point!.order - 2) < 0.02, String(point!.order));
    for (const { rows } of printed!.limit!)
      for (const { small, error, asymptote } of rows)
        assert.ok(Math.abs(error / asymptote - 1) < 2 * small, `${error} at ${small}, asymptote ${asymptote}`);
  });

  it('eq. 18 is exact where the noise rate is constant, and only there', () => {
    const verdictAt = (id: string) => check(createSchedule(id)).find(({ equation }) => equation.eq === '18')!.verdict;
    assert.equal(verdictAt('constant-beta'), 'holds');
    assert.equal(verdictAt('linear-beta'), 'first order');
  });

  it('a corrected eq. 14 is eq. 15, to rounding', () => {
    const [fourteen, fifteen] = [equationOf('14').check!, equationOf('15').check!];
    for (const at of [...samples.steps, ...samples.shrinkingSteps.flat()])
      fourteen.corrected!(at).forEach((value, part) => {
        const other = fifteen.printed(at)[part]!;
        assert.ok(Math.abs(value / other - 1) < 1e-12, `${value} and ${other} at ${at.t}`);
      });
  });

  it('the two ways to the exact step agree with each other, and with the step that is sampled', () => {
    for (const { from, to } of samples.steps) {
      const [a, b, c] = [conditioned(from, to), integrated(from, to), exactStep(from, to)];
      for (const [value, other, what] of [
        [a.state, b.state, 'state'],
        [a.target, b.target, 'target'],
        [a.variance, b.variance, 'variance'],
        [a.state, c.fromState, 'state'],
        [a.target, c.fromTarget, 'target'],
        [a.variance, c.variance, 'variance'],
      ] as const)
        assert.ok(Math.abs(value / other - 1) < 1e-12, `${what} from ${from} to ${to}: ${value} and ${other}`);
    }
  });

  it('the loss of a step of any size is half the gain in SNR, of which eqs. 16 to 21 are the limit', () => {
    const truth = equationOf('21').check!.truth;
    for (const at of samples.steps) {
      const exact = snrGain(at.from, at.to) / 2;
      assert.ok(Math.abs(truth(at)[0]! / exact - 1) < 1e-12, `from ${at.from} to ${at.to}`);
    }
    // Small steps add up to the same, so the sums of eqs. 16 to 21 go to it.
    const sum = Array.from({ length: 8 }, (_, i) => snrGain(-2 + i / 2, -1.5 + i / 2)).reduce((a, b) => a + b);
    assert.ok(Math.abs(sum / snrGain(-2, 2) - 1) < 1e-14);
    const integral = Array.from({ length: 8 }, (_, i) => panel(Math.exp, -2 + i / 2, -1.5 + i / 2));
    assert.ok(Math.abs(integral.reduce((a, b) => a + b) / snrGain(-2, 2) - 1) < 1e-14);
  });

  it('refuses a schedule that does not increase, or that has nothing to check', () => {
    const falling = { logSnr: (t: number) => 5 - 10 * t, logSnrRate: () => -10 };
    assert.throws(() => checkDerivation(falling, { start: 0, end: 1 }), /log-SNR/);
    const far = createSchedule('linear-gamma', { gammaMin: 50, gammaMax: 60 });
    assert.throws(() => check(far, 700), /no part with \|log-SNR\| <= 30/);
  });

  it('says in one sentence what came out, from the verdicts', () => {
    const rows = check(linear);
    assert.equal(
      derivationSummary(rows),
      '11 hold exactly, 4 to first order; misprints: 10, 14; slips of notation: 1, 4, 16, 20, 21, 23, 25, 26, 27; ' +
        'approximations: 28, prior; blank: 7.',
    );
    const ten = flatten(rows.find(({ equation }) => equation.eq === '10')!);
    assert.match(ten.sentence, /^As printed it is off by 4\.\d times the true value; corrected it agrees to \d/);
    const fourteen = flatten(rows.find(({ equation }) => equation.eq === '14')!);
    assert.match(fourteen.sentence, /order 1\.00; corrected it .* order 2\.00\.$/);
  });

  it('plain LaTeX has no marks, and the braces of both forms match', () => {
    assert.equal(plainLatex(String.raw`e^{\differ{\tfrac{1}{2}d}} + \differ{x}`), String.raw`e^{\tfrac{1}{2}d} + x`);
    for (const { printed, corrected = '' } of equations)
      for (const latex of [printed, corrected].map(plainLatex)) {
        assert.doesNotMatch(latex, /differ/);
        assert.equal(latex.split('{').length, latex.split('}').length, latex);
      }
  });

  it('is quick enough to follow a slider', () => {
    for (let i = 0; i < 10; i++) check(linear);
    const times = Array.from({ length: 20 }, () => {
      const before = performance.now();
      check(createSchedule('cosine'));
      return performance.now() - before;
    });
    const best = Math.min(...times);
    assert.ok(best < 10, `${best} ms`);
  });
});
