import type { Random } from '../../src/core/math/random';

/** What one fault came to. */
export interface Outcome {
  /** How often it was done. */
  readonly times: number;
  /** What was lost, in words: steps, files, uncaught errors. */
  readonly lost: string;
  /** What came back, in words. */
  readonly recovered: string;
  /** The longest time that anything stood still or one case took, milliseconds. */
  readonly longest: number;
  /** Shares and figures beside these. */
  readonly note?: string;
  /** What did not hold: each makes the run fail. */
  readonly failures: readonly string[];
}

/** What a fault may use while it is run. */
export interface FaultRun {
  /** The seed of everything random in it. */
  readonly seed: number;
  /** How often it is to be done. */
  readonly times: number;
  /** Whether its time is over: it then ends with what it has done. Tells the watchdog that it goes on. */
  isOver(done: number): boolean;
  /** A generator of its own for each case. */
  random(index: number): Random;
  /** A new folder, removed at the end of the run. */
  folder(): string;
  /** Prints a line. */
  log(line: string): void;
}

/** A row of the registry: something bad that is done to the lab on purpose. */
export interface Fault {
  readonly name: string;
  readonly what: string;
  /** How often it is done in the full form, and in the short one that every test run has. */
  readonly times: { readonly full: number; readonly short: number };
  /** Its share of the time, where the time is limited: about the seconds that the full form takes. */
  readonly seconds: number;
  /** Why it cannot be done on this machine, in words; undefined where it can. */
  readonly lacks?: () => string | undefined;
  run(run: FaultRun): Promise<Outcome> | Outcome;
}

/** A count in words: "1 run", "3 runs". */
export const countOf = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
