/** Numbers that a long integration computes, slope by slope, between two rests: some hundredths of a second's work. */
const STRETCH = 2 ** 19;

/**
 * When an integration rests. A rest is a `yield` between two steps, at which a caller can let others run, or stop by
 * asking for no more.
 */
export class Pace {
  private done = 0;

  /** `work` is how many numbers a step computes: its evaluations times the states' size. */
  constructor(private readonly work: number) {}

  /** Counts a step that is to be made; whether to rest before it. */
  rests(): boolean {
    this.done += this.work;
    if (this.done < STRETCH) return false;
    this.done = 0;
    return true;
  }
}

/** What some work comes to, without its rests. */
export function drained<T>(work: Generator<void, T>): T {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

/** What some work comes to, and the milliseconds it took by a clock, its rests left out. */
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
