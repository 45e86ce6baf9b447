/** Points of the rule on an interval. */
const POINTS = 10;

/** The most halvings of an interval; beyond that its ends are the same double. */
const DEPTH = 48;

/** Nodes and weights of Gauss and Legendre's rule of n points on [-1, 1], by Newton's method on the Legendre polynomial. */
export function gaussLegendre(n: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 8; round++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= n; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

/** The rule of 10 points on [-1, 1]: nodes and weights. */
export const RULE = gaussLegendre(POINTS);

/** Error allowed, and that below which a gap may be rounding: shares of the integral of the function's size. */
const [TOLERANCE, SUSPECT] = [1e-14, 1e-12];

/** The integral of f by one rule of 10 points: to rounding where f is smooth on a short interval. */
export function panel(f: (t: number) => number, from: number, to: number): number {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return half * RULE.reduce((sum, [node, weight]) => sum + weight * f(middle + half * node), 0);
}

/**
 * The integral of a smooth function, to 1e-14 of the integral of its size or to `floor`, by halving intervals until two
 * halves agree with the whole; the ends are never evaluated.
 */
export function integral(f: (t: number) => number, from: number, to: number, floor = 0): number {
  const rule = (a: number, b: number): Estimate => {
    const [middle, half] = [(a + b) / 2, (b - a) / 2];
    let [value, size] = [0, 0];
    for (const [node, weight] of RULE) {
      const part = half * weight * f(middle + half * node);
      value += part;
      size += Math.abs(part);
    }
    return { value, size };
  };
  const whole = rule(from, to);
  const refine = (a: number, b: number, rough: Estimate, last: number, depth: number): number => {
    const middle = (a + b) / 2;
    const [left, right] = [rule(a, middle), rule(middle, b)];
    const value = left.value + right.value;
    const size = Math.max(whole.size, left.size + right.size);
    const gap = Math.abs(value - rough.value);
    // Halving shrinks the rule's own error a million times; what shrinks less is the rounding of f.
    const rounding = gap < SUSPECT * size && gap > last / 8;
    if (depth >= DEPTH || rounding || gap <= Math.max(floor, TOLERANCE * size)) return value;
    return refine(a, middle, left, gap, depth + 1) + refine(middle, b, right, gap, depth + 1);
  };
  return refine(from, to, whole, Infinity, 0);
}

interface Estimate {
  readonly value: number;
  /** The integral of |f|. */
  readonly size: number;
}
