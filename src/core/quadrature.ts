/** Points of the rule on an interval. */
const POINTS = 10;

/** Halvings at most; past them an interval is narrower than the times it holds can tell apart. */
const DEPTH = 48;

/** Nodes and weights of Gauss and Legendre on [-1, 1], by Newton's method on the Legendre polynomial. */
function gaussLegendre(n: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 8; round++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

const RULE = gaussLegendre(POINTS);

/**
 * The integral of a smooth function, to a relative 1e-13 by halving intervals until two halves agree with the whole;
 * the ends are never evaluated.
 */
export function integral(f: (t: number) => number, from: number, to: number): number {
  const whole = (a: number, b: number) => {
    const [middle, half] = [(a + b) / 2, (b - a) / 2];
    return half * RULE.reduce((sum, [node, weight]) => sum + weight * f(middle + half * node), 0);
  };
  const total = Math.abs(whole(from, to));
  const refine = (a: number, b: number, rough: number, depth: number): number => {
    const middle = (a + b) / 2;
    const [left, right] = [whole(a, middle), whole(middle, b)];
    const sum = left + right;
    if (depth >= DEPTH || Math.abs(sum - rough) <= 1e-14 * Math.max(total, Math.abs(sum))) return sum;
    return refine(a, middle, left, depth + 1) + refine(middle, b, right, depth + 1);
  };
  return refine(from, to, whole(from, to), 0);
}
