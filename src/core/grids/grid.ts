import type { Schedule } from '../schedules';
import type { Window } from '../window';

/** A row of the registry: one way to spread steps over a window. */
export interface Grid {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** steps + 1 ascending times, the first and last exactly the window's. */
  times(schedule: Schedule, window: Window, steps: number): Float64Array;
}
