/**
 * The weights of the quadrature that is exact for polynomials through `count` nodes (1 to 4): weight j is the integral
 * of the Lagrange polynomial that is 1 at node j and 0 at the others. `moments` holds the integrals of 1, x, x^2, x^3.
 */
export function lagrangeWeights(
  nodes: ArrayLike<number>,
  count: number,
  moments: ArrayLike<number>,
  out: Float64Array,
): void {
  for (let j = 0; j < count; j++) {
    let [c0, c1, c2, c3] = [1, 0, 0, 0];
    for (let m = 0; m < count; m++) {
      if (m === j) continue;
      const [x, factor] = [nodes[m]!, 1 / (nodes[j]! - nodes[m]!)];
      c3 = (c2 - x * c3) * factor;
      c2 = (c1 - x * c2) * factor;
      c1 = (c0 - x * c1) * factor;
      c0 = -x * c0 * factor;
    }
    out[j] = c0 * moments[0]! + c1 * moments[1]! + c2 * moments[2]! + c3 * moments[3]!;
  }
}
