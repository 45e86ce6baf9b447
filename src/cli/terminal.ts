import { createInterface } from 'node:readline/promises';
import type { TaskProgress } from '../protocol/progress';
import type { TrainerService } from '../trainer/service/trainerService';

/** Where a command writes, and what else it needs from its process. */
export interface Terminal {
  /** Writes a result: standard output. */
  readonly print: (text: string) => void;
  /** Writes a warning, an error or progress: standard error. */
  readonly warn: (text: string) => void;
  /** Draws over the last line of standard error, with what moves the cursor; `warn` where it is left out. */
  readonly draw?: ((text: string) => void) | undefined;
  /** Whether somebody sees the progress: standard error is a terminal. */
  readonly showsProgress: boolean;
  /** Asks a person a question that is answered with yes or no; absent where nobody is there to answer. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
  /** Gets how far a command is; where it is left out a bar is drawn. */
  readonly onProgress?: ((progress: TaskProgress) => void) | undefined;
  /** Stops what is under way as Ctrl-C does, in place of the signals of the process. */
  readonly signal?: AbortSignal | undefined;
  /** The trainer that commands share; each has its own where it is left out. */
  readonly trainer?: (() => Promise<TrainerService>) | undefined;
  /** The folder of the trainer's kernels and of its threads' script. */
  readonly kernels: string;
}

/** The terminal of this process; the kernels lie beside its script. */
export const processTerminal = (): Terminal => ({
  print: (text) => void process.stdout.write(text),
  warn: (text) => void process.stderr.write(text),
  showsProgress: process.stderr.isTTY,
  ...(process.stdin.isTTY && process.stdout.isTTY && { confirm }),
  kernels: __dirname,
});

/** Asks on the terminal of this process. Anything but y or yes is no, and so is the end of the input. */
async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), closed])).trim());
  } finally {
    lines.close();
  }
}
