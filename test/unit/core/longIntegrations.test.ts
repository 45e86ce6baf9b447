import assert from 'node:assert/strict';
import { compare, gridChoice, type ComparisonProblem } from '../../../src/core/compare';
import { createDenoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { integrate, integrating, integratorOf, timed } from '../../../src/core/integrators';
import { normalQuantiles } from '../../../src/core/math/normal';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';

const flow = {
  dynamics: createDynamics('noprop-forward'),
  schedule: createSchedule('linear-gamma', { gammaMin: -6, gammaMax: 6 }),
  denoiser: createDenoiser('mixture'),
  z0: normalQuantiles(1000),
  n: 1000,
  d: 1,
};

/** How often some work rests, and what it comes to. */
function rested<T>(work: Generator<unknown, T>) {
  let rests = 0;
  let next = work.next();
  for (; !next.done; next = work.next()) rests++;
  return { rests, value: next.value };
}

describe('long integrations', () => {
  for (const [id, tolerance] of [
    ['rk4', undefined],
    ['ab4', undefined],
    ['unipc-2', undefined],
    ['dopri5', 1e-12],
  ] as const)
    it(`${id}: yields between its steps, and gives the same result`, () => {
      const run = { ...flow, integrator: integratorOf(id), times: uniform(0, 1, 2001), tolerance };
      const { rests, value } = rested(integrating(run));
      assert.ok(rests >= (tolerance ? 1 : 3), `${rests} rests`);
      assert.deepEqual(value, integrate(run));
    });

  it('a short one does not yield', () => {
    const run = { ...flow, integrator: integratorOf('rk4'), times: uniform(0, 1, 41) };
    assert.equal(rested(integrating(run)).rests, 0);
  });

  it('the time while it yields does not count', () => {
    let time = 0;
    const work = timed(
      (function* () {
        time += 3;
        yield;
        time += 4;
        return 'done';
      })(),
      () => time,
    );
    for (let next = work.next(); ; next = work.next(), time += 100) {
      if (next.done) return assert.deepEqual(next.value, { value: 'done', milliseconds: 7 });
    }
  });

  it('a comparison can be cancelled within a long row, and keeps the rows before it', () => {
    const problem: ComparisonProblem = { ...flow, window: { start: 0, end: 1 }, grids: [gridChoice({ id: 'uniform-t', params: {} })], integrators: [integratorOf('heun')], steps: [4, 8, 20_000] }; // prettier-ignore
    let within = 0;
    for (const { done, result, row } of compare(problem, () => 0)) {
      if (row || done < 3 || ++within < 4) continue;
      const { rows, slopes } = result!();
      assert.deepEqual(rows.map(({ steps }) => steps), [4, 8]); // prettier-ignore
      assert.equal(slopes.length, 1);
      break;
    }
    assert.equal(within, 4);
  });
});
