import type { BlockSteps } from './blockRange';

/** Milliseconds of steps between two looks at the split. */
const WINDOW = 400;
/** The steps must have taken this many times as long as a new split costs before there is another. */
const WORTH = 20;
/** The share of the time that a new split must save. */
const GAIN = 0.1;

/**
 * How many of the blocks each of several threads trains, at least one, so that all threads end at about the same time.
 * `times` are the milliseconds of a step of one block in each thread. There are at least as many blocks as threads.
 */
export function splitBlocks(blocks: number, times: readonly number[]): number[] {
  const counts = times.map(() => 1);
  for (let left = blocks - counts.length; left > 0; left--) {
    const ends = counts.map((count, i) => (count + 1) * times[i]!);
    const next = ends.indexOf(Math.min(...ends));
    counts[next] = counts[next]! + 1;
  }
  return counts;
}

/** Measures how fast each thread is with its blocks. That changes where other programs use the same cores. */
export class WorkBalance {
  /** The milliseconds of each thread's steps since the last look, and the number of steps. */
  private spent: number[] = [];
  private steps = 0;

  /** `counts` are the blocks of each thread. `cost` is the time that this split took, in milliseconds. */
  constructor(
    readonly counts: readonly number[],
    private readonly cost: number,
  ) {
    this.reset();
  }

  /**
   * Adds a turn of all threads. Returns a better split where the turns were long enough to tell, and where that split
   * would save a tenth of the time.
   */
  add(parts: readonly Pick<BlockSteps, 'steps' | 'milliseconds'>[]): number[] | undefined {
    parts.forEach(({ milliseconds }, i) => (this.spent[i]! += milliseconds));
    this.steps += parts[0]!.steps;
    if (!this.steps || Math.max(...this.spent) < Math.max(WINDOW, WORTH * this.cost)) return undefined;
    const times = this.spent.map((spent, i) => spent / this.steps / this.counts[i]!);
    this.reset();
    const blocks = this.counts.reduce((sum, count) => sum + count, 0);
    const better = splitBlocks(blocks, times);
    const slowest = (counts: readonly number[]) => Math.max(...counts.map((count, i) => count * times[i]!));
    return slowest(better) < (1 - GAIN) * slowest(this.counts) ? better : undefined;
  }

  private reset(): void {
    this.spent = this.counts.map(() => 0);
    this.steps = 0;
  }
}
