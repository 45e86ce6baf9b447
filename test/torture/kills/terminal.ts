import path from 'node:path';
import type { Fault } from '../fault';
import { killAll } from './kill';
import { startProcess } from './processes';

const script = path.resolve('dist/cli.js');

export const terminalFault: Fault = {
  name: 'kill-terminal',
  what: '`noprop train` and `noprop resume` are killed (SIGKILL) at random moments, and resumed',
  times: { full: 200, short: 3 },
  seconds: 400,
  run: (run) =>
    killAll(run, {
      killsOfARun: 5,
      steps: 20_000,
      start: ({ file }, runs, resume) =>
        startProcess([
          script,
          ...(resume ? ['resume', path.join(runs, resume)] : ['train', file, '--out', runs]),
          '--workers',
          '1',
        ]),
    }),
};
