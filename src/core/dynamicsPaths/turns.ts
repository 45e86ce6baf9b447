/** Milliseconds of work between two turns of the event loop. */
export const PERIOD = 40;

/** What long work gives the event loop its turns by, and reports its progress to. */
export interface Turns {
  /** A clock, in milliseconds. */
  now(): number;
  /** Yields where the last turn is long ago; `done` is a share of 1. Throws with code "cancelled" on a cancel. */
  yieldIfDue(what: string, done: number): Promise<void>;
}
