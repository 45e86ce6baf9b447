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
