import path from 'node:path';
import { parse } from '../arguments';
import { openTrainer } from '../openTrainer';
import type { CliCommand } from './command';

const USAGE = 'mend DIR';

/** `noprop mend`: makes what is damaged of a run again. */
export const mend: CliCommand = {
  name: 'mend',
  usage: USAGE,
  summary: 'Makes what is damaged of the run in DIR again of its other files, where they suffice.',
  async run(args, terminal) {
    const { positional } = parse(args, {}, USAGE);
    const { name, state, step } = await (await openTrainer(terminal)).call('mend', [path.resolve(positional)]);
    terminal.print(`${name} is whole: ${state} at step ${step}\n`);
  },
};
