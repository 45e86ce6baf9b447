import type { MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { Link, type Call, type CallSchemas, type Caller } from '../../../protocol/rpc';
import { nothing } from '../../../protocol/schema';
import type { TrainingPlan } from '../../training/plan';
import { BlockRangeTraining, blockRangeSchemas, type BlockRangeCalls } from './blockRange';
import { post } from './transfer';

/** What a helper says to the thread that leads the training. */
interface HelperEvents {
  /** It has planned the run and can begin. */
  ready: Call;
}

const helperEventSchemas: CallSchemas<HelperEvents> = { ready: { args: z.tuple([]), value: nothing } };

/** A helper that is ready. A call rejects where it is gone. */
export interface Helper extends Caller<BlockRangeCalls> {
  readonly id: string;
}

/** The threads that help to train the blocks of a run. They come and go. */
export class HelperThreads {
  /** Counts the changes. */
  version = 0;
  private readonly ports = new Map<string, MessagePort>();
  private readonly ready = new Map<string, Helper>();
  private readonly leaving = new Set<string>();

  /** `request` says how many helpers could have something to do. */
  constructor(readonly request: (helpers: number) => void) {}

  /** Takes a helper in, as soon as it is ready. */
  join(id: string, port: MessagePort): void {
    const link = new Link<HelperEvents, BlockRangeCalls>(
      (message) => port.postMessage(message),
      {
        ready: () => {
          this.ready.set(id, { id, call: (name, args, options) => link.call(name, args, options) });
          this.version++;
        },
      },
      { local: helperEventSchemas, remote: blockRangeSchemas, onRefused: console.warn },
    );
    this.ports.set(id, port);
    port.on('message', (message: unknown) => void link.receive(message));
    port.on('close', () => {
      if (this.ready.delete(id)) this.version++; // it left by itself
      this.ports.delete(id);
      this.leaving.delete(id);
      link.close('a thread that helped is gone');
    });
  }

  /** Dismisses a helper. It leaves at the next `releaseDismissed`, when nothing that only it knows is needed. */
  dismiss(id: string): void {
    if (!this.ready.has(id)) return this.ports.get(id)?.close();
    this.leaving.add(id);
    this.version++;
  }

  /** Removes a helper at once. */
  drop(id: string): void {
    this.ready.delete(id);
    this.ports.get(id)?.close();
    this.version++;
  }

  /** Whether a helper is still here. */
  has({ id }: Helper): boolean {
    return this.ready.has(id);
  }

  /** Lets the dismissed helpers go, or all. Returns those that stay. */
  releaseDismissed(all = false): Helper[] {
    for (const id of all ? [...this.ports.keys()] : this.leaving) {
      this.ports.get(id)?.close();
      this.ready.delete(id);
    }
    this.leaving.clear();
    return [...this.ready.values()];
  }
}

/** What the leading thread needs of its helpers. */
export type HelperSource = Pick<HelperThreads, 'version' | 'request' | 'releaseDismissed' | 'drop' | 'has'>;

/** Trains blocks for the thread at the other end of a port, as soon as the plan is there and until the port is closed. */
export async function serveBlockRange(planned: Promise<TrainingPlan>, port: MessagePort): Promise<void> {
  const closed = new Promise<void>((resolve) => port.on('close', resolve));
  const plan = await Promise.race([planned, closed]);
  if (!plan) return;
  const training = new BlockRangeTraining(plan);
  const link = new Link<BlockRangeCalls, HelperEvents>(
    post(port),
    {
      begin: ([blocks, resume]) => training.begin(blocks, resume),
      advance: ([steps]) => training.advance(steps),
      save: () => training.save(),
    },
    { local: blockRangeSchemas, remote: helperEventSchemas, onRefused: console.warn },
  );
  port.on('message', (message: unknown) => void link.receive(message));
  link.tell('ready', []);
  await closed;
  training.dispose();
}
