import type { MessagePort } from 'node:worker_threads';
import { Link, type Call, type Caller, type Message } from '../../../protocol/rpc';
import { post } from './transfer';
import { BlockRangeTraining, type BlockRangeCalls } from './blockRange';
import type { TrainingPlan } from '../../training/plan';

/** What a helper tells the leader: that it has what it needs to begin. */
interface HelperCalls {
  ready: Call;
}

/** A helper that is ready. A call rejects where it is gone. */
export interface Helper extends Caller<BlockRangeCalls> {
  readonly id: string;
}

/** The threads that help to train blocks of a run: who there is, as they come and go. */
export class HelperThreads {
  /** Counts the changes. */
  version = 0;
  private readonly ports = new Map<string, MessagePort>();
  private readonly ready = new Map<string, Helper>();
  private readonly leaving = new Set<string>();

  /** `want` is told how many helpers could have something to do. */
  constructor(readonly request: (helpers: number) => void) {}

  /** Takes a helper in, once it is ready. */
  join(id: string, port: MessagePort): void {
    const link = new Link<HelperCalls, BlockRangeCalls>((message) => port.postMessage(message), {
      ready: () => {
        this.ready.set(id, { id, call: (name, args, options) => link.call(name, args, options) });
        this.version++;
      },
    });
    this.ports.set(id, port);
    port.on('message', (message: Message) => void link.receive(message));
    port.on('close', () => {
      if (this.ready.delete(id)) this.version++; // it left of itself
      this.ports.delete(id);
      this.leaving.delete(id);
      link.close('a thread that helped is gone');
    });
  }

  /** Asks for a helper back; it goes at the next `settle`, when nobody needs what it knows any more. */
  dismiss(id: string): void {
    if (!this.ready.has(id)) return this.ports.get(id)?.close();
    this.leaving.add(id);
    this.version++;
  }

  /** Parts with a helper at once. */
  drop(id: string): void {
    this.ready.delete(id);
    this.ports.get(id)?.close();
    this.version++;
  }

  /** Whether a helper is here still. */
  has({ id }: Helper): boolean {
    return this.ready.has(id);
  }

  /** Lets those go that are asked back, or all; answers who is left. */
  releaseDismissed(all = false): Helper[] {
    for (const id of all ? [...this.ports.keys()] : this.leaving) {
      this.ports.get(id)?.close();
      this.ready.delete(id);
    }
    this.leaving.clear();
    return [...this.ready.values()];
  }
}

/** Trains blocks of a plan, once that is there, for a leader at the other end of a port, until that is closed. */
export async function serveBlockRange(planned: Promise<TrainingPlan>, port: MessagePort): Promise<void> {
  const closed = new Promise<void>((resolve) => port.on('close', resolve));
  const plan = await Promise.race([planned, closed]);
  if (!plan) return;
  const part = new BlockRangeTraining(plan);
  const link = new Link<BlockRangeCalls, HelperCalls>(post(port), {
    begin: ([blocks, saved]) => part.begin(blocks, saved),
    advance: ([steps]) => part.advance(steps),
    save: () => part.save(),
  });
  port.on('message', (message: Message) => void link.receive(message));
  void link.call('ready', []);
  await closed;
  part.dispose();
}
