import assert from 'node:assert/strict';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import { dynamics } from '../../../../src/core/dynamics';
import { integrators } from '../../../../src/core/integrators';
import { exportedText } from '../../support/exported';
import { pythonJson, pythonWith } from '../../support/python';
import {
  assertClose,
  assertQuantities,
  endsHere,
  experimentOf,
  RATE_TIMES,
  ratesHere,
  scheduleCases,
  SDE,
  STARTS,
  steppedBy,
  TIMES,
  under,
  type Plain,
} from './moduleCases';

const python = pythonWith('numpy');
const write = (experiment: Experiment) => exportedText('numpy', experiment);

const TOLERANCE = 1e-12;

/** Prints numbers in JSON that has the infinities as text. */
const PRINT = `
import json
def plain(x):
    return [float(v) if np.isfinite(v) else str(float(v)) for v in np.asarray(x, dtype=float).ravel()]
`;

function assertSchedules(experiment: Experiment): void {
  const script = `${write(experiment)}${PRINT}
times = np.array(${JSON.stringify([...TIMES])})
print(json.dumps([{key: plain(row) for key, row in schedule.quantities(times).items()} for _, schedule in SCHEDULES]))
`;
  assertQuantities(experiment, pythonJson<Record<string, Plain>[]>(python!, script), TOLERANCE);
}

describe('export: a NumPy module', function () {
  this.timeout(60_000);

  before(function () {
    if (!python) this.skip();
  });

  for (const [title, experiment] of scheduleCases)
    it(`has ${title}, to 1e-12 in every quantity`, () => assertSchedules(experiment));

  it('has sigma and alphaBar as functions of a time', () => {
    const script = `${write(experimentOf({ schedules: [{ id: 'edm' }] }))}${PRINT}
print(json.dumps(plain([SCHEDULE.sigma(0.25) ** 2 * SCHEDULE.quantities(0.25)["snr"], SCHEDULE.alpha_bar(0.25) * (1 + SCHEDULE.sigma(0.25) ** 2)])))
`;
    assertClose(pythonJson<number[]>(python!, script), [1, 1], 'sigma', TOLERANCE);
  });

  for (const { id } of dynamics)
    it(`has the rates of the dynamics ${id}`, () => {
      const script = `${write(under(id))}${PRINT}\nprint(json.dumps([plain(part) for part in rates(${JSON.stringify(RATE_TIMES)})]))\n`;
      const found = pythonJson<number[][]>(python!, script);
      const { pull, decay } = ratesHere(under(id));
      assertClose(found[0]!, pull, 'pull', TOLERANCE);
      assertClose(found[1]!, decay, 'decay', TOLERANCE);
    });

  for (const { id } of integrators)
    it(`carries states by ${id} to the same ends`, () => {
      const script = `${write(steppedBy(id))}${PRINT}
count = 0
def normals():
    global count
    count += 1
    return np.sin(np.arange(1, 5) * count)
print(json.dumps([plain(sample(lambda z, t: np.tanh(2 * z + t) * (1 + t), ${JSON.stringify(STARTS)}, normals)), plain(TIMES)]))
`;
      const [ends, times] = pythonJson<[number[], number[]]>(python!, script);
      const here = endsHere(steppedBy(id));
      assertClose(times, here.times, 'times', 0);
      assertClose(ends, here.ends, id, TOLERANCE);
      assert.equal(here.draws > 0, SDE.includes(id));
    });

  it('says why there are no steps, and still has the schedules', () => {
    const why = (parts: object): string => {
      const script = `${write(experimentOf(parts))}
import json
try:
    sample(None, [0.0])
except NotImplementedError as error:
    print(json.dumps([str(error), float(SCHEDULE.log_snr(0.5))]))
`;
      const [text, logSnr] = pythonJson<[string, number]>(python!, script);
      assert.ok(Number.isFinite(logSnr));
      return text;
    };
    assert.match(
      why({ integrator: { id: 'dopri5', tolerance: 0.001 } }),
      /dopri5 chooses its own steps by the tolerance 0.001/,
    );
    assert.match(why({ integrator: { id: 'rk4', steps: 5000 } }), /more than 2000 lines/);
    assert.match(
      why({ dynamics: 'residual', integrator: { id: 'exponential-2' } }),
      /^no steps were written: .*residual/,
    );
  });

  it('keeps names that look like code as text', () => {
    const name = 'a\n"""\nimport os\u2028raise SystemExit(3) # \\';
    assertSchedules(experimentOf({ name, schedules: [{ id: 'cosine', label: name }] }));
  });
});
