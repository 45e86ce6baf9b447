import { parseFormula, type Tree } from '../../formula/tree';
import { own } from '../../registry/own';
import type { InputValues } from '../../schedules/inputs';
import type { Values } from '../../registry/parameters';
import { RULE } from '../../math/quadrature';
import { pythonList, pythonNumber } from './pythonText';

/** Arithmetic of numbers with their derivatives, and the schedules of a formula's three quantities, as Python. */
export const FORMULAS = String.raw`
def chain(slope, rate):
    """By the chain rule; what does not move stays so, even where the slope is infinite."""
    return np.where(rate == 0, 0.0, slope * rate)


def number(value):
    """A number of a formula: it does not move."""
    return np.array(value, dtype=float), 0.0


def lift(of, slope):
    return lambda a: (of(a[0]), chain(slope(a[0]), a[1]))


def power(a, b):
    value = np.power(a[0], b[0])
    through = np.where(b[0] == 0, 0.0, chain(b[0] * np.power(a[0], b[0] - 1), a[1]))
    return value, through + chain(value * np.log(a[0]), b[1])


def best(beats):
    def of(*args):
        kept = args[0]
        for one in args[1:]:
            taken = np.isnan(one[0]) | beats(one[0], kept[0])
            kept = np.where(taken, one[0], kept[0]), np.where(taken, one[1], kept[1])
        return kept
    return of


# a formula's functions, on pairs of a value and its derivative by t
DUAL = {
    "+": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "-": lambda a, b: (a[0] - b[0], a[1] - b[1]),
    "*": lambda a, b: (a[0] * b[0], chain(b[0], a[1]) + chain(a[0], b[1])),
    "/": lambda a, b: (a[0] / b[0], chain(1 / b[0], a[1]) - chain(a[0] / b[0] / b[0], b[1])),
    "^": power,
    "pow": power,
    "min": best(lambda a, b: a < b),
    "max": best(lambda a, b: a > b),
    "sin": lift(np.sin, np.cos),
    "cos": lift(np.cos, lambda x: -np.sin(x)),
    "tan": lift(np.tan, lambda x: 1 + np.tan(x) ** 2),
    "asin": lift(np.arcsin, lambda x: 1 / np.sqrt((1 - x) * (1 + x))),
    "acos": lift(np.arccos, lambda x: -1 / np.sqrt((1 - x) * (1 + x))),
    "atan": lift(np.arctan, lambda x: 1 / (1 + x * x)),
    "sinh": lift(np.sinh, np.cosh),
    "cosh": lift(np.cosh, np.sinh),
    "tanh": lift(np.tanh, lambda x: 1 / np.cosh(x) ** 2),
    "exp": lift(np.exp, np.exp),
    "log": lift(np.log, lambda x: 1 / x),
    "log1p": lift(np.log1p, lambda x: 1 / (1 + x)),
    "expm1": lift(np.expm1, np.exp),
    "sqrt": lift(np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    "abs": lift(np.abs, np.sign),
    "sigmoid": lift(sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "softplus": lift(softplus, sigmoid),
    "logit": lift(lambda x: np.log(x) - np.log1p(-x), lambda x: 1 / (x * (1 - x))),
}

EDGE = 1e-12  # how close to an end its limit is taken, where a formula has no value at the end itself


def with_limits(formula):
    """The formula (a function of the pairs of t and s = 1 - t), with limits in place of what it lacks at an end."""
    def at(t):
        pair = formula((t, np.ones_like(t)), (1 - t, -np.ones_like(t)))
        return tuple(part + 0 * t for part in pair)

    def curve(t):
        t = np.asarray(t, dtype=float)
        with np.errstate(all="ignore"):
            here, near = at(t), at(np.where(t == 0, EDGE, np.where(t == 1, 1 - EDGE, t)))
        return tuple(np.where(np.isnan(a), b, a) for a, b in zip(here, near))

    return curve


def from_gamma(curve):
    def signal_rate(t):
        gamma, rate = curve(t)
        return rate * sigmoid(gamma) * sigmoid(-gamma)
    return Schedule(lambda t: curve(t)[0], lambda t: curve(t)[1], (signal_rate(EDGE), signal_rate(1 - EDGE)))


def from_alpha_bar(curve):
    def log_snr(t):
        value = curve(t)[0]
        return np.where(value <= 0, -np.inf, np.where(value >= 1, np.inf, np.log(value) - np.log1p(-value)))

    def log_snr_rate(t):
        value, rate = curve(t)
        return np.where((value <= 0) | (value >= 1), np.inf, rate / (value * (1 - value)))

    return Schedule(log_snr, log_snr_rate, (curve(0)[1], curve(1)[1]))


# the rule of Gauss and Legendre of 10 points on [-1, 1]
NODES = ${pythonList(RULE.map(([node]) => node))}
WEIGHTS = ${pythonList(RULE.map(([, weight]) => weight))}


def from_beta(curve):
    """Delta(t) is the integral of beta from t to 1, by Gauss and Legendre over panels that halve towards both ends."""
    inner, outer = [k / 16 for k in range(1, 16)], [2.0 ** (-5 - k) for k in range(26)]
    panels = np.array([0, *outer[::-1], *inner, *(1 - width for width in outer), 1], dtype=float)
    nodes, weights = np.array(NODES, dtype=float), np.array(WEIGHTS, dtype=float)

    def panel(start, end):
        middle, half = (start + end) / 2, (end - start) / 2
        return half * (weights * curve(middle[..., None] + half[..., None] * nodes)[0]).sum(axis=-1)

    after = [0.0]
    for part in panel(panels[:-1], panels[1:]).tolist()[::-1]:
        after.append(after[-1] + part)
    after = np.array(after[::-1], dtype=float)

    def delta(t):
        k = np.clip(np.searchsorted(panels, t, side="right"), 0, len(panels) - 1)
        return np.where(t >= 1, 0, np.maximum(panel(t, panels[k]) + after[k], 0))

    def log_snr_rate(t):
        left = delta(t)
        return np.where(left == 0, np.inf, curve(t)[0] / -np.expm1(-left))

    return Schedule(lambda t: -log_expm1(delta(t)), log_snr_rate, (0, curve(1)[0]))
`;

const SCHEDULES: Readonly<Record<string, string>> = {
  gamma: 'from_gamma',
  alphaBar: 'from_alpha_bar',
  beta: 'from_beta',
};

/** A tree as an expression of Python on pairs; names have their values. */
function expressionOf(tree: Tree, values: Values): string {
  if (tree.kind === 'number') return `number(${pythonNumber(tree.value)})`;
  if (tree.kind === 'name')
    return tree.name === 't' || tree.name === 's'
      ? tree.name
      : `number(${pythonNumber(own(values, tree.name) ?? NaN)})`;
  return `DUAL["${tree.name}"](${tree.args.map((one) => expressionOf(one, values)).join(', ')})`;
}

/** The schedule of a formula, as an expression of Python. */
export const formulaCall = (values: Values, inputs: InputValues): string =>
  `${SCHEDULES[inputs.quantity as string]!}(with_limits(lambda t, s: ${expressionOf(parseFormula(inputs.formula as string), values)}))`;
