import os from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { CodedError, InputError } from '../../../core/registry/problem';
import type { QueueJob } from '../../../protocol/queue';
import type { TrainingProgress } from '../../../protocol/progress';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import { failRun } from '../../runs/runFolder';
import { FairQueue } from './fairQueue';
import type { TrainingThread, StartThread } from './trainingThread';

/** How long a thread lives with nothing to do, in milliseconds. */
const IDLE = 120_000;

/** How many job threads there are where nobody says: a core is left to what is looked at meanwhile. */
export const poolSize = (workers = 0): number => workers || Math.max(1, os.availableParallelism() - 1);

export interface PoolOptions {
  /** The most threads at a time. */
  readonly size: number;
  readonly start: StartThread;
  /** Milliseconds after which an idle thread ends. */
  readonly idle?: number;
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Told all jobs, those that run first, whenever one comes, starts or goes. */
  readonly onQueue?: ((jobs: readonly QueueJob[]) => void) | undefined;
}

interface QueuedTraining {
  readonly task: TrainTask;
  /** Whom it shares its turns with. */
  readonly group: string;
  view: QueueJob;
  thread?: PoolThread;
  /** How many other threads could help, and how many do. */
  wanted: number;
  helpers: number;
  readonly done: Promise<RunRecord>;
  readonly resolve: (record: RunRecord) => void;
  readonly reject: (error: Error) => void;
}

interface PoolThread {
  readonly thread: TrainingThread;
  /** What it trains, or helps to train. */
  training?: QueuedTraining | undefined;
  helpsWith?: QueuedTraining | undefined;
  /** Its name as a helper, and whether it was asked back. */
  readonly id: string;
  dismissed?: boolean;
  timer?: NodeJS.Timeout | undefined;
}

/**
 * Trains tasks in threads of their own, each with its own tfjs heap: as many at a time as there are threads, the others
 * wait, and experiments take turns. A thread that nobody waits for helps a training that can be shared. A thread that dies fails its run; threads that are idle for long end.
 */
export class TrainingPool {
  private readonly members = new Set<PoolThread>();
  private readonly waiting = new FairQueue<QueuedTraining>();
  private readonly running = new Set<QueuedTraining>();
  private count = 0;
  private opened = 0;

  constructor(private readonly options: PoolOptions) {}

  /** All jobs: those that run, then those that wait, in the order in which they are served. */
  get jobs(): QueueJob[] {
    return this.all().map(({ view }) => view);
  }

  /**
   * Queues a task; answers the run's record however it ended. Rejects where the task cannot be trained, or with code
   * "left-queue" where it was stopped before it had a thread: it then left no run.
   */
  async train(task: TrainTask): Promise<RunRecord> {
    const { experiment, resume, group } = task;
    const { name, seed, training } = experiment;
    if (resume !== undefined && this.jobs.some(({ run }) => run === resume))
      throw new InputError(`the run ${resume} is in the queue already: stop it before it is resumed`);
    let settle!: Pick<QueuedTraining, 'resolve' | 'reject'>;
    const done = new Promise<RunRecord>((resolve, reject) => (settle = { resolve, reject }));
    const id = task.job ?? `job-${++this.count}`;
    const view: QueueJob = { id, run: resume, name, group, seed, state: 'waiting', step: 0, steps: training.steps };
    this.waiting.add({ task, group: group ?? name, view, done, wanted: 0, helpers: 0, ...settle });
    this.serve();
    this.tell();
    return done;
  }

  /** Stops a job, by its own id or its run's, or all jobs; fulfilled when they have ended. */
  async stop(id?: string): Promise<void> {
    const jobs = this.all().filter(({ view }) => id === undefined || view.id === id || view.run === id);
    for (const job of jobs)
      if (this.waiting.remove(job))
        job.reject(new CodedError('left-queue', 'the training left the queue before it began'));
      else void job.thread!.thread.call('stop', []).catch(() => undefined); // it may have ended by itself
    this.tell();
    await Promise.allSettled(jobs.map(({ done }) => done));
  }

  private all(): QueuedTraining[] {
    return [...this.running, ...this.waiting.inOrder()];
  }

  private tell(): void {
    this.options.onQueue?.(this.jobs);
  }

  /** Gives waiting jobs to free threads; what is left of either goes to trainings that are shared, or is asked back. */
  private serve(): void {
    for (let member = this.free(); member; member = this.free()) {
      const job = this.waiting.take();
      if (!job) break;
      void this.run(job, member);
    }
    const waiting = this.waiting.size;
    const lent = [...this.members].filter(({ helpsWith }) => helpsWith);
    const back = lent.filter(({ dismissed }) => dismissed).length;
    for (const member of lent.filter(({ dismissed }) => !dismissed).slice(0, Math.max(0, waiting - back)))
      this.askBack(member);
    if (!waiting) this.lend();
  }

  /** A thread with nothing to do, a new one where there may be more. */
  private free(): PoolThread | undefined {
    const idle = [...this.members].find(({ training, helpsWith }) => !training && !helpsWith);
    if (idle || this.members.size >= this.options.size) return idle;
    return this.waiting.size || this.needy() ? this.open() : undefined;
  }

  /** The training with the fewest helpers among those that could do with more. */
  private needy(): QueuedTraining | undefined {
    const open = [...this.running].filter(({ wanted, helpers }) => helpers < wanted);
    return open.sort((a, b) => a.helpers - b.helpers)[0];
  }

  private lend(): void {
    for (let job = this.needy(); job; job = this.needy()) {
      const member = this.free();
      if (!member) return;
      void this.help(job, member);
    }
  }

  private askBack(member: PoolThread): void {
    member.dismissed = true;
    member.helpsWith!.thread!.thread.call('dismiss', [member.id]).catch(() => undefined); // it has ended: so has the help
  }

  private async help(job: QueuedTraining, member: PoolThread): Promise<void> {
    clearTimeout(member.timer);
    [member.helpsWith, member.dismissed] = [job, false];
    job.helpers++;
    member.thread.hold(true);
    const { port1, port2 } = new MessageChannel();
    const joined = job.thread!.thread.call('join', [member.id, port1]);
    const helped = member.thread.call('help', [{ ...job.task, resume: job.view.run }, port2]);
    const [, how] = await Promise.allSettled([joined, helped]);
    // where it could not, nobody else can
    if (how.status === 'rejected' && this.members.has(member)) job.wanted = 0;
    job.helpers--;
    member.helpsWith = undefined;
    this.rest(member);
    this.serve();
  }

  private open(): PoolThread {
    const { start, onProgress, onStarted } = this.options;
    const member: PoolThread = {
      id: `thread-${++this.opened}`,
      thread: start(
        {
          started: ([record]) => {
            const { id: run, name, group, seed, step, steps } = record;
            this.see(member, { run, name, group, seed, step, steps });
            this.tell();
            onStarted?.(record);
          },
          trained: ([progress]) => {
            this.see(member, { step: progress.step });
            onProgress?.(progress);
          },
          want: ([helpers]) => {
            if (member.training) member.training.wanted = helpers;
            this.serve();
          },
        },
        () => {
          clearTimeout(member.timer);
          this.members.delete(member);
        },
      ),
    };
    this.members.add(member);
    return member;
  }

  private see({ training }: PoolThread, change: Partial<QueueJob>): void {
    if (training) training.view = { ...training.view, ...change };
  }

  private async run(job: QueuedTraining, member: PoolThread): Promise<void> {
    clearTimeout(member.timer);
    member.training = job;
    job.thread = member;
    job.view = { ...job.view, state: 'running' };
    this.running.add(job);
    member.thread.hold(true);
    try {
      const record = await member.thread.call('train', [job.task]);
      this.leave(job, member);
      job.resolve(record);
    } catch (error) {
      const failed = this.members.has(member) ? undefined : await this.fail(job, error as Error);
      this.leave(job, member);
      if (failed) job.resolve(failed);
      else job.reject(error as Error);
    }
    this.serve();
    this.tell();
  }

  /** Writes into a run's record that its thread died; nothing where there is no run yet. */
  private fail({ task, view }: QueuedTraining, { message }: Error): Promise<RunRecord | undefined> | undefined {
    if (view.run === undefined) return undefined;
    return failRun(path.join(task.runs, view.run), message).catch(() => undefined);
  }

  private leave(job: QueuedTraining, member: PoolThread): void {
    this.running.delete(job);
    member.training = undefined;
    this.rest(member);
  }

  /** Lets a thread idle, and end when that has lasted. */
  private rest(member: PoolThread): void {
    if (!this.members.has(member)) return;
    member.thread.hold(false);
    member.timer = setTimeout(() => void member.thread.end(), this.options.idle ?? IDLE);
    member.timer.unref();
  }
}
