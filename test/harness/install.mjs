// Makes a bare clone ready: packages, then the build. Node built-ins only, since nothing else may be there yet.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const oldestNode = 20;
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }> | undefined} */
function lockedPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * True when node_modules holds what package-lock.json asks for. npm's own record is compared by content: file times say
 * nothing after a checkout, and an interrupted install leaves no record at all.
 */
export function isInstalled() {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'));
  const found = lockedPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || (found[name] ? found[name].version === entry.version : entry.optional === true),
  );
}

/** Stops with a clear message on a Node that is too old. */
export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return;
  console.error(
    `NoProp Lab needs Node ${oldestNode} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(1);
}

/** Installs the project's packages when they are missing or are not those of the lock file. */
export function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) ...');
  const { status, error } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`npm ci failed in ${root}${error ? `: ${error.message}` : ''}. Is the npm registry reachable?`);
  process.exit(1);
}

/**
 * Builds dist, and with `tests` the test bundles too. Always builds: it takes about a second, and a stale bundle would
 * test or show something else than the sources.
 * @param {{ tests?: boolean, write?: (text: string) => void }} [options] write: where it prints, else the terminal
 */
export function ensureBuilt({ tests = false, write } = {}) {
  if (tests) fs.rmSync(path.join(root, 'out/test'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['esbuild.js', ...(tests ? ['--tests'] : [])], {
    cwd: root,
    encoding: 'utf8',
    stdio: write ? 'pipe' : 'inherit',
  });
  write?.(stdout + stderr);
  if (status !== 0) throw new Error('the build (node esbuild.js) failed');
}
