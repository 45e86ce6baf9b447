/** One command of the command line. Throws an InputError on bad input, any other error on failure. */
export interface CliCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(args: string[]): Promise<void> | void;
}
