import assert from 'node:assert/strict';
import { compare } from '../../../src/core/compare';
import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentComparison, experimentFlow } from '../../../src/core/experiment/experimentFlow';
import { integrate, integrators, writtenSteps } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';

/** The mixture of two Gaussians on the table of Stable Diffusion, uniform in t. */
const experimentOf = (rest: object = {}, integrator: object = {}, comparison: object = {}) => {
  const { experiment, problems } = parseExperiment(
    JSON.stringify({
      version: 1,
      name: 'Last step',
      schedules: [
        { id: 'discrete', params: { betaStart: 0.00085, betaEnd: 0.012 }, inputs: { rule: 'scaled_linear' } },
      ],
      dynamics: 'probability-flow',
      integrator: { id: 'dpmpp-2m', steps: 11, ...integrator },
      comparison: { integrators: ['dpmpp-2m', 'exponential-1'], steps: [11], ...comparison },
      ...rest,
    }),
  );
  assert.ok(experiment, JSON.stringify(problems));
  return experiment;
};

const STARTS = normalQuantiles(64);
const compared = (comparison: object, rest: object = {}) => {
  const problem = { ...experimentComparison(experimentOf(rest, {}, comparison)), z0: STARTS };
  const work = compare(problem, () => 0);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
};

describe('core: the last step', () => {
  it('on the table of SD a first-order last step makes 2M seven times as good, and better than first order', () => {
    // by an independent program in Python, with lines between the rows of the table where the lab has a cubic
    const expected = [
      [11, 0.5802, 0.0833, 0.0968],
      [14, 0.4118, 0.0729, 0.0806],
      [20, 0.2814, 0.0579, 0.0612],
    ] as const;
    const { rows } = compared({ finals: ['to-end', 'lower-order'], steps: expected.map(([n]) => n) });
    const error = (integrator: string, steps: number, final?: string) =>
      rows.find((row) => row.integrator === integrator && row.steps === steps && row.final === final)!.error;
    for (const [n, toEnd, lower, first] of expected) {
      const found = [error('dpmpp-2m', n, 'to-end'), error('dpmpp-2m', n, 'lower-order'), error('exponential-1', n)];
      [toEnd, lower, first].forEach((value, k) =>
        assert.ok(Math.abs(found[k]! / value - 1) < 0.01, `${n}: ${found.join()}`),
      );
    }
  });

  it('is first-order by itself where the noise ends at none, wherever the window cuts, and the verdict says so', () => {
    const { rows, verdict } = compared({ aim: 0.09 });
    assert.deepEqual(
      rows.map(({ integrator, final }) => [integrator, final]),
      [
        ['dpmpp-2m', 'lower-order'],
        ['exponential-1', undefined],
      ],
    );
    assert.match(verdict, /DPM-Solver\+\+\(2M\) with a first-order last step is the cheapest/);
    const finite = compared({}, { schedules: [{ id: 'linear-gamma' }] });
    assert.equal(finite.rows[0]!.final, 'to-end');
    assert.doesNotMatch(finite.verdict, /last step/);
  });

  it('methods are compared at their best choice', () => {
    const { verdict, rows } = compared({ finals: ['to-end', 'lower-order', 'euler'], aim: 0.09 });
    assert.equal(rows.filter(({ integrator }) => integrator === 'dpmpp-2m').length, 2, 'two of the three are the same');
    assert.equal(rows.filter(({ integrator }) => integrator === 'exponential-1').length, 1);
    assert.match(verdict, /^DPM-Solver\+\+\(2M\) with a first-order last step/);
  });

  it('under N steps counts the steps', () => {
    const end = (final: string, steps: number) =>
      integrate(experimentFlow(experimentOf({}, { final, finalUnder: 12, steps }))).z;
    assert.deepEqual(end('lower-order-under', 11), end('lower-order', 11));
    assert.deepEqual(end('lower-order-under', 12), end('to-end', 12));
    assert.notDeepEqual(end('to-end', 11), end('lower-order', 11));
  });

  it('Euler at the end saves the calls of a method that makes more than one', () => {
    const calls = (final: string) => {
      const rest = { schedules: [{ id: 'linear-gamma' }] };
      return integrate(experimentFlow(experimentOf(rest, { id: 'heun', steps: 5, final }))).evaluations;
    };
    assert.deepEqual([calls('to-end'), calls('lower-order'), calls('euler')], [10, 10, 9]);
  });

  it('every multistep method ends as its first-order one does from the state before', () => {
    for (const { id, kind, multistep } of integrators.filter((row) => row.multistep)) {
      assert.ok(multistep);
      const flow = experimentFlow(
        experimentOf({ schedules: [{ id: 'linear-gamma' }] }, { id, final: 'lower-order', steps: 9 }),
      );
      const { z, path } = integrate({ ...flow, savePath: true });
      const before = path!.slice(-2 * z.length, -z.length);
      const base = integrators.find((row) => row.id === (kind === 'exponential' ? 'exponential-1' : 'euler'))!;
      const one = integrate({ ...flow, final: undefined, integrator: base, z0: before, times: flow.times.slice(-2) });
      if (id === 'unipc-2') continue; // it corrects the state before, which its path has uncorrected
      one.z.forEach((value, i) => assert.ok(Math.abs(value - z[i]!) < 1e-12, id));
    }
  });

  it('written-out steps have it too', () => {
    const flow = experimentFlow(experimentOf({}, { final: 'lower-order' }));
    const last = writtenSteps(flow, 'all')!.at(-1)!;
    assert.equal(last.sum?.length, 2, 'the state and one u');
    assert.equal(writtenSteps({ ...flow, final: undefined }, 'all')!.at(-1)!.sum?.length, 3);
  });
});
