// Which VS Code the host suite runs in: the npm server by its stand-in, or a download.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { root } from './install.mjs';
import { isSupported, provision } from './server.mjs';

/** @typedef {{ executable: string, name: string, install: (vsix: string, places: string[]) => void }} Host */

const isWindows = process.platform === 'win32';

/** @param {string} program @param {string[]} args */
const output = (program, args) =>
  execFileSync(isWindows ? `"${program}"` : program, args, {
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** @returns {Host} */
function npmHost() {
  const executable = path.join(root, 'test/harness/vscodeShim.mjs');
  fs.chmodSync(executable, 0o755); // an unpacked archive may have lost it
  return {
    executable,
    name: `VS Code ${provision().version} (server, from npm)`,
    install: (vsix, places) => void output(executable, [...places, `--install-extension=${vsix}`]),
  };
}

/** @param {string} version @param {string[]} places @returns {Promise<Host>} */
async function downloadedHost(version, places) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    console.warn('The downloaded VS Code needs a display: run this under xvfb-run.');
  const executable = await downloadAndUnzipVSCode({ version, cachePath: path.join(root, 'out/vscode') });
  const cli = resolveCliPathFromVSCodeExecutablePath(executable);
  return {
    executable,
    name: `VS Code ${output(cli, [...places, '--version']).split('\n')[0]} (desktop, downloaded)`,
    install: (vsix, more) => void output(cli, [...more, '--install-extension', vsix, '--force']),
  };
}

/**
 * The npm server where it runs, unless VSCODE_VERSION (stable, insiders, 1.100.0) asks for a download.
 * @param {string[]} places --user-data-dir and --extensions-dir
 */
export async function findHost(places) {
  const version = process.env.VSCODE_VERSION;
  return version || !isSupported ? downloadedHost(version || 'stable', places) : npmHost();
}
