import type { Terminal } from '../terminal';

/** One command of the command line. Throws an InputError on bad input, any other error on failure. */
export interface CliCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(args: string[], terminal: Terminal): Promise<void> | void;
}
