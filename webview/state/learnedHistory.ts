import type { LearnedAt } from '../../src/core/runs/evaluationResults';

/** The most pictures of one training that are kept. */
export const KEPT = 40;

/**
 * What a training had learned at some of its steps, spread over them: where there are too many, every second one goes.
 */
export class LearnedHistory {
  /** Those that are kept, by ascending steps. */
  kept: readonly LearnedAt[] = [];
  /** The newest, whether it is kept or not. */
  newest: LearnedAt | undefined;
  /** Steps from one that is kept to the next. */
  private stride = 0;

  add(found: LearnedAt): void {
    this.newest = found;
    // A training that was resumed begins at a step that was kept before.
    const before = this.kept.filter(({ step }) => step < found.step);
    const last = before.at(-1);
    if (last && found.step - last.step < this.stride) return;
    const all = [...before, found];
    this.kept = all.length > KEPT ? all.filter((_, i) => i % 2 === 0) : all;
    if (all.length > KEPT) this.stride = (2 * (found.step - all[0]!.step)) / KEPT;
  }
}
