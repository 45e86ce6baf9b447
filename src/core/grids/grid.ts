import type { Clock } from '../dynamics';
import type { Parameters, Parametric, Values } from '../registry/parameters';
import type { Schedule } from '../schedules';
import type { Window } from '../schedules/window';

/** Where steps are to be spread. */
export interface GridPlace {
  readonly schedule: Schedule;
  readonly window: Window;
  /** The clock of the dynamics, where it has one. */
  readonly clock?: Clock | undefined;
}

/** One way to spread steps over a window. */
export interface Grid {
  readonly id: string;
  /**
   * Ascending times, the first and last exactly the window's: steps + 1, or fewer where a table has fewer rows in the
   * window, or floating point fewer numbers. An InputError where the place lacks what the grid needs.
   */
  times(place: GridPlace, steps: number): Float64Array;
  /** How many steps there are, where that is not for the caller to say. */
  count?(place: GridPlace): number;
}

/** A row of the registry: one family of grids. */
export interface GridFamily<P extends Parameters = Parameters> extends Parametric<P> {
  /** Whether its times are given, in ascending order from 0 to 1, rather than computed. */
  readonly takes?: 'times';
  /** The grid at these values, which must be in range. */
  create(values: Values<P>, times: readonly number[]): Grid;
}

/** Keeps a family's parameter names in its types, and hands it out under the registry's one type. */
export const defineGrid = <P extends Parameters>(family: GridFamily<P>): GridFamily => family;

/**
 * The times of a window by a function that is its start at 0 and its end at 1, and rises. Where it rises so fast that
 * no number lies between two of them, as close to a pole, they are one.
 */
export function spread({ start, end }: Window, steps: number, at: (share: number) => number): Float64Array {
  const times = [start];
  for (let k = 1; k < steps; k++) {
    const t = at(k / steps);
    if (t > times.at(-1)! && t < end) times.push(t);
  }
  return Float64Array.of(...times, end);
}

/** The times of a list that lie inside a window, its ends before and after them. */
export function within({ start, end }: Window, times: readonly number[]): Float64Array {
  return Float64Array.of(start, ...times.filter((t) => t > start && t < end), end);
}
