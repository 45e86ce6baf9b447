import { sigmoid, softplus } from '../stable';

/** The units that a list of raw parameters makes: 1 + 3K numbers for K units. */
export const unitsOf = (raw: ArrayLike<number>): number => (raw.length - 1) / 3;

/**
 * A network of positive weights, n(t) = p_0 t + sum_k p_k h_k(t), increasing from n(0) = 0 to n(1) = 1, both exact. h_k is
 * sigmoid(b_k t + c_k) with its value at t = 0 taken off, divided by its rise over [0, 1] (Kingma et al., VDM, 2021). The raw parameters are a_0 .. a_K, then K r_k, then K c_k: p = softmax(a) and b = softplus(r) > 0.
 */
export class Monotone {
  readonly units: number;
  /** p_0 .. p_K, which sum to 1. */
  private readonly shares: Float64Array;
  /** b_k, and their derivatives in the raw r_k. */
  private readonly steepness: Float64Array;
  private readonly steepening: Float64Array;
  private readonly shifts: Float64Array;

  constructor(raw: ArrayLike<number>) {
    const k = (this.units = unitsOf(raw));
    const all = Float64Array.from(raw);
    const top = Math.max(...all.subarray(0, k + 1));
    const powers = all.subarray(0, k + 1).map((a) => Math.exp(a - top));
    const total = powers.reduce((sum, power) => sum + power, 0);
    this.shares = powers.map((power) => power / total);
    this.steepness = all.subarray(k + 1, 2 * k + 1).map(softplus);
    this.steepening = all.subarray(k + 1, 2 * k + 1).map(sigmoid);
    this.shifts = all.subarray(2 * k + 1);
  }

  /** n(t) for t in [0, 1]. */
  value(t: number): number {
    if (t === 1) return 1;
    const { shares, steepness, shifts } = this;
    let sum = shares[0]! * t;
    for (let k = 0; k < this.units; k++) sum += shares[k + 1]! * rise(steepness[k]!, shifts[k]!, t);
    return sum;
  }

  /** n'(t) > 0. */
  rate(t: number): number {
    const { shares, steepness, shifts } = this;
    let sum = shares[0]!;
    for (let k = 0; k < this.units; k++) sum += shares[k + 1]! * riseRate(steepness[k]!, shifts[k]!, t);
    return sum;
  }

  /** Adds to `out` (as long as the raw parameters) the gradient in them of inValue n(t) + inRate n'(t). */
  addGradient(t: number, inValue: number, inRate: number, out: Float64Array): void {
    const { units, shares, steepness, steepening, shifts } = this;
    const mean = inValue * this.value(t) + inRate * this.rate(t);
    out[0] = out[0]! + shares[0]! * (inValue * t + inRate - mean);
    for (let k = 0; k < units; k++) {
      const [share, b, c] = [shares[k + 1]!, steepness[k]!, shifts[k]!];
      const [h, rate] = [inValue * rise(b, c, t), inRate * riseRate(b, c, t)];
      const [start, end, here] = [Math.tanh(c / 2), Math.tanh((b + c) / 2), Math.tanh((b * t + c) / 2)];
      const whole = langevin(b / 2);
      // the derivatives of log h and log h', in b and in c
      const inB =
        h * ((t * langevin((b * t) / 2) - whole + end - t * here) / 2) + rate * ((end - whole) / 2 - t * here);
      const inC = (h * (end - here)) / 2 + rate * ((start + end) / 2 - here);
      const places = [k + 1, units + 1 + k, 2 * units + 1 + k] as const;
      const parts = [h + rate - mean, inB * steepening[k]!, inC] as const;
      places.forEach((place, i) => (out[place] = out[place]! + share * parts[i]!));
    }
  }
}

/**
 * h(t) = [sigmoid(b t + c) - sigmoid(c)] / [sigmoid(b + c) - sigmoid(c)], formed as
 * sinh(b t/2) cosh((b + c)/2) / (sinh(b/2) cosh((b t + c)/2)) with one exponent that is never positive.
 */
function rise(b: number, c: number, t: number): number {
  const [end, here] = [Math.abs(b + c), Math.abs(b * t + c)];
  const exponent = (b * (t - 1) + end - here) / 2;
  const ratio = (1 + Math.exp(-end)) / (1 + Math.exp(-here));
  return (Math.exp(exponent) * ratio * Math.expm1(-b * t)) / Math.expm1(-b);
}

/** h'(t) = (b/2) cosh(c/2) cosh((b + c)/2) / (sinh(b/2) cosh((b t + c)/2)^2), by the same means. */
function riseRate(b: number, c: number, t: number): number {
  const [start, end, here] = [Math.abs(c), Math.abs(b + c), Math.abs(b * t + c)];
  const exponent = (start + end - b) / 2 - here;
  const ratio = ((1 + Math.exp(-start)) * (1 + Math.exp(-end))) / (1 + Math.exp(-here)) ** 2;
  return (-b * Math.exp(exponent) * ratio) / Math.expm1(-b);
}

/** coth(x) - 1/x for x >= 0, by its series where the two cancel. */
const langevin = (x: number): number =>
  x < 0.05 ? x / 3 - x ** 3 / 45 + (2 * x ** 5) / 945 : 1 / Math.tanh(x) - 1 / x;
