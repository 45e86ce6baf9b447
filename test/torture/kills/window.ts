import path from 'node:path';
import type { Fault } from '../fault';
import { killAll } from './kill';
import { childScript, startProcess } from './processes';

/** The extension as it is built, in a process with the stand-in for VS Code: its runs are in the storage it is given. */
export const windowFault: Fault = {
  name: 'kill-window',
  what: 'the process of a window (the extension on the stand-in for VS Code) is killed (SIGKILL) while a lab trains, and opened again',
  times: { full: 3, short: 1 },
  seconds: 30,
  run: (run) =>
    killAll(run, {
      killsOfARun: 3,
      steps: 20_000,
      start: ({ file }, runs, resume) =>
        // the extension keeps its runs in the folder "runs" of its storage
        startProcess([childScript('window'), file, path.dirname(runs), resume ?? '']),
    }),
};
