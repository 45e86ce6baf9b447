import type { MessagePort } from 'node:worker_threads';
import { mergeProgress, type TrainingProgress } from '../../../protocol/progress';
import { Relay } from '../../../protocol/relay';
import { Link } from '../../../protocol/rpc';
import { startBackend } from '../../engine/backend';
import type { ThreadData, TrainingThreadCalls, TrainingThreadEvents } from './threadCalls';
import { threadEventSchemas, threadSchemas } from './threadSchemas';
import { WeightsRequests } from '../../training/weightsRequests';
import { post } from './transfer';
import { planRun, trainRun } from '../../runs/trainRun';
import { serveBlockRange, HelperThreads } from './helperThreads';
import { parallelStepRunner } from './parallelStepRunner';

/** A training as long as it runs: how it is stopped, who helps, and who asks for its weights. */
interface Current {
  readonly stop: AbortController;
  readonly helpers: HelperThreads;
  readonly requests: WeightsRequests;
}

/** Answers a pool on the port of a thread that trains. */
export function serveTrainings(port: MessagePort, { kernels, relaxed }: ThreadData): void {
  let current: Current | undefined;
  const link: Link<TrainingThreadCalls, TrainingThreadEvents> = new Link<TrainingThreadCalls, TrainingThreadEvents>(
    post(port),
    {
      train: async ([task]) => {
        const stop = new AbortController();
        const helpers = new HelperThreads((count) => link.tell('want', [count]));
        const trained = new Relay((progress: TrainingProgress) => link.call('trained', [progress]), mergeProgress);
        const requests = new WeightsRequests();
        current = { stop, helpers, requests };
        try {
          const backend = await startBackend(kernels, { relaxed });
          return await trainRun(task, {
            backend,
            signal: stop.signal,
            requests,
            start: (plan, resume) => parallelStepRunner(plan, helpers, resume),
            onStarted: (record) => link.tell('started', [record]),
            onProgress: (progress) => trained.push(progress.id, progress),
          });
        } finally {
          current = undefined;
          requests.end();
          await trained.settled(); // the last report comes before the answer
        }
      },
      stop: ([interruption]) => current?.stop.abort(interruption),
      weights: () => current?.requests.ask(),
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
    { local: threadSchemas, remote: threadEventSchemas, onRefused: console.warn },
  );
  port.on('message', (message: unknown) => void link.receive(message));
}
