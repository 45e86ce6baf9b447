import type { MessagePort } from 'node:worker_threads';
import { Link, type Call, type Message } from '../../../protocol/rpc';
import type { TrainingProgress } from '../../../protocol/progress';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import { startBackend } from '../../engine/backend';
import { post } from './transfer';
import { planRun, trainRun } from '../../runs/trainRun';
import { serveBlockRange, HelperThreads } from './helperThreads';
import { parallelStepRunner } from './parallelStepRunner';

/** What a thread of the trainer is started with. */
export interface ThreadData {
  /** A service thread answers the host and has job threads. A job thread trains. */
  readonly role: 'service' | 'job';
  /** The folder of tfjs-backend-wasm*.wasm and kernels*.wasm. */
  readonly kernels: string;
  readonly relaxed: boolean;
  /** How many job threads a service thread has. 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
}

/** What a pool may ask of a job thread. */
export interface TrainingThreadCalls {
  /** Trains to the end, one task at a time; answers the run's record however it ended. */
  train: Call<[task: TrainTask], RunRecord>;
  /** Stops what is trained; its `train` then answers. */
  stop: Call;
  /** Helps to train blocks of a task that the other end of a port leads, until that is closed. */
  help: Call<[task: TrainTask, port: MessagePort]>;
  /** Takes a helper at the other end of a port into the training's team. */
  join: Call<[helper: string, port: MessagePort]>;
  /** Asks a helper back, soon. */
  dismiss: Call<[helper: string]>;
}

/** What a job thread tells meanwhile. */
export interface TrainingThreadEvents {
  started: Call<[record: RunRecord]>;
  trained: Call<[progress: TrainingProgress]>;
  /** How many other threads could help. */
  want: Call<[helpers: number]>;
}

/** Answers a pool on a job thread's port. */
export function serveTrainings(port: MessagePort, { kernels, relaxed }: ThreadData): void {
  let stopping = new AbortController();
  let team: HelperThreads | undefined;
  const planned = async (task: TrainTask) => {
    await startBackend(kernels, { relaxed });
    return (await planRun(task)).plan;
  };
  const link: Link<TrainingThreadCalls, TrainingThreadEvents> = new Link<TrainingThreadCalls, TrainingThreadEvents>(
    post(port),
    {
      train: async ([task]) => {
        const { signal } = (stopping = new AbortController());
        const backend = await startBackend(kernels, { relaxed });
        const own = (team = new HelperThreads((helpers) => void link.call('want', [helpers])));
        try {
          return await trainRun(task, {
            backend,
            signal,
            start: (plan, resume) => parallelStepRunner(plan, own, resume),
            onStarted: (record) => void link.call('started', [record]),
            onProgress: (progress) => void link.call('trained', [progress]),
          });
        } finally {
          team = undefined;
        }
      },
      stop: () => stopping.abort(),
      help: async ([task, port]) => {
        try {
          await serveBlockRange(planned(task), port);
        } finally {
          port.close();
        }
      },
      join: ([helper, port]) => (team ? team.join(helper, port) : port.close()),
      dismiss: ([helper]) => team?.dismiss(helper),
    },
  );
  port.on('message', (message: Message) => void link.receive(message));
}
