/** Where a command writes, and what else it needs from its process. */
export interface Terminal {
  /** Writes a result: standard output. */
  readonly print: (text: string) => void;
  /** Writes a warning, an error or progress: standard error. */
  readonly warn: (text: string) => void;
  /** Whether somebody sees the progress: standard error is a terminal. */
  readonly showsProgress: boolean;
  /** The folder of the trainer's kernels and of its threads' script. */
  readonly kernels: string;
}

/** The terminal of this process; the kernels lie beside its script. */
export const processTerminal = (): Terminal => ({
  print: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(text),
  showsProgress: process.stderr.isTTY,
  kernels: __dirname,
});
