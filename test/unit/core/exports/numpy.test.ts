import assert from 'node:assert/strict';
import { experimentSchema, type Experiment } from '../../../../src/core/experiment/experiment';
import { experimentFlow } from '../../../../src/core/experiment/experimentFlow';
import { createDynamics, dynamics } from '../../../../src/core/dynamics';
import { integrate, integrators } from '../../../../src/core/integrators';
import { uniform } from '../../../../src/core/math/spacing';
import { presets } from '../../../../src/core/schedules/presets';
import { modifiers } from '../../../../src/core/schedules/modifiers';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { evaluate, quantities } from '../../../../src/core/schedules/quantities';
import { schedules } from '../../../../src/core/schedules';
import { pythonJson, pythonWith } from '../../support/python';
import { exportedText } from '../../support/exported';

const python = pythonWith('numpy');
const write = (experiment: Experiment) => exportedText('numpy', experiment);

const experimentOf = (parts: object): Experiment =>
  experimentSchema.parse({ version: 1, name: 'An export', schedules: [{ id: 'cosine' }], ...parts });

/** Both ends, close to both ends, and times between, among them rows of tables. */
const TIMES = Float64Array.of(0, 1e-9, 1e-4, 0.02, 0.04, ...uniform(0.05, 0.95, 61), 0.98, 0.999, 1 - 1e-9, 1);

/** Prints numbers in hexadecimal-free JSON that has the infinities as text. */
const PRINT = `
import json
def plain(x):
    return [float(v) if np.isfinite(v) else str(float(v)) for v in np.asarray(x, dtype=float).ravel()]
`;

/** What JSON's texts for infinities mean. */
const numbersOf = (row: readonly (number | string)[]) =>
  row.map((value) => (typeof value === 'number' ? value : { inf: Infinity, '-inf': -Infinity, nan: NaN }[value]!));

/** To 1e-12, of the value where that is more than 1. */
function assertClose(found: ArrayLike<number>, wanted: ArrayLike<number>, what: string, tolerance = 1e-12): void {
  assert.equal(found.length, wanted.length, what);
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [found[i]!, wanted[i]!];
    const close = Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
    assert.ok(close, `${what}, place ${i}: ${a} in Python, ${b} here`);
  }
}

type Rows = Record<string, (number | string)[]>;

function assertSchedules(experiment: Experiment): void {
  const script = `${write(experiment)}${PRINT}
times = np.array(${JSON.stringify([...TIMES])})
print(json.dumps([{key: plain(row) for key, row in schedule.quantities(times).items()} for _, schedule in SCHEDULES]))
`;
  const found = pythonJson<Rows[]>(python!, script);
  assert.equal(found.length, experiment.schedules.length);
  experiment.schedules.forEach((entry, k) => {
    const curves = evaluate(entrySchedule(entry), TIMES);
    assert.deepEqual(Object.keys(found[k]!), quantities.map(({ key }) => key)); // prettier-ignore
    for (const { key } of quantities)
      assertClose(numbersOf(found[k]![key]!), curves[key], `${entry.id} ${JSON.stringify(entry.modifiers)}: ${key}`);
  });
}

describe('export: a NumPy module', function () {
  this.timeout(60_000);

  before(function () {
    if (!python) this.skip();
  });

  it('has every family of schedules at its defaults, to 1e-12 in every quantity', () =>
    assertSchedules(experimentOf({ schedules: schedules.map(({ id }) => ({ id })) })));

  it('has every preset', () => assertSchedules(experimentOf({ schedules: presets.map(({ entry }) => entry) })));

  it('has every modifier, alone and after others, on a curve, on a table and on one without signal at the end', () => {
    const changed = { offset: -1.5, scale: 0.7, ratio: 4, m: 3, min: -4, max: 3 };
    const of = (id: string) => ({
      id,
      params: Object.fromEntries(Object.keys(modifiers.find((row) => row.id === id)!.parameters).map((key) => [key, changed[key as keyof typeof changed]])), // prettier-ignore
    });
    const bases = [
      { id: 'cosine' },
      { id: 'linear-beta' },
      {
        id: 'discrete',
        inputs: { rule: 'scaled_linear' },
        params: { betaStart: 0.00085, betaEnd: 0.012, steps: 1000 },
      },
      { id: 'betas', inputs: { table: [0.1, 0.2, 0.4, 1] } },
    ];
    const chains = [...modifiers.map(({ id }) => [of(id)]), [of('snr-shift'), of('zero-terminal-snr'), of('clamp')]];
    assertSchedules(
      experimentOf({ schedules: bases.flatMap((base) => chains.map((list) => ({ ...base, modifiers: list }))) }),
    );
  });

  it('has tables of every rule and order, points, learned weights and parameters off their defaults', () => {
    const rules = ['linear', 'scaled_linear', 'squaredcos_cap_v2', 'sigmoid', 'laplace'];
    assertSchedules(
      experimentOf({
        schedules: [
          ...rules.map((rule) => ({ id: 'discrete', inputs: { rule }, params: { steps: 100 } })),
          { id: 'betas', inputs: { table: [0.3, 0.1, 0.05, 0.01], direction: 'noise-first' } },
          { id: 'betas', inputs: { table: [0.3, 0.5] } },
          { id: 'betas', inputs: { table: [0.3, 1] } },
          { id: 'log-snr-table', inputs: { table: [6, 2, 1.5, -3, -700] } },
          { id: 'points', inputs: { points: [0, -3, 1, 4] } },
          { id: 'points', inputs: { points: [0, -9, 0.01, -3, 0.5, -2.9, 1, 12] } },
          { id: 'learned', inputs: { weights: [0.3, -1, 2, 5, -3, 0.4, -8] } },
          { id: 'generalized-cosine', params: { start: 0, end: 0.9, tau: 0.3 } },
          { id: 'polynomial', params: { alphaMin: 0, alphaMax: 1, power: 0.5 } },
          { id: 'laplace', params: { b: 2 } },
          { id: 'sqrt', params: { offset: 0 } },
          { id: 'cosine', params: { offset: 0 } },
        ],
      }),
    );
  });

  it('has formulas of every quantity, function and operator', () => {
    const of = (quantity: string, formula: string, params = {}) => ({ id: 'expression', inputs: { quantity, formula }, params }); // prettier-ignore
    assertSchedules(
      experimentOf({
        schedules: [
          of('gamma', '5*a*(t - s) + 5*b*(t^3 - s^3)', { a: 0.7, b: 1.2 }),
          of('gamma', '2*log(t/s) + sinh(t)/9 + max(t, 0.3, s) - min(s, t^2)'),
          of('gamma', 'logit(t) + tanh(3*t) + atan(t) + asin(t/2) - acos(t/2) + softplus(t) + sigmoid(t) + sqrt(t) + expm1(t) + log1p(t)'), // prettier-ignore
          of('gamma', '-4 + 9*abs(t - 1.5)*-1 + 14 - cosh(s) + pow(t, 2) + 2^t + exp(t) + tan(t/2) + sin(t) - cos(t)'),
          of('alphaBar', 'cos(pi*s/2)^(2*k)', { k: 1.5 }),
          of('beta', '0.1 + 20*k*s', { k: 1 }),
        ],
      }),
    );
  });

  for (const { id } of dynamics)
    it(`has the rates of the dynamics ${id}`, () => {
      const experiment = experimentOf({ dynamics: { id, ...(id === 'lambda-family' && { params: { lambda: 0.6 } }) } });
      const times = [...uniform(0.01, 0.99, 50)];
      const script = `${write(experiment)}${PRINT}\nprint(json.dumps([plain(part) for part in rates(${JSON.stringify(times)})]))\n`;
      const found = pythonJson<number[][]>(python!, script);
      const schedule = entrySchedule(experiment.schedules[0]!);
      const { rates } = createDynamics(id, experiment.dynamics.params);
      const wanted = times.map((t) => rates(t, schedule.logSnr(t), schedule.logSnrRate(t)));
      assertClose(found[0]!, wanted.map(({ pull }) => pull), 'pull'); // prettier-ignore
      assertClose(found[1]!, wanted.map(({ decay }) => decay), 'decay'); // prettier-ignore
    });

  for (const { id } of integrators)
    it(`carries states by ${id} to the same ends`, () => {
      const noise = ['posterior-step', 'euler-maruyama', 'sra1'].includes(id);
      const experiment = experimentOf({
        integrator: { id, steps: 12 },
        dynamics: { id: 'noprop-forward', noise },
        grid: 'uniform-gamma',
        window: { logSnr: 6 },
      });
      const z0 = [-1.5, -0.2, 0.4, 2];
      // u that is not linear in z and depends on t
      const u = (z: number, t: number) => Math.tanh(2 * z + t) * (1 + t);
      const script = `${write(experiment)}${PRINT}
count = 0
def normals():
    global count
    count += 1
    return np.sin(np.arange(1, 5) * count)
print(json.dumps([plain(sample(lambda z, t: np.tanh(2 * z + t) * (1 + t), ${JSON.stringify(z0)}, normals)), plain(TIMES)]))
`;
      const [ends, times] = pythonJson<[number[], number[]]>(python!, script);
      let count = 0;
      const flow = experimentFlow(experiment);
      const { z } = integrate({
        ...flow,
        denoiser: { times: 'all', denoise: (at, _n, _d, t, _logSnr, out) => out.set(at.map((value) => u(value, t))) },
        z0: Float64Array.from(z0),
        n: 4,
        d: 1,
        random: {
          normals(out) {
            count++;
            out.forEach((_, i) => (out[i] = Math.sin((i + 1) * count)));
            return out;
          },
        },
      });
      assertClose(times, flow.times, 'times', 0);
      assertClose(ends, z, id);
      assert.equal(count > 0, noise);
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
