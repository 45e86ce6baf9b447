import { sigmoid, softplus } from '../math/stable';

/** The units that a list of raw parameters makes: 1 + 3K numbers for K units. */
export const unitsOf = (raw: ArrayLike<number>): number => (raw.length - 1) / 3;

/**
 * A network of positive weights, n(t) = p_0 t + sum_k p_k h_k(t), increasing from n(0) = 0 to n(1) = 1, both exact. h_k is
 * sigmoid(b_k t + c_k) with its value at t = 0 taken off, divided by its rise over [0, 1] (Kingma et al., VDM, 2021).
 * The raw parameters are a_0 .. a_K, then K r_k, then K c_k: p = softmax(a) and b = softplus(r) > 0.
 */
export class Monotone {
  /** p_0 .. p_K, which sum to 1. */
  private readonly shares: Float64Array;
  private readonly units: readonly Unit[];

  constructor(raw: ArrayLike<number>) {
    const k = unitsOf(raw);
    const all = Float64Array.from(raw);
    const top = Math.max(...all.subarray(0, k + 1));
    const powers = all.subarray(0, k + 1).map((a) => Math.exp(a - top));
    const total = powers.reduce((sum, power) => sum + power, 0);
    this.shares = powers.map((power) => power / total);
    this.units = Array.from({ length: k }, (_, i) => new Unit(all[k + 1 + i]!, all[2 * k + 1 + i]!));
  }

  /** n(t) for t in [0, 1]. */
  value(t: number): number {
    if (t === 1) return 1;
    const { shares, units } = this;
    let sum = shares[0]! * t;
    for (let k = 0; k < units.length; k++) sum += shares[k + 1]! * units[k]!.value(t);
    return sum;
  }

  /** n'(t) > 0. */
  rate(t: number): number {
    const { shares, units } = this;
    let sum = shares[0]!;
    for (let k = 0; k < units.length; k++) sum += shares[k + 1]! * units[k]!.rate(t);
    return sum;
  }

  /** Adds to `out` (as long as the raw parameters) the gradient in them of inValue n(t) + inRate n'(t). */
  addGradient(t: number, inValue: number, inRate: number, out: Float64Array): void {
    const { shares, units } = this;
    const count = units.length;
    // what a unit of share 1 would add; the softmax takes their mean off
    const line = inValue * t + inRate;
    let mean = shares[0]! * line;
    for (let k = 0; k < count; k++) {
      const share = shares[k + 1]!;
      const part = units[k]!.gradient(t, inValue, inRate);
      mean += share * part.whole;
      out[k + 1] = out[k + 1]! + share * part.whole;
      out[count + 1 + k] = out[count + 1 + k]! + share * part.inRaw;
      out[2 * count + 1 + k] = out[2 * count + 1 + k]! + share * part.inShift;
    }
    out[0] = out[0]! + shares[0]! * (line - mean);
    for (let k = 0; k < count; k++) out[k + 1] = out[k + 1]! - shares[k + 1]! * mean;
  }
}

/** One unit h of the network: what does not depend on t is computed once. */
class Unit {
  /** b, and its derivative in the raw parameter. */
  private readonly b: number;
  private readonly steepening: number;
  /** |c| and |b + c|; 1 + exp(-|c|) and 1 + exp(-|b + c|); expm1(-b). */
  private readonly start: number;
  private readonly end: number;
  private readonly atStart: number;
  private readonly atEnd: number;
  private readonly all: number;
  /** tanh(c/2), tanh((b + c)/2) and coth(b/2) - 2/b. */
  private readonly low: number;
  private readonly high: number;
  private readonly bend: number;
  private readonly parts = { whole: 0, inRaw: 0, inShift: 0 };

  constructor(
    raw: number,
    private readonly c: number,
  ) {
    const b = softplus(raw);
    this.b = b;
    this.steepening = sigmoid(raw);
    this.start = Math.abs(c);
    this.end = Math.abs(b + c);
    this.atStart = 1 + Math.exp(-this.start);
    this.atEnd = 1 + Math.exp(-this.end);
    this.all = Math.expm1(-b);
    this.low = Math.tanh(c / 2);
    this.high = Math.tanh((b + c) / 2);
    this.bend = langevin(b / 2, this.all);
  }

  /**
   * h(t) = [sigmoid(b t + c) - sigmoid(c)] / [sigmoid(b + c) - sigmoid(c)], formed as
   * sinh(b t/2) cosh((b + c)/2) / (sinh(b/2) cosh((b t + c)/2)) with one exponent that is never positive.
   */
  value(t: number): number {
    const here = Math.abs(this.b * t + this.c);
    return this.valueAt(t, here, 1 + Math.exp(-here), Math.expm1(-this.b * t));
  }

  /** h'(t) = (b/2) cosh(c/2) cosh((b + c)/2) / (sinh(b/2) cosh((b t + c)/2)^2), by the same means. */
  rate(t: number): number {
    const here = Math.abs(this.b * t + this.c);
    return this.rateAt(here, 1 + Math.exp(-here));
  }

  /** inValue h + inRate h', and its derivatives in the raw parameter and in c; overwritten by the next call. */
  gradient(t: number, inValue: number, inRate: number): Unit['parts'] {
    const { b, c, parts, low, high, bend, steepening } = this;
    const at = b * t + c;
    const here = Math.abs(at);
    const decay = Math.exp(-here);
    const part = Math.expm1(-b * t);
    const slope = (Math.sign(at) * (1 - decay)) / (1 + decay); // tanh of half of it
    const value = inValue * this.valueAt(t, here, 1 + decay, part);
    const rate = inRate * this.rateAt(here, 1 + decay);
    // the derivatives of log h and log h', in b and in c
    const inB = (t * langevin((b * t) / 2, part) - bend + high - t * slope) / 2;
    parts.whole = value + rate;
    parts.inRaw = steepening * (value * inB + rate * ((high - bend) / 2 - t * slope));
    parts.inShift = (value * (high - slope)) / 2 + rate * ((low + high) / 2 - slope);
    return parts;
  }

  private valueAt(t: number, here: number, atHere: number, part: number): number {
    const exponent = (this.b * (t - 1) + this.end - here) / 2;
    return (Math.exp(exponent) * (this.atEnd / atHere) * part) / this.all;
  }

  private rateAt(here: number, atHere: number): number {
    const { b, start, end, atStart, atEnd, all } = this;
    return (-b * Math.exp((start + end - b) / 2 - here) * (atStart * atEnd)) / (atHere * atHere) / all;
  }
}

/** coth(x) - 1/x for x >= 0 and q = expm1(-2x), by its series where the two cancel. */
const langevin = (x: number, q: number): number =>
  x < 0.05 ? x / 3 - x ** 3 / 45 + (2 * x ** 5) / 945 : -(2 + q) / q - 1 / x;
