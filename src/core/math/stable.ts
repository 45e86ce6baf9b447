/** log(1 + exp(x)) without overflow or cancellation. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** 1 / (1 + exp(-x)), relative precision at both ends. */
export const sigmoid = (x: number): number => {
  const e = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
};

/** log(expm1(x)) for x >= 0, i.e. -gamma for cumulative noise x; -Infinity at 0. */
export const logExpm1 = (x: number): number => (x < Math.LN2 ? Math.log(Math.expm1(x)) : x + Math.log1p(-Math.exp(-x)));

/** log(1 - exp(-x)) for x >= 0; -Infinity at 0. */
export const log1mExp = (x: number): number => (x < Math.LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x)));
