// Runs test bundles with mocha, in a process of its own.
import path from 'node:path';
import { root } from './install.mjs';
import { runProgram } from './process.mjs';

/** @typedef {'unit' | 'pages' | 'workbench'} MochaRoom */

/** Each room's own flags. @type {Record<MochaRoom, string[]>} */
const flags = {
  unit: ['--timeout', '20000'],
  pages: ['--timeout', '60000', '--exit'],
  workbench: ['--timeout', '60000', '--exit'],
};

/**
 * Runs bundles of a room; resolves with the exit code.
 * @param {MochaRoom} room
 * @param {string[]} files the bundles, absolute paths
 * @param {{ grep?: string | undefined, env?: Record<string, string>, write?: import('./process.mjs').Write }} [options]
 */
export function runMocha(room, files, { grep, env = {}, write } = {}) {
  const program = path.join(root, 'node_modules/mocha/bin/mocha.js');
  const reporter = path.join(root, 'test/harness/reporter.cjs');
  const noTimeout = process.env.NOPROP_NO_TIMEOUT ? ['--timeout', '0'] : []; // a debugger holds a test up
  const chosen = [...flags[room], ...noTimeout, ...(grep ? ['--grep', grep] : [])];
  const required = path.join(root, 'test/harness/patientMocha.mjs');
  const args = [program, '--require', required, '--reporter', reporter, ...chosen, ...files];
  return runProgram(process.execPath, args, { cwd: root, write, env: { ...process.env, NOPROP_ROOT: root, ...env } });
}
