// Finds the desktop VS Code of this machine, and the browser to show the server's in.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const isWindows = process.platform === 'win32';
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** The full path of a program on the PATH. @param {string} name */
function onPath(name) {
  const names = isWindows ? [`${name}.cmd`, `${name}.exe`] : [name];
  for (const dir of (process.env.PATH ?? '').split(path.delimiter))
    for (const file of names.map((each) => path.join(dir, each)))
      if (dir && fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  return undefined;
}

/**
 * The desktop VS Code: VSCODE_PATH, or `code` on the PATH.
 * @returns {string | undefined} undefined where there is none, or no display to show it on
 */
export function findDesktop() {
  const named = process.env.VSCODE_PATH;
  if (named && !fs.existsSync(named)) throw new Error(`VSCODE_PATH names no file: ${named}`);
  if (named) return named;
  // In a terminal of a remote VS Code, `code` talks to that window and cannot open an extension under development.
  return hasDisplay() && !process.env.VSCODE_IPC_HOOK_CLI ? onPath('code') : undefined;
}

/**
 * Opens a window of the desktop VS Code with the extension in development; the process ends when the window closes.
 * @param {string} program
 * @param {{ devPath: string, workspace: string, openFile?: string | undefined }} options
 */
export function startDesktop(program, { devPath, workspace, openFile }) {
  const args = ['--wait', '--new-window', `--extensionDevelopmentPath=${devPath}`, workspace];
  if (openFile) args.push(openFile);
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const quoted = (/** @type {string} */ text) => (isWindows ? `"${text}"` : text);
  return spawn(quoted(program), args.map(quoted), {
    env,
    detached: !isWindows, // its own group, so that what it starts ends with it
    shell: isWindows,
    stdio: 'inherit',
  });
}

/** Shows an address in the user's browser, where there is one. @param {string} url @returns {boolean} whether one was asked */
export function showInBrowser(url) {
  const named = process.env.BROWSER;
  const program = named && (path.isAbsolute(named) ? named : onPath(named));
  const opener = program || (hasDisplay() ? onPath('xdg-open') : undefined);
  if (!opener) return false;
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' });
  child.once('error', (error) => console.warn(`${opener} did not start: ${error.message}`));
  child.unref();
  return true;
}
