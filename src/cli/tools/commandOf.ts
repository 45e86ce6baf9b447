import { InputError } from '../../core/registry/problem';
import { check } from '../commands/check';
import type { CliCommand } from '../commands/command';
import { compare } from '../commands/compare';
import { exportCommand } from '../commands/export';
import { importCommand } from '../commands/import';
import { list } from '../commands/list';
import { schedule } from '../commands/schedule';
import { train } from '../commands/train';

/** The commands that tools are done by. */
const commands: readonly CliCommand[] = [list, schedule, check, train, compare, importCommand, exportCommand];

/** The command that does the tool of its name; an InputError where there is none. */
export function commandOf(name: string): CliCommand {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  throw new InputError(`there is no command "${name}" for a tool`);
}
