import type { Fault } from '../fault';
import { killAll } from './kill';
import { childScript, startProcess } from './processes';

/** A process that trains without a pool, and saves every few steps: most kills fall into a save. */
export const runStoreFault: Fault = {
  name: 'kill-save',
  what: 'a process that saves a run every few steps is killed (SIGKILL) at random moments, and resumed',
  times: { full: 200, short: 3 },
  seconds: 300,
  run: (run) =>
    killAll(run, {
      killsOfARun: 5,
      steps: 120,
      start: ({ experiment }, runs, resume) => {
        const often = { ...experiment, training: { ...experiment.training, checkpoints: 2 } };
        return startProcess([childScript('saver'), JSON.stringify({ experiment: often, folder: runs, runs, resume })]);
      },
    }),
};
