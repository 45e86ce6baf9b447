import assert from 'node:assert/strict';
import { experimentSchema, type Experiment } from '../../../../src/core/experiment/experiment';
import { createDynamics } from '../../../../src/core/dynamics';
import { experimentFlow } from '../../../../src/core/experiment/experimentFlow';
import { integrate } from '../../../../src/core/integrators';
import { uniform } from '../../../../src/core/math/spacing';
import { schedules } from '../../../../src/core/schedules';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { modifiers } from '../../../../src/core/schedules/modifiers';
import { presets } from '../../../../src/core/schedules/presets';
import { evaluate, quantities } from '../../../../src/core/schedules/quantities';

// What the modules in Python are compared on, whatever they are written for.

export const experimentOf = (parts: object): Experiment =>
  experimentSchema.parse({ version: 1, name: 'An export', schedules: [{ id: 'cosine' }], ...parts });

/** Both ends, close to both ends, and times between, among them rows of tables. */
export const TIMES = Float64Array.of(0, 1e-9, 1e-4, 0.02, 0.04, ...uniform(0.05, 0.95, 61), 0.98, 0.999, 1 - 1e-9, 1);

/** What JSON's texts for infinities mean. */
export const numbersOf = (row: readonly (number | string)[]) =>
  row.map((value) => (typeof value === 'number' ? value : { inf: Infinity, '-inf': -Infinity, nan: NaN }[value]!));

/** To a tolerance, of the value where that is more than 1. */
export function assertClose(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  what: string,
  tolerance: number,
): void {
  assert.equal(found.length, wanted.length, what);
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [found[i]!, wanted[i]!];
    const close = Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
    assert.ok(close, `${what}, place ${i}: ${a} in Python, ${b} here`);
  }
}

/** Numbers as JSON has them: what is not finite is a text. */
export type Plain = readonly (number | string)[];

/** Every quantity that a module has of every schedule of an experiment at TIMES, against the lab's. */
export function assertQuantities(
  experiment: Experiment,
  found: readonly Readonly<Record<string, Plain>>[],
  tolerance: number,
): void {
  assert.equal(found.length, experiment.schedules.length);
  experiment.schedules.forEach((entry, k) => {
    const curves = evaluate(entrySchedule(entry), TIMES);
    assert.deepEqual(Object.keys(found[k]!), quantities.map(({ key }) => key)); // prettier-ignore
    for (const { key } of quantities) {
      const what = `${entry.id} ${JSON.stringify(entry.modifiers)}: ${key}`;
      assertClose(numbersOf(found[k]![key]!), curves[key], what, tolerance);
    }
  });
}

function modified(): object[] {
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
  return bases.flatMap((base) => chains.map((list) => ({ ...base, modifiers: list })));
}

function offDefaults(): object[] {
  const rules = ['linear', 'scaled_linear', 'squaredcos_cap_v2', 'sigmoid', 'laplace'];
  return [
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
  ];
}

function formulas(): object[] {
  const of = (quantity: string, formula: string, params = {}) => ({ id: 'expression', inputs: { quantity, formula }, params }); // prettier-ignore
  return [
    of('gamma', '5*a*(t - s) + 5*b*(t^3 - s^3)', { a: 0.7, b: 1.2 }),
    of('gamma', '2*log(t/s) + sinh(t)/9 + max(t, 0.3, s) - min(s, t^2)'),
    of('gamma', 'logit(t) + tanh(3*t) + atan(t) + asin(t/2) - acos(t/2) + softplus(t) + sigmoid(t) + sqrt(t) + expm1(t) + log1p(t)'), // prettier-ignore
    of('gamma', '-4 + 9*abs(t - 1.5)*-1 + 14 - cosh(s) + pow(t, 2) + 2^t + exp(t) + tan(t/2) + sin(t) - cos(t)'),
    of('alphaBar', 'cos(pi*s/2)^(2*k)', { k: 1.5 }),
    of('beta', '0.1 + 20*k*s', { k: 1 }),
  ];
}

/** Experiments that have, together, every schedule in every way. */
export const scheduleCases: readonly (readonly [title: string, experiment: Experiment])[] = [
  ['every family of schedules at its defaults', experimentOf({ schedules: schedules.map(({ id }) => ({ id })) })],
  ['every preset', experimentOf({ schedules: presets.map(({ entry }) => entry) })],
  [
    'every modifier, alone and after others, on a curve, on a table and on one without signal at the end',
    experimentOf({ schedules: modified() }),
  ],
  [
    'tables of every rule and order, points, learned weights and parameters off their defaults',
    experimentOf({ schedules: offDefaults() }),
  ],
  ['formulas of every quantity, function and operator', experimentOf({ schedules: formulas() })],
];

/** Times at which dynamics are compared. */
export const RATE_TIMES = [...uniform(0.01, 0.99, 50)];

/** Starts of states. */
export const STARTS = [-1.5, -0.2, 0.4, 2];

/** An experiment that takes 12 steps by an integrator, with noise where the integrator is of an SDE. */
export const steppedBy = (id: string): Experiment =>
  experimentOf({
    integrator: { id, steps: 12 },
    dynamics: { id: 'noprop-forward', noise: SDE.includes(id) },
    grid: 'uniform-gamma',
    window: { logSnr: 6 },
  });

/** Integrators that draw noise. */
export const SDE = ['posterior-step', 'euler-maruyama', 'sra1'];

/** The ends of STARTS, and the times, as the lab has them. u = tanh(2 z + t) (1 + t) is not linear in z and depends on t. */
export function endsHere(experiment: Experiment): { ends: Float64Array; times: Float64Array; draws: number } {
  const flow = experimentFlow(experiment);
  let draws = 0;
  const { z } = integrate({
    ...flow,
    denoiser: {
      times: 'all',
      denoise: (at, _n, _d, t, _logSnr, out) => out.set(at.map((value) => Math.tanh(2 * value + t) * (1 + t))),
    },
    z0: Float64Array.from(STARTS),
    n: 4,
    d: 1,
    random: {
      normals(out) {
        draws++;
        out.forEach((_, i) => (out[i] = Math.sin((i + 1) * draws)));
        return out;
      },
    },
  });
  return { ends: z, times: flow.times, draws };
}

/** The rates of an experiment's dynamics at RATE_TIMES, as the lab has them. */
export function ratesHere(experiment: Experiment): { pull: number[]; decay: number[] } {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const { rates } = createDynamics(experiment.dynamics.id, experiment.dynamics.params);
  const found = RATE_TIMES.map((t) => rates(t, schedule.logSnr(t), schedule.logSnrRate(t)));
  return { pull: found.map(({ pull }) => pull), decay: found.map(({ decay }) => decay) };
}

/** An experiment under a dynamics, with parameters off their defaults. */
export const under = (id: string): Experiment =>
  experimentOf({ dynamics: { id, ...(id === 'lambda-family' && { params: { lambda: 0.6 } }) } });
