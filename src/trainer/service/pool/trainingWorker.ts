import type { MessagePort } from 'node:worker_threads';
import { Link, type Message } from '../../../protocol/rpc';
import type { Progress } from '../../../protocol/trainer';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import { startBackend } from '../../engine/backend';
import { post } from './transfer';
import { planTask, runTask } from '../../runs/trainRun';
import { help, Team } from './helperThreads';
import { teamRunner } from './parallelStepRunner';

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
  /** Helps to train blocks of a task that the other end of a port leads, until that is closed. */
  help(task: TrainTask, port: MessagePort): void;
  /** Takes a helper at the other end of a port into the training's team. */
  join(helper: string, port: MessagePort): void;
  /** Asks a helper back, soon. */
  dismiss(helper: string): void;
};

/** What a job thread tells meanwhile. */
export type JobEvents = {
  started(record: RunRecord): void;
  progress(progress: Progress): void;
  /** How many other threads could help. */
  want(helpers: number): void;
};

/** Answers a pool on a job thread's port. */
export function serveJobs(port: MessagePort, { kernels, relaxed }: ThreadData): void {
  let stopping = new AbortController();
  let team: Team | undefined;
  const planned = async (task: TrainTask) => {
    await startBackend(kernels, { relaxed });
    return (await planTask(task)).plan;
  };
  const link: Link<JobCalls, JobEvents> = new Link<JobCalls, JobEvents>(post(port), {
    train: async (task) => {
      const { signal } = (stopping = new AbortController());
      const backend = await startBackend(kernels, { relaxed });
      const own = (team = new Team((helpers) => void link.call('want', helpers)));
      try {
        return await runTask(task, {
          backend,
          signal,
          start: (plan, resume) => teamRunner(plan, own, resume),
          onStarted: (record) => void link.call('started', record),
          onProgress: (progress) => void link.call('progress', progress),
        });
      } finally {
        team = undefined;
      }
    },
    stop: () => stopping.abort(),
    help: async (task, port) => {
      try {
        await help(planned(task), port);
      } finally {
        port.close();
      }
    },
    join: (helper, port) => (team ? team.join(helper, port) : port.close()),
    dismiss: (helper) => team?.dismiss(helper),
  });
  port.on('message', (message: Message) => void link.receive(message));
}
