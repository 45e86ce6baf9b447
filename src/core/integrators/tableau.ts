/** A Butcher tableau of an explicit method: stage i is at t + c_i h and z + h sum_j a_ij k_j. */
export interface Tableau {
  readonly a: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly c: readonly number[];
  /** Weights of a second solution, whose distance from the first is an error of this order. */
  readonly embedded?: { readonly b: readonly number[]; readonly order: number };
  /** Dense output: the weight of stage i at t + x h is sum_k dense_ik x^(k+1). */
  readonly dense?: readonly (readonly number[])[];
}

/**
 * A tableau whose last stage is the next step's first (its row of a is b), with an estimate of the error and an
 * interpolant: what a method needs to choose its own steps.
 */
export type Pair = Required<Tableau>;

/** The tableau as a pair; undefined where it is none. */
export const pairOf = ({ tableau }: { readonly tableau?: Tableau }): Pair | undefined =>
  tableau?.embedded && tableau.dense ? (tableau as Pair) : undefined;
