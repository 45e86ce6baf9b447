import type { BlockSteps } from './blockRange';

/** Milliseconds of steps after which shares are looked at again. */
const WINDOW = 400;
/** How many times as long as it took to share out anew the steps must have taken before it is done again. */
const WORTH = 20;
/** The share of the time that is, at least, to be saved. */
const GAIN = 0.1;

/**
 * How many of the blocks each of several threads gets, at least one: such that all are done at about one time.
 * `paces` are milliseconds that a step of one block takes in each; there are no more of them than blocks.
 */
export function splitBlocks(blocks: number, paces: readonly number[]): number[] {
  const counts = paces.map(() => 1);
  for (let left = blocks - counts.length; left > 0; left--) {
    const ends = counts.map((count, i) => (count + 1) * paces[i]!);
    const next = ends.indexOf(Math.min(...ends));
    counts[next] = counts[next]! + 1;
  }
  return counts;
}

/** Watches how fast threads are with their blocks: cores of a machine that others use too are not equally fast for long. */
export class WorkBalance {
  /** Milliseconds of each thread's steps since its shares were last looked at, and how many steps those were. */
  private spent: number[] = [];
  private steps = 0;

  /** `counts` are the blocks of each thread, `cost` the milliseconds it took to share them out so. */
  constructor(
    readonly counts: readonly number[],
    private readonly cost: number,
  ) {
    this.begin();
  }

  /**
   * Takes a turn of all threads. Answers better shares where the turns so far were long enough to tell and to be worth
   * the sharing out, and these would save a tenth of the time.
   */
  add(parts: readonly Pick<BlockSteps, 'steps' | 'milliseconds'>[]): number[] | undefined {
    parts.forEach(({ milliseconds }, i) => (this.spent[i]! += milliseconds));
    this.steps += parts[0]!.steps;
    if (!this.steps || Math.max(...this.spent) < Math.max(WINDOW, WORTH * this.cost)) return undefined;
    const paces = this.spent.map((spent, i) => spent / this.steps / this.counts[i]!);
    this.begin();
    const blocks = this.counts.reduce((sum, count) => sum + count, 0);
    const better = splitBlocks(blocks, paces);
    const turn = (counts: readonly number[]) => Math.max(...counts.map((count, i) => count * paces[i]!));
    return turn(better) < (1 - GAIN) * turn(this.counts) ? better : undefined;
  }

  private begin(): void {
    this.spent = this.counts.map(() => 0);
    this.steps = 0;
  }
}
