import { check } from './check';
import { compare } from './compare';
import { compareModels } from './compareModels';
import { concludeCommand } from './conclude';
import { evaluate } from './evaluate';
import { exportCommand } from './export';
import { list } from './list';
import { predict } from './predict';
import { resume } from './resume';
import { schedule } from './schedule';
import { train } from './train';
import { weights } from './weights';

/** One command of the command line. Throws an InputError on bad input, any other error on failure. */
export interface CliCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(args: string[]): Promise<void> | void;
}

/** Every command, in the order of the help. */
export const commands: readonly CliCommand[] = [
  list,
  schedule,
  check,
  exportCommand,
  train,
  resume,
  evaluate,
  compare,
  compareModels,
  concludeCommand,
  predict,
  weights,
];

export const usage = (): string =>
  ['Usage:', ...commands.map((row) => `  noprop ${row.usage}\n      ${row.summary}`), ''].join('\n');
