import { sigmoid, softplus } from '../math/stable';

/** A number and its derivative by t. */
export type Dual = readonly [value: number, rate: number];

/** A function of one number, and its slope. */
type Smooth = readonly [of: (x: number) => number, slope: (x: number, value: number) => number];

/** By the chain rule; what does not move stays so, even where the slope is infinite. */
const chain = (slope: number, rate: number) => (rate === 0 ? 0 : slope * rate);

const lift =
  ([of, slope]: Smooth) =>
  ([x, dx]: Dual): Dual => {
    const value = of(x);
    return [value, chain(slope(x, value), dx)];
  };

/** x^y: a constant power is differentiated as one, so that a negative base is allowed there. */
function power([x, dx]: Dual, [y, dy]: Dual): Dual {
  const value = x ** y;
  return [value, (y === 0 ? 0 : chain(y * x ** (y - 1), dx)) + chain(value * Math.log(x), dy)];
}

/** The operators, by sign. */
export const operators: Readonly<Record<string, (a: Dual, b: Dual) => Dual>> = {
  '+': ([x, dx], [y, dy]) => [x + y, dx + dy],
  '-': ([x, dx], [y, dy]) => [x - y, dx - dy],
  '*': ([x, dx], [y, dy]) => [x * y, chain(y, dx) + chain(x, dy)],
  '/': ([x, dx], [y, dy]) => [x / y, chain(1 / y, dx) - chain(x / y / y, dy)],
  '^': power,
};

const smooth: Readonly<Record<string, Smooth>> = {
  sin: [Math.sin, Math.cos],
  cos: [Math.cos, (x) => -Math.sin(x)],
  tan: [Math.tan, (_, value) => 1 + value * value],
  asin: [Math.asin, (x) => 1 / Math.sqrt((1 - x) * (1 + x))],
  acos: [Math.acos, (x) => -1 / Math.sqrt((1 - x) * (1 + x))],
  atan: [Math.atan, (x) => 1 / (1 + x * x)],
  sinh: [Math.sinh, Math.cosh],
  cosh: [Math.cosh, Math.sinh],
  tanh: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  exp: [Math.exp, (_, value) => value],
  log: [Math.log, (x) => 1 / x],
  log1p: [Math.log1p, (x) => 1 / (1 + x)],
  expm1: [Math.expm1, (x) => Math.exp(x)],
  sqrt: [Math.sqrt, (_, value) => 0.5 / value],
  abs: [Math.abs, Math.sign],
  sigmoid: [sigmoid, (x) => sigmoid(x) * sigmoid(-x)],
  softplus: [softplus, sigmoid],
  logit: [(x) => Math.log(x) - Math.log1p(-x), (x) => 1 / (x * (1 - x))],
};

/** What a formula can call, with the fewest arguments it takes and the most. */
export interface Callable {
  readonly of: (args: readonly Dual[]) => Dual;
  readonly least: number;
  readonly most: number;
}

/** The first argument that no other beats. */
const best = (beats: (a: number, b: number) => boolean): Callable => ({
  of: (args) => args.reduce((kept, one) => (Number.isNaN(one[0]) || beats(one[0], kept[0]) ? one : kept)),
  least: 1,
  most: Infinity,
});

/** Every function of a formula, by name. */
export const functions: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ...Object.entries(smooth).map(([name, row]): [string, Callable] => {
    const of = lift(row);
    return [name, { of: ([x]) => of(x!), least: 1, most: 1 }];
  }),
  ['min', best((a, b) => a < b)],
  ['max', best((a, b) => a > b)],
  ['pow', { of: ([x, y]) => power(x!, y!), least: 2, most: 2 }],
]);

/** Every constant of a formula, by name. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);
