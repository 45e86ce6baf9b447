import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Link, type Handlers } from '../../../src/protocol/rpc';
import type { TrainerCalls, TrainerEvents } from '../../../src/protocol/trainerCalls';
import { trainerEventSchemas, trainerSchemas } from '../../../src/protocol/trainerSchemas';
import { interruptRun } from '../../../src/trainer/runs/runFolder';
import type { Fault } from '../fault';
import { killAll, type Started } from './kill';

const dist = path.resolve('dist');

/** Starts the trainer's thread as the host does, and trains in it. */
function startTrainer(task: TrainerCalls['train']['args'][0]): Started {
  const worker = new Worker(path.join(dist, 'trainer.js'), {
    workerData: { role: 'service', kernels: dist, relaxed: false, workers: 1 },
  });
  let [step, id] = [0, ''];
  const events: Handlers<TrainerEvents> = {
    started: ([record]) => void (id = record.id),
    queue: () => undefined,
    trained: ([progress]) => void (step = progress.step),
    printed: () => undefined,
  };
  const link = new Link<TrainerEvents, TrainerCalls>((message) => worker.postMessage(message), events, {
    local: trainerEventSchemas,
    remote: trainerSchemas,
    onRefused: console.warn,
  });
  worker.on('message', (message: unknown) => void link.receive(message));
  const gone = new Promise<void>((resolve) => worker.on('exit', () => resolve(link.close('the trainer ended'))));
  const trained = link.call('train', [task]).then(
    ({ state, message }) => (state === 'done' ? undefined : `${state}: ${message}`),
    (error: Error) => error.message,
  );
  const end = async () => {
    await worker.terminate();
    await gone;
  };
  // The host asks the next trainer to note what the one that died was at.
  const kill = async () => {
    await end();
    if (id) await interruptRun(path.join(task.runs, id), 'the trainer ended');
  };
  return {
    step: () => step,
    kill,
    ended: trained.then(async (failed) => {
      await end();
      return failed;
    }),
  };
}

export const trainerFault: Fault = {
  name: 'kill-trainer',
  what: "the trainer's thread, as the window has it, is ended at random moments, and the run resumed by a new one",
  times: { full: 10, short: 1 },
  seconds: 40,
  run: (run) =>
    killAll(run, {
      killsOfARun: 3,
      steps: 20_000,
      start: ({ experiment }, runs, resume) => startTrainer({ experiment, folder: runs, runs, resume }),
    }),
};
