import { InputError, codeOf, messageOf } from '../core/registry/problem';
import { terminalText } from '../core/text/plainText';
import { commands, usage } from './commands';
import { EndedBySignal } from './signals';
import type { Terminal } from './terminal';
import { readVersion } from './version';

/** Runs one command line. Answers the exit code: 0, 1 for a failure, 2 for bad input, 128 and more for a signal. */
export async function runCommandLine([name, ...args]: readonly string[], given: Terminal): Promise<number> {
  const terminal = plainTerminal(given);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(usage());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    terminal.print(`${await readVersion(terminal)}\n`);
    return 0;
  }
  try {
    const command = commands.find((row) => row.name === name);
    if (!command)
      throw new InputError(`unknown command "${name}": choose one of ${commands.map((row) => row.name).join(', ')}`);
    if (args.includes('--help')) terminal.print(`noprop ${command.usage}\n\n${command.summary}\n`);
    else await command.run(args, terminal);
    return 0;
  } catch (error) {
    terminal.warn(`noprop: ${messageOf(error)}\n`);
    if (error instanceof EndedBySignal) return error.exitCode;
    const code = codeOf(error);
    return code === 'input' || code === 'cancelled' ? 2 : 1;
  }
}

/** A terminal that is given text alone: what files hold, names and labels, moves no cursor and colours nothing. */
const plainTerminal = (terminal: Terminal): Terminal => ({
  ...terminal,
  print: (text) => terminal.print(terminalText(text)),
  warn: (text) => terminal.warn(terminalText(text)),
  draw: terminal.draw ?? terminal.warn,
});
