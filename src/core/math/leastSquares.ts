/** Slope of the least-squares line through the points (x, y). */
export function leastSquaresSlope(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = { x: mean(x), y: mean(y) };
  const covariance = x.reduce((sum, value, i) => sum + (value - middle.x) * (y[i]! - middle.y), 0);
  return covariance / x.reduce((sum, value) => sum + (value - middle.x) ** 2, 0);
}
