import type { FinalChoice } from './finalStep';
import type { IntegratorSetup } from './system';

/** One integration, from the first time of a grid to its last. */
export interface Integration extends IntegratorSetup {
  /** Ascending; one step between each two, or where states are wanted of a method that chooses its own steps. */
  readonly times: Float64Array;
  /** n x d, row-major; left as it is. */
  readonly z0: Float64Array;
  /** Relative and absolute error a step may make, for a method that is to choose its own steps. */
  readonly tolerance?: number | undefined;
  /** How the last step is taken: by the method itself where it is left out. */
  readonly final?: FinalChoice | undefined;
  /** Whether every state is kept. */
  readonly savePath?: boolean;
  /** Sees the states (n x d, overwritten afterwards) at every time of the grid, the first included; may throw to stop. */
  readonly onStep?: (step: number, t: number, z: Float64Array) => void;
}

/** Where the states went. */
export interface Solution {
  /** n x d, at the last time. */
  readonly z: Float64Array;
  /** Calls of u for each state. */
  readonly evaluations: number;
  /** Steps taken; of a method that chooses them, those it kept. */
  readonly accepted: number;
  /** Steps that such a method took and did not keep. */
  readonly rejected: number;
  /** Why a method that chooses its own steps did not reach the last time, in words. */
  readonly failure?: string;
  /** (steps + 1) x n x d where it was asked for. */
  readonly path?: Float64Array;
}
