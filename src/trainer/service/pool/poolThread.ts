import type { TrainingProgress } from '../../../protocol/progress';
import type { QueueJob } from '../../../protocol/queue';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import type { TrainingThread } from './trainingThread';

/** A training in the pool, which waits for a thread or has one. */
export interface PooledTraining {
  readonly task: TrainTask;
  /** Trainings of one group share their turns. */
  readonly group: string;
  /** What the queue shows of it. */
  entry: QueueJob;
  thread?: PoolThread;
  /** How many other threads could help, and how many do. */
  wanted: number;
  helpers: number;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  readonly done: Promise<RunRecord>;
  readonly resolve: (record: RunRecord) => void;
  readonly reject: (error: Error) => void;
}

/** A thread of the pool: idle, or with a training of its own, or helping with another. */
export class PoolThread {
  private task: { readonly training: PooledTraining; readonly helps: boolean } | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Whether it was asked to stop helping. */
  dismissed = false;

  /** `id` names it as a helper. `lifetime` are the milliseconds after which it ends where it is idle. */
  constructor(
    readonly id: string,
    readonly worker: TrainingThread,
    private readonly lifetime: number,
  ) {}

  get idle(): boolean {
    return !this.task;
  }
  /** What it trains itself. */
  get training(): PooledTraining | undefined {
    return this.task && !this.task.helps ? this.task.training : undefined;
  }
  /** What it helps to train. */
  get helpsWith(): PooledTraining | undefined {
    return this.task?.helps ? this.task.training : undefined;
  }

  /** Gives it a training of its own, or one to help with. The process then waits for it. */
  occupy(training: PooledTraining, helps: boolean): void {
    clearTimeout(this.timer);
    this.task = { training, helps };
    this.dismissed = false;
    this.worker.hold(true);
  }

  /** Asks it to stop helping, soon. */
  dismiss(): void {
    this.dismissed = true;
    // An error means that the training has ended, and so has the help.
    this.helpsWith!.thread!.worker.call('dismiss', [this.id]).catch(() => undefined);
  }

  /** Makes it idle. It ends where it stays so for its lifetime. */
  release(): void {
    this.task = undefined;
    this.worker.hold(false);
    this.timer = setTimeout(() => void this.worker.end(), this.lifetime);
    this.timer.unref();
  }

  /** Clears its timer, once it has ended. */
  ended(): void {
    clearTimeout(this.timer);
  }
}
