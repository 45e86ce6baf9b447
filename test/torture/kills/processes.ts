import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Started } from './kill';

/** A program that trains, in a process of its own. What it prints to standard error is why it failed. */
export function startProcess(args: readonly string[], cwd = process.cwd()): Started & { readonly child: ChildProcess } {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<string | undefined>((resolve) =>
    child.once('close', (code) => resolve(code === 0 ? undefined : `code ${code}: ${said.slice(-300)}`)),
  );
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { child, ended, kill };
}

/** A process that the harness brings, in its own bundle beside this one. */
export const childScript = (name: string) => path.join(__dirname, 'children', `${name}.js`);
