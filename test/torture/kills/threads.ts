import path from 'node:path';
import { TrainingPool } from '../../../src/trainer/service/pool/trainingPool';
import { startTrainingThreads, type TrainingThread } from '../../../src/trainer/service/pool/trainingThread';
import type { Fault } from '../fault';
import { killAll, type Started } from './kill';

const dist = path.resolve('dist');

export const threadFault: Fault = {
  name: 'kill-thread',
  what: 'the thread of a training is ended at random moments, and the run resumed in another',
  times: { full: 20, short: 2 },
  seconds: 60,
  run: (run) =>
    killAll(run, {
      killsOfARun: 3,
      steps: 20_000,
      start({ experiment }, runs, resume): Started {
        const threads: TrainingThread[] = [];
        const startThread = startTrainingThreads(dist, false);
        let step = 0;
        const pool = new TrainingPool({
          size: 1,
          start: (events, onEnd) => {
            const thread = startThread(events, onEnd);
            threads.push(thread);
            return thread;
          },
          onProgress: (progress) => (step = progress.step),
        });
        const ended = pool.train({ experiment, folder: runs, runs, resume }).then(
          ({ state, message }) => (state === 'done' ? undefined : `${state}: ${message}`),
          (error: Error) => error.message,
        );
        return {
          ended,
          step: () => step,
          kill: async () => {
            await Promise.all(threads.map((thread) => thread.end()));
            await ended;
          },
        };
      },
    }),
};
