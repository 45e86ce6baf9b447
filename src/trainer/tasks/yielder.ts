import { CodedError } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';

/** Milliseconds of work between two looks at whether it is still wanted. */
export const PERIOD = 40;

/** Long work that now and then tells how far it is, and looks whether it is still wanted. */
export class Yielder {
  private looked = performance.now();

  constructor(private readonly context: CallContext<TaskProgress>) {}

  /** Pauses where the last pause is long ago; throws with code "cancelled" where the work was cancelled. */
  async yieldIfDue(what: string, share: number): Promise<void> {
    if (performance.now() - this.looked < PERIOD) return;
    this.context.progress({ what, done: share, total: 1 });
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancel in
    if (this.context.signal.aborted) throw new CodedError('cancelled', 'the computation was cancelled');
    this.looked = performance.now();
  }
}
