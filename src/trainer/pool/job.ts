import type { MessagePort } from 'node:worker_threads';
import { Link, type Message } from '../../protocol/rpc';
import type { Progress, RunRecord, TrainTask } from '../../protocol/trainer';
import { startBackend } from '../backend';
import { post } from '../post';
import { runTask } from '../session';

/** What a thread of the trainer is started with. */
export interface ThreadData {
  /** A desk answers questions and has job threads; a job thread trains. */
  readonly role: 'desk' | 'job';
  /** The folder of tfjs-backend-wasm*.wasm and kernels*.wasm. */
  readonly kernels: string;
  readonly relaxed: boolean;
  /** How many job threads a desk has; 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
}

/** What a pool may ask of a job thread. */
export type JobCalls = {
  /** Trains to the end, one task at a time; answers the run's record however it ended. */
  train(task: TrainTask): RunRecord;
  /** Stops what is trained; its `train` then answers. */
  stop(): void;
};

/** What a job thread tells meanwhile. */
export type JobEvents = {
  started(record: RunRecord): void;
  progress(progress: Progress): void;
};

/** Answers a pool on a job thread's port. */
export function serveJobs(port: MessagePort, { kernels, relaxed }: ThreadData): void {
  let stopping = new AbortController();
  const link: Link<JobCalls, JobEvents> = new Link<JobCalls, JobEvents>(post(port), {
    train: async (task) => {
      const { signal } = (stopping = new AbortController());
      const backend = await startBackend(kernels, { relaxed });
      return runTask(task, {
        backend,
        signal,
        onStarted: (record) => void link.call('started', record),
        onProgress: (progress) => void link.call('progress', progress),
      });
    },
    stop: () => stopping.abort(),
  });
  port.on('message', (message: Message) => void link.receive(message));
}
