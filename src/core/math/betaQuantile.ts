/** Rounds of Newton's method, and terms of the series; far fewer are needed. */
const [ROUNDS, TERMS] = [60, 400];

/** The integral of (x (1 - x))^(a - 1) from 0 to x <= 1/2, by its power series: it halves from term to term there. */
function below(x: number, a: number): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < TERMS; k++) {
    const next = sum + term / (a + k);
    if (next === sum) break;
    sum = next;
    term *= ((k + 1 - a) / (k + 1)) * x;
  }
  return sum * x ** a;
}

/**
 * The quantile of the symmetric beta law Beta(a, a), a > 0, at p in [0, 1], to about 1e-15: its distribution is 1/2 at
 * 1/2, so no gamma function is needed.
 */
export function symmetricBetaQuantile(p: number, a: number): number {
  if (p > 0.5) return 1 - symmetricBetaQuantile(1 - p, a);
  if (p <= 0) return 0;
  const wanted = 2 * p * below(0.5, a);
  let [low, high] = [0, 0.5];
  let x = Math.min(0.5, (wanted * a) ** (1 / a));
  for (let i = 0; i < ROUNDS; i++) {
    const excess = below(x, a) - wanted;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / (x * (1 - x)) ** (a - 1);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === x) break;
    x = next;
  }
  return x;
}
