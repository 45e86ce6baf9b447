import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../../src/cli/commandLine';

/** What a command line answered. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const dist = path.resolve('dist');

/** The script of the command line. */
export const script = path.join(dist, 'cli.js');

/** Runs a command line in this process. Nobody is there to be asked. */
export const noprop = (...args: string[]): Promise<Answer> => nopropAnswering(undefined, ...args);

/** Runs a command line in this process with somebody who answers its questions. */
export async function nopropAnswering(
  confirm: ((question: string) => Promise<boolean>) | undefined,
  ...args: string[]
): Promise<Answer> {
  const printed: string[] = [];
  const warned: string[] = [];
  const terminal = {
    print: (text: string) => void printed.push(text),
    warn: (text: string) => void warned.push(text),
    showsProgress: false,
    confirm,
    kernels: dist,
  };
  const status = await runCommandLine(args, terminal);
  return { status, stdout: printed.join(''), stderr: warned.join('') };
}

/** Runs a command line in a process of its own. */
export function nopropProcess(...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Runs the tests of a suite in a folder; what they name is relative to it. */
export function inFolder(folder: () => string): void {
  let previous = '';
  before(() => {
    previous = process.cwd();
    process.chdir(folder());
  });
  after(() => process.chdir(previous));
}

/** What a command prints that ends well. */
export async function done(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await noprop(...args);
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Trains an experiment, given as its text, and answers the folder of its run; all files go into a folder. */
export async function trainedRun(folder: string, experiment: string, ...args: string[]): Promise<string> {
  const file = path.join(folder, 'experiment.noprop.json');
  writeFileSync(file, experiment);
  const stdout = await done('train', file, '--json', '--out', path.join(folder, 'runs'), ...args);
  return (JSON.parse(stdout) as { run: string }).run;
}
