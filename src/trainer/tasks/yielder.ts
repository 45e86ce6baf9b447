import { setImmediate } from 'node:timers/promises';
import { PERIOD, type Turns } from '../../core/dynamicsPaths/turns';
import { CodedError } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';

/** Gives the event loop a turn, so that messages such as a cancel can arrive. */
export const nextTurn = (): Promise<void> => setImmediate();

/** The same. Throws with code "cancelled" where a cancel arrived. */
export async function yieldTurn({ signal }: Pick<CallContext, 'signal'>, message: string): Promise<void> {
  await nextTurn();
  if (signal.aborted) throw new CodedError('cancelled', message);
}

/** Reports the progress of long work and gives the event loop its turns. */
export class Yielder implements Turns {
  private last = performance.now();

  constructor(private readonly context: CallContext<TaskProgress>) {}

  readonly now = (): number => performance.now();

  /** Yields where the last turn is long ago; `done` is a share of 1. Throws with code "cancelled" on a cancel. */
  async yieldIfDue(what: string, done: number): Promise<void> {
    if (performance.now() - this.last < PERIOD) return;
    this.context.progress({ what, done, total: 1 });
    await yieldTurn(this.context, 'the computation was cancelled');
    this.last = performance.now();
  }
}
