/** Numbers that an integration computes between two yields, slope by slope: some hundredths of a second of work. */
const NUMBERS = 2 ** 19;

/**
 * When an integration gives the event loop a turn. It does so by a `yield` between two steps: there a caller can let
 * others run, or stop by asking for no more.
 */
export class Yielder {
  private done = 0;

  private readonly work: number;

  /**
   * `numbers` is how many a step computes: its evaluations times the size of the states. Where u is of another program,
   * a yield is due before every step.
   */
  constructor(numbers: number, { external }: { readonly external?: boolean | undefined }) {
    this.work = external ? Infinity : numbers;
  }

  /** Counts a step that is about to be made, and says whether to yield before it. */
  isDue(): boolean {
    this.done += this.work;
    if (this.done < NUMBERS) return false;
    this.done = 0;
    return true;
  }
}

/** The result of some work that yields, computed without a pause. */
export function runToEnd<T>(work: Generator<void, T>): T {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

/** The result of some work that yields, and the milliseconds it took by a clock, without the pauses. */
export function* timed<T>(
  work: Generator<void, T>,
  now: () => number,
): Generator<void, { readonly value: T; readonly milliseconds: number }> {
  for (let milliseconds = 0; ;) {
    const begun = now();
    const { done, value } = work.next();
    milliseconds += now() - begun;
    if (done) return { value, milliseconds };
    yield;
  }
}
