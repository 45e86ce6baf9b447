import type { Dynamics } from './dynamics';

/**
 * The exact states of dynamics with constant u: z = retain z0 + gain u for every gamma of a grid, from the first on.
 * z0 and u are m values each; answers grid length x m, row-major.
 */
export function oraclePath(
  { retain, gain }: Pick<Dynamics, 'retain' | 'gain'>,
  logSnr: Float64Array,
  z0: Float64Array,
  u: Float64Array,
): Float64Array {
  const path = new Float64Array(logSnr.length * z0.length);
  logSnr.forEach((to, k) => {
    const [keep, add] = [retain(logSnr[0]!, to), gain(logSnr[0]!, to)];
    z0.forEach((value, i) => (path[k * z0.length + i] = keep * value + add * u[i]!));
  });
  return path;
}
