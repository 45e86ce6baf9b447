// Child processes that end with this one.
import { spawn } from 'node:child_process';

/** @typedef {(text: string) => void} Write */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a program and resolves with its exit code (1 when a signal ended it). What it prints goes to this one's
 * terminal, or to `write`.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { write?: Write | undefined }} [options]
 * @returns {Promise<number>}
 */
export function runProgram(program, args, { write, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const printed = write ? 'pipe' : 'inherit';
    const child = spawn(program, args, { stdio: ['ignore', printed, printed], ...options });
    if (write) for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', write);
    running.add(child);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      if (signal) (write ?? console.error)(`${program} was ended by ${signal}\n`);
      resolve(code ?? 1);
    });
  });
}

/** Ends this process, and what it started, on a signal: a half run prints no totals. */
export function endOnSignals() {
  const codes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
  for (const [name, code] of Object.entries(codes))
    process.once(name, () => {
      for (const child of running) child.kill('SIGTERM');
      console.error(`\nstopped by ${name}`);
      process.exit(code);
    });
}
