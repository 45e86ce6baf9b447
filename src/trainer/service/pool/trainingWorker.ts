import type { MessagePort } from 'node:worker_threads';
import { Link, type Call, type Message } from '../../../protocol/rpc';
import type { TrainingProgress } from '../../../protocol/progress';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import { startBackend } from '../../engine/backend';
import { post } from './transfer';
import { planRun, trainRun } from '../../runs/trainRun';
import { serveBlockRange, HelperThreads } from './helperThreads';
import { parallelStepRunner } from './parallelStepRunner';

/** What a thread of the trainer gets when it starts. */
export interface ThreadData {
  /** A service thread answers the host and starts training threads. */
  readonly role: 'service' | 'training';
  /** The folder of tfjs-backend-wasm*.wasm and kernels*.wasm. */
  readonly kernels: string;
  readonly relaxed: boolean;
  /** How many training threads a service thread starts; 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
}

/** What a pool may ask of a training thread. */
export interface TrainingThreadCalls {
  /** Trains to the end, one task at a time. Answers the run's record however it ended. */
  train: Call<[task: TrainTask], RunRecord>;
  /** Stops the training. Its `train` then answers. */
  stop: Call;
  /** Trains blocks of a task for the thread at the other end of a port, until that is closed. */
  help: Call<[task: TrainTask, port: MessagePort]>;
  /** Takes the helper at the other end of a port into the training. */
  join: Call<[helper: string, port: MessagePort]>;
  /** Lets a helper go, soon. */
  dismiss: Call<[helper: string]>;
}

/** What a training thread reports meanwhile. */
export interface TrainingThreadEvents {
  started: Call<[record: RunRecord]>;
  trained: Call<[progress: TrainingProgress]>;
  /** How many other threads could help. */
  want: Call<[helpers: number]>;
}

/** Answers a pool on the port of a thread that trains. */
export function serveTrainings(port: MessagePort, { kernels, relaxed }: ThreadData): void {
  let current: { readonly stop: AbortController; readonly helpers: HelperThreads } | undefined;
  const link: Link<TrainingThreadCalls, TrainingThreadEvents> = new Link<TrainingThreadCalls, TrainingThreadEvents>(
    post(port),
    {
      train: async ([task]) => {
        const stop = new AbortController();
        const helpers = new HelperThreads((count) => void link.call('want', [count]));
        current = { stop, helpers };
        try {
          const backend = await startBackend(kernels, { relaxed });
          return await trainRun(task, {
            backend,
            signal: stop.signal,
            start: (plan, resume) => parallelStepRunner(plan, helpers, resume),
            onStarted: (record) => void link.call('started', [record]),
            onProgress: (progress) => void link.call('trained', [progress]),
          });
        } finally {
          current = undefined;
        }
      },
      stop: () => current?.stop.abort(),
      help: async ([task, helperPort]) => {
        const planned = startBackend(kernels, { relaxed }).then(async () => (await planRun(task)).plan);
        try {
          await serveBlockRange(planned, helperPort);
        } finally {
          helperPort.close();
        }
      },
      join: ([helper, helperPort]) => (current ? current.helpers.join(helper, helperPort) : helperPort.close()),
      dismiss: ([helper]) => current?.helpers.dismiss(helper),
    },
  );
  port.on('message', (message: Message) => void link.receive(message));
}
