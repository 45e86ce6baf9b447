import type { Flow } from '../process/flow';
import type { StartMoments } from '../process/starts';
import type { Window } from '../schedules/window';
import type { NormId } from './norms';

/** What is carried over which window, from where. */
export interface ReferenceProblem extends Flow {
  readonly window: Window;
  /** n x d. */
  readonly z0: Float64Array;
  readonly n: number;
  readonly d: number;
  /** The most calls of u a state that the reference may cost (131072). */
  readonly budget?: number | undefined;
  /** The calls it may cost beyond that where what is compared comes within 100 times of its error (0). */
  readonly reserve?: number | undefined;
  /** How errors are measured (rms). */
  readonly norm?: NormId | undefined;
  /** Mean and variance of the starts in each coordinate, where they follow a law. */
  readonly startMoments?: StartMoments | undefined;
  /** Seed of the noise (0). */
  readonly seed?: number | undefined;
  /** Whether the paths must be carried all at once, as u is bound to them (no). */
  readonly together?: boolean | undefined;
  /** The times from which u is carried by its own exact step, where it exists at no others. */
  readonly blockTimes?: Float64Array | undefined;
}
