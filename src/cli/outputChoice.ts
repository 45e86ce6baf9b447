import { InputError } from '../core/registry/problem';
import { replacesFile } from '../trainer/runs/outputFile';
import type { Terminal } from './terminal';

/** The option that lets a command replace the file of its `--out`. */
export const forceOption = { force: { type: 'boolean' } } as const;

/**
 * An InputError where a command would replace a file, unless --force is given or a person at the terminal agrees. Ask it
 * before the work is done.
 */
export async function checkOutput(out: string, force: boolean | undefined, terminal: Terminal): Promise<void> {
  if (force || !(await replacesFile(out))) return;
  if (await terminal.confirm?.(`${out} exists. Replace it?`)) return;
  throw new InputError(`${out} exists: give another name, or --force to replace it`);
}
