import { formatNumber } from '../text/format';
import { FormulaError, functions, readFormula, type Dual, type Formula } from '../formula';
import type { Parameter, Parameters, Values } from '../registry/parameters';
import { panel } from '../math/quadrature';
import { logExpm1, sigmoid } from '../math/stable';
import type { InputValues } from './inputs';
import { defineSchedule, type EntryProblem, type Schedule } from './schedule';

type Curve = (t: number) => Dual;
type Gamma = Pick<Schedule, 'logSnr' | 'logSnrRate' | 'endRates'>;

/** How close to an end its limit is taken, where the formula has no value at the end itself. */
const EDGE = 1e-12;

interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** A formula to begin with. */
  readonly example: string;
  readonly schedule: (curve: Curve) => Gamma;
  /** What is wrong with a value of the formula inside (0, 1), if anything is. */
  readonly wrong?: (value: number, t: number) => string | undefined;
}

/** Boundaries of the panels of an integral over time, halving towards both ends, where a rate may grow without bound. */
const PANELS = (() => {
  const inner = Array.from({ length: 15 }, (_, i) => (i + 1) / 16);
  const outer = Array.from({ length: 26 }, (_, i) => 2 ** (-5 - i));
  return [0, ...outer.reverse(), ...inner, ...[...outer].reverse().map((s) => 1 - s), 1];
})();

/** gamma as given; where it is infinite at an end, alphaBar' is taken just before it. */
function logSnr(curve: Curve): Gamma {
  const signalRate = (t: number) => {
    const [gamma, rate] = curve(t);
    return rate * sigmoid(gamma) * sigmoid(-gamma);
  };
  return {
    logSnr: (t) => curve(t)[0],
    logSnrRate: (t) => curve(t)[1],
    endRates: [signalRate(EDGE), signalRate(1 - EDGE)],
  };
}

/** alphaBar as given: 1 - alphaBar is formed from it, so near alphaBar = 1 gamma has only the digits that 1 - alphaBar keeps. */
const alphaBar = (curve: Curve): Gamma => ({
  logSnr: (t) => {
    const [value] = curve(t);
    return value <= 0 ? -Infinity : value >= 1 ? Infinity : Math.log(value) - Math.log1p(-value);
  },
  logSnrRate: (t) => {
    const [value, rate] = curve(t);
    return value <= 0 || value >= 1 ? Infinity : rate / (value * (1 - value));
  },
  endRates: [curve(0)[1], curve(1)[1]],
});

/** The noise rate delta: Delta(t) is its integral from t to 1, over panels kept from the start. */
function noiseRate(curve: Curve): Gamma {
  const rate = (t: number) => curve(t)[0];
  const after = new Float64Array(PANELS.length);
  for (let k = PANELS.length - 2; k >= 0; k--) after[k] = after[k + 1]! + panel(rate, PANELS[k]!, PANELS[k + 1]!);
  let last = { t: NaN, delta: 0 }; // gamma and its rate are asked for together
  const delta = (t: number) => {
    if (t === last.t) return last.delta;
    const k = PANELS.findIndex((end) => end > t);
    last = { t, delta: k < 0 ? 0 : Math.max(panel(rate, t, PANELS[k]!) + after[k]!, 0) };
    return last.delta;
  };
  return {
    logSnr: (t) => -logExpm1(delta(t)),
    logSnrRate: (t) => {
      const left = delta(t);
      return left === 0 ? Infinity : rate(t) / -Math.expm1(-left);
    },
    endRates: [0, rate(1)],
  };
}

const quantities: readonly Quantity[] = [
  {
    id: 'gamma',
    title: 'γ(t), the log-SNR',
    summary: 'keeps every digit, however little noise or signal is left',
    example: '5*a*(t - s) + 5*b*(t^3 - s^3)',
    schedule: logSnr,
  },
  {
    id: 'alphaBar',
    title: 'ᾱ(t), the signal share',
    summary: 'loses the digits of 1 - ᾱ where ᾱ is close to 1; γ does not',
    example: 'cos(pi*s/2)^(2*k)',
    schedule: alphaBar,
    // close to an end a formula that is right may round to 0 or 1
    wrong: (value, t) =>
      value < 0 || value > 1 || (t > 0.01 && t < 0.99 && (value === 0 || value === 1))
        ? `ᾱ is ${formatNumber(value)}, outside (0, 1),`
        : undefined,
  },
  {
    id: 'beta',
    title: 'β(t), the noise rate',
    summary: 'noise per unit of time, integrated from t to 1',
    example: '0.1 + 20*k*s',
    schedule: noiseRate,
    wrong: (value) => (value >= 0 ? undefined : `β is ${formatNumber(value)}, less than 0,`),
  },
];

const quantityOf = (inputs: InputValues) => quantities.find(({ id }) => id === inputs.quantity)!;

const formulaOf = (inputs: InputValues): Formula => readFormula(inputs.formula as string);

/** The curve of a formula, with limits in place of what it lacks at an end. */
function curveOf(formula: Formula, values: Values): Curve {
  const curve = formula.at(values);
  return (t) => {
    const at = curve(t);
    if ((t !== 0 && t !== 1) || !(Number.isNaN(at[0]) || Number.isNaN(at[1]))) return at;
    const near = curve(t === 0 ? EDGE : 1 - EDGE);
    return [Number.isNaN(at[0]) ? near[0] : at[0], Number.isNaN(at[1]) ? near[1] : at[1]];
  };
}

/** Times at which a formula is tried. */
const TRIED = [
  ...Array.from({ length: 9 }, (_, i) => 10 ** (i - 9)),
  ...Array.from({ length: 127 }, (_, i) => (i + 1) / 128),
  ...Array.from({ length: 9 }, (_, i) => 1 - 10 ** (-1 - i)),
].sort((a, b) => a - b);

const free: Parameter = {
  symbol: '',
  summary: 'of the formula',
  default: 1,
  min: -1e6,
  max: 1e6,
  slider: [0, 5],
  unit: '1',
};

/** What is wrong with a formula's curve: where it has no value (an error), is out of range, or decreases. */
function problemsOf(curve: Curve, { schedule, wrong }: Quantity): EntryProblem[] {
  const problem = (severity: EntryProblem['severity'], message: string): EntryProblem => ({
    severity,
    path: ['inputs', 'formula'],
    message: `formula: ${message}`,
  });
  const { logSnr, logSnrRate } = schedule(curve);
  const rows = [];
  for (const t of [0, ...TRIED, 1]) {
    const row = { t, value: curve(t)[0], gamma: logSnr(t), rate: logSnrRate(t) };
    if (Number.isNaN(row.value) || Number.isNaN(row.gamma) || Number.isNaN(row.rate))
      return [problem('error', `it has no value at t = ${formatNumber(t)}`)];
    rows.push(row);
  }
  const inner = rows.slice(1, -1);
  const found: EntryProblem[] = [];
  const outside = inner.find(({ t, value }) => wrong?.(value, t));
  if (outside) found.push(problem('warning', `${wrong?.(outside.value, outside.t)} at t = ${formatNumber(outside.t)}`));
  const falling = inner.find(({ rate }) => rate < 0);
  if (falling)
    found.push(problem('warning', `gamma decreases near t = ${formatNumber(falling.t)}, where a schedule must not`));
  return found;
}

export const expression = defineSchedule({
  id: 'expression',
  title: 'Formula',
  summary: 'Any formula in t, and s = 1 - t; its other names are parameters.',
  equation: String.raw`\gamma = f(t), \quad \bar\alpha = f(t) \quad \text{or} \quad \beta = f(t)`,
  source: 'Your own formula in t and s = 1 - t; its other names are parameters',
  parameters: {},
  inputs: {
    quantity: {
      kind: 'choice',
      title: 'Gives',
      summary: 'what the formula gives at time t',
      options: quantities.map(({ id, title, summary }) => ({ id, title, summary })),
      default: 'gamma',
    },
    formula: {
      kind: 'formula',
      title: 'Formula',
      summary: `numbers, t, s = 1 - t, pi, e, + - * / ^, ${[...functions.keys()].join(', ')}; other names are parameters`,
      default: quantities[0]!.example,
      examples: { by: 'quantity', formulas: Object.fromEntries(quantities.map(({ id, example }) => [id, example])) },
    },
  },
  free(inputs): Parameters {
    try {
      return Object.fromEntries(formulaOf(inputs).names.map((name) => [name, { ...free, symbol: name }]));
    } catch (error) {
      if (error instanceof FormulaError) return {}; // checkInputs says what is wrong
      throw error;
    }
  },
  checkInputs(inputs, values) {
    try {
      return problemsOf(curveOf(formulaOf(inputs), values), quantityOf(inputs));
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      const { message, at } = error;
      return [{ severity: 'error', path: ['inputs', 'formula'], message: `formula: ${message}`, at }];
    }
  },
  create: (values, inputs) => quantityOf(inputs).schedule(curveOf(formulaOf(inputs), values)),
});
