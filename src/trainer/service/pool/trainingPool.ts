import os from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { isOutOfMemory } from '../../../core/registry/outOfMemory';
import { CodedError, InputError, messageOf } from '../../../core/registry/problem';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import { turnOf } from '../../../core/sweeps/cells';
import { memoryText } from '../../../protocol/memoryText';
import type { TrainingProgress } from '../../../protocol/progress';
import { jobAfter, type QueueJob } from '../../../protocol/queue';
import { interruptRun } from '../../runs/runFolder';
import type { StepWeights } from '../../training/weightsRequests';
import { FairQueue } from './fairQueue';
import { PoolThread, type PooledTraining } from './poolThread';
import type { StartThread } from './trainingThread';

/** Milliseconds after which an idle thread ends. */
const LIFETIME = 120_000;

/** How many threads train: those that are asked for, else one less than the cores, at least 1. */
export const poolSize = (workers = 0): number => workers || Math.max(1, os.availableParallelism() - 1);

export interface PoolOptions {
  /** The most threads at a time. */
  readonly size: number;
  readonly start: StartThread;
  /** Milliseconds after which an idle thread ends. */
  readonly idle?: number;
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Gets all trainings, those that run first, whenever one comes, starts or goes. */
  readonly onQueue?: ((jobs: readonly QueueJob[]) => void) | undefined;
}

/**
 * Trains tasks in threads of their own, each with a wasm heap of its own. As many run at a time as there are threads; the
 * others wait, and experiments take turns. A thread that no task waits for helps with a training whose blocks can be
 * trained apart. A run is interrupted where its thread dies. A thread that is idle for long ends.
 */
export class TrainingPool {
  private readonly threads = new Set<PoolThread>();
  private readonly waiting = new FairQueue<PooledTraining>();
  private readonly running = new Set<PooledTraining>();
  private queued = 0;
  private started = 0;

  constructor(private readonly options: PoolOptions) {}

  /** All trainings: those that run, then those that wait, in the order in which they get their threads. */
  get jobs(): QueueJob[] {
    return this.all().map(({ entry }) => entry);
  }

  /**
   * Queues a task. Answers the run's record however it ended. Rejects where the task cannot be trained, or with code
   * "left-queue" where it was stopped before it had a thread: it then left no run. `onProgress` hears of this task alone.
   */
  async train(task: TrainTask, onProgress?: (progress: TrainingProgress) => void): Promise<RunRecord> {
    const { experiment, resume, group } = task;
    const { name, seed, training } = experiment;
    if (resume !== undefined && this.jobs.some(({ run }) => run === resume))
      throw new InputError(`the run ${resume} is in the queue already: stop it before it is resumed`);
    let settle!: Pick<PooledTraining, 'resolve' | 'reject'>;
    const done = new Promise<RunRecord>((resolve, reject) => (settle = { resolve, reject }));
    const id = task.job ?? `job-${++this.queued}`;
    const entry: QueueJob = { id, run: resume, name, group, seed, state: 'waiting', step: 0, steps: training.steps };
    const turn = turnOf(group, name);
    this.waiting.add({ task, group: turn, entry, done, wanted: 0, helpers: 0, onProgress, ...settle });
    this.assign();
    this.reportQueue();
    return done;
  }

  /**
   * Stops a training, by its job's id or its run's, or all. Fulfilled when they have ended. With a reason, they are
   * interrupted by it.
   */
  async stop(id?: string, interruption?: string): Promise<void> {
    const stopped = this.all().filter(({ entry }) => id === undefined || entry.id === id || entry.run === id);
    for (const training of stopped)
      if (this.waiting.remove(training))
        training.reject(new CodedError('left-queue', 'the training left the queue before it began'));
      else training.thread!.worker.call('stop', [interruption]).catch(() => undefined); // it may have ended by itself
    this.reportQueue();
    await Promise.allSettled(stopped.map(({ done }) => done));
  }

  /** The weights of a training by its run, after its next step; undefined where it does not train here. */
  async weights(run: string): Promise<StepWeights | undefined> {
    const training = [...this.running].find(({ entry }) => entry.run === run);
    return training?.thread?.worker.call('weights', []);
  }

  private all(): PooledTraining[] {
    return [...this.running, ...this.waiting.inOrder()];
  }

  private reportQueue(): void {
    this.options.onQueue?.(this.jobs);
  }

  /** Gives waiting trainings to free threads. Then dismisses helpers where others wait, or gives idle threads as helpers. */
  private assign(): void {
    for (let thread = this.freeThread(); thread; thread = this.freeThread()) {
      const training = this.waiting.take();
      if (!training) break;
      void this.run(training, thread);
    }
    const helping = [...this.threads].filter(({ helpsWith }) => helpsWith);
    const staying = helping.filter(({ dismissed }) => !dismissed);
    const missing = this.waiting.size - (helping.length - staying.length);
    for (const thread of staying.slice(0, Math.max(0, missing))) thread.dismiss();
    if (!this.waiting.size) this.assignHelpers();
  }

  /** A thread with nothing to do. Starts one where it is needed and there may be more. */
  private freeThread(): PoolThread | undefined {
    const idle = [...this.threads].find((thread) => thread.idle);
    if (idle || this.threads.size >= this.options.size) return idle;
    return this.waiting.size || this.mostInNeed() ? this.startThread() : undefined;
  }

  /** The training with the fewest helpers among those that could use more. */
  private mostInNeed(): PooledTraining | undefined {
    const open = [...this.running].filter(({ wanted, helpers }) => helpers < wanted);
    return open.sort((a, b) => a.helpers - b.helpers)[0];
  }

  private assignHelpers(): void {
    for (let training = this.mostInNeed(); training; training = this.mostInNeed()) {
      const thread = this.freeThread();
      if (!thread) return;
      void this.help(training, thread);
    }
  }

  private async help(training: PooledTraining, thread: PoolThread): Promise<void> {
    thread.occupy(training, true);
    training.helpers++;
    const { port1, port2 } = new MessageChannel();
    const joined = training.thread!.worker.call('join', [thread.id, port1]);
    const helped = thread.worker.call('help', [{ ...training.task, resume: training.entry.run }, port2]);
    const [, help] = await Promise.allSettled([joined, helped]);
    // Where it could not help, no other thread can. Where it died, perhaps for want of memory, one less is tried.
    if (help.status === 'rejected') training.wanted = this.threads.has(thread) ? 0 : Math.max(0, training.wanted - 1);
    training.helpers--;
    this.release(thread);
    this.assign();
  }

  private startThread(): PoolThread {
    const { start, onProgress, onStarted, idle = LIFETIME } = this.options;
    const worker = start(
      {
        started: ([record]) => {
          const { id: run, name, group, seed, step, steps } = record;
          this.update(thread, { run, name, group, seed, step, steps });
          this.reportQueue();
          onStarted?.(record);
        },
        trained: ([progress]) => {
          if (thread.training) thread.training.entry = jobAfter(thread.training.entry, progress);
          thread.training?.onProgress?.(progress);
          onProgress?.(progress);
        },
        want: ([helpers]) => {
          if (thread.training) thread.training.wanted = helpers;
          this.assign();
        },
      },
      () => {
        thread.ended();
        this.threads.delete(thread);
      },
    );
    const thread = new PoolThread(`thread-${++this.started}`, worker, idle);
    this.threads.add(thread);
    return thread;
  }

  private update({ training }: PoolThread, change: Partial<QueueJob>): void {
    if (training) training.entry = { ...training.entry, ...change };
  }

  private async run(training: PooledTraining, thread: PoolThread): Promise<void> {
    thread.occupy(training, false);
    training.thread = thread;
    training.entry = { ...training.entry, state: 'running' };
    this.running.add(training);
    const ended = () => {
      this.running.delete(training);
      this.release(thread);
    };
    try {
      const record = await thread.worker.call('train', [training.task]);
      ended();
      training.resolve(record);
    } catch (error) {
      const died = !this.threads.has(thread);
      const why = died ? deathOf(training, error) : (error as Error);
      const interrupted = died ? await this.interrupt(training, why) : undefined;
      ended();
      if (interrupted) training.resolve(interrupted);
      else training.reject(why);
    }
    this.assign();
    this.reportQueue();
  }

  /** Writes into a run's record that its thread died; undefined where there is no run yet. */
  private interrupt({ task, entry }: PooledTraining, { message }: Error): Promise<RunRecord | undefined> | undefined {
    if (entry.run === undefined) return undefined;
    return interruptRun(path.join(task.runs, entry.run), message).catch(() => undefined);
  }

  /** Makes a thread idle, where it still lives. */
  private release(thread: PoolThread): void {
    if (this.threads.has(thread)) thread.release();
  }
}

/** Why a training whose thread died broke off, and what to do. */
function deathOf({ entry: { name, run, step } }: PooledTraining, error: unknown): Error {
  const text = messageOf(error);
  const when = run === undefined ? `before the training of ${name} began` : `at step ${step}`;
  if (!isOutOfMemory(error)) return new CodedError('closed', `${text} ${when}`);
  return new CodedError('memory', memoryText(['train'], `${text}, ${when}`));
}
