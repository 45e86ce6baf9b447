/** Nodes and weights of the Gauss-Legendre rule of eight points on [-1, 1], the positive half. */
const GAUSS = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** The integral of f over one panel, exact to rounding where f is analytic within some three panels around it. */
export function integrate(f: (x: number) => number, from: number, to: number): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  return half * GAUSS.reduce((sum, [x, w]) => sum + w * (f(middle - half * x) + f(middle + half * x)), 0);
}

/** The value at 0 of the polynomial through the points (x, y), by Neville's scheme. */
export function extrapolate(x: readonly number[], y: readonly number[]): number {
  const rows = [...y];
  for (let width = 1; width < x.length; width++)
    for (let i = 0; i < x.length - width; i++)
      rows[i] = (x[i]! * rows[i + 1]! - x[i + width]! * rows[i]!) / (x[i]! - x[i + width]!);
  return rows[0]!;
}

/** Widths of the differences that are extrapolated, in nats: a quarter, halved seven times. */
export const WIDTHS = Array.from({ length: 8 }, (_, i) => 2 ** (-2 - i));

/** f'(x) by central differences extrapolated to width 0; f analytic within a nat or so, of relative precision. */
export function slope(f: (x: number) => number, x: number): number {
  const widths = WIDTHS.slice(0, 6);
  return extrapolate(
    widths.map((h) => h * h),
    widths.map((h) => (f(x + h) - f(x - h)) / (2 * h)),
  );
}

/** Slope of the least-squares line through the points (x, y). */
export function fittedSlope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const above = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return above / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
