// npm start: from a bare clone to the lab in a real VS Code, on a folder of samples.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDesktop, showInBrowser, startDesktop } from './desktop.mjs';
import { ensureBuilt, ensureInstalled, root } from './install.mjs';

const help = `npm start [-- options]    builds NoProp Lab and opens it in VS Code, on the samples in out/workspace
  --port N        the port of the npm VS Code, which is used where no desktop one is found (default 8717)
  --no-browser    print its address, but open no browser
  --demo          do the main job unattended in the npm VS Code, leaving pictures and files in demo/
  --help
VSCODE_PATH names a desktop VS Code; without it, the \`code\` on the PATH is used, else the npm one (Linux x64).`;

const noVsCode = `No VS Code was found. Install it from https://code.visualstudio.com and put its \`code\` command on the PATH
(in VS Code: "Shell Command: Install 'code' command in PATH"), or name it with VSCODE_PATH=/path/to/code, then: npm start`;

const defaultPort = 8717; // always the same one, since a browser keeps the layout by address

// A new window would open the sample as text: it knows nothing of the extension's editor until it has been told once.
const inLab = { 'workbench.editorAssociations': { '*.noprop.json': 'noprop.lab' } };

/** @typedef {{ closed: Promise<unknown>, stop: () => Promise<void> }} Shown */

function readFlags() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new Error(`--port must be a whole number from 0 (any free one) to 65535, not "${values.port}"`);
  return { port, openBrowser: !values['no-browser'], demo: values.demo, help: values.help };
}

/** The folder to work in. Samples that are there already are left alone: the user may have changed them. */
function prepareWorkspace() {
  const workspace = path.join(root, 'out/workspace');
  const samples = path.join(root, 'media/samples');
  fs.mkdirSync(workspace, { recursive: true });
  if (fs.existsSync(samples)) fs.cpSync(samples, workspace, { recursive: true, force: false });
  const first = fs
    .readdirSync(workspace)
    .sort()
    .find((name) => name.endsWith('.noprop.json'));
  return { workspace, openFile: first && path.join(workspace, first) };
}

/** @param {number} port @returns {Promise<boolean>} */
const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * @param {string} program
 * @param {ReturnType<typeof prepareWorkspace>} folder
 * @returns {Shown}
 */
function showDesktop(program, folder) {
  console.log(`Opening ${program} on ${folder.workspace}`);
  const child = startDesktop(program, { devPath: root, ...folder });
  const closed = new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
    await closed;
  };
  return { closed, stop };
}

/**
 * @param {{ port: number | undefined, openBrowser: boolean }} flags
 * @param {ReturnType<typeof prepareWorkspace>} folder
 * @returns {Promise<Shown>}
 */
async function showServer({ port, openBrowser }, folder) {
  if (port && !(await isFree(port))) throw new Error(`port ${port} is taken; choose another: npm start -- --port N`);
  const { provision, startServer } = await import('./server.mjs');
  const { lastingProfile, profileSettings } = await import('./profile.mjs');
  const { workbenchUrl } = await import('./workbench.mjs');
  const profile = lastingProfile(path.join(root, 'out/profile'), {
    settings: profileSettings({ trust: true, settings: inLab }),
  });
  const chosen = port ?? ((await isFree(defaultPort)) ? defaultPort : 0);
  const server = await startServer(provision(), profile, { port: chosen });
  const url = workbenchUrl(server, { devPath: root, ...folder });
  console.log(`\nNoProp Lab runs in VS Code at\n\n  ${url}\n`);
  if (openBrowser && showInBrowser(url)) console.log('It opens in your browser.');
  else console.log('Open this address in a browser on this machine.');
  return { closed: server.ended, stop: server.stop };
}

/** Resolves with true at the first signal to stop; further ones are swallowed, so that stopping happens once. */
const asked = new Promise((resolve) => {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => resolve(true));
});

async function main() {
  const flags = readFlags();
  if (flags.help) return console.log(help);
  ensureInstalled();
  ensureBuilt();
  if (flags.demo) return (await import('./demo.mjs')).runDemo();
  const folder = prepareWorkspace();
  const desktop = findDesktop();
  if (!desktop && !(process.platform === 'linux' && process.arch === 'x64')) throw new Error(noVsCode);
  const shown = desktop ? showDesktop(desktop, folder) : await showServer(flags, folder);
  console.log('Ctrl-C stops it.');
  const wasAsked = await Promise.race([asked, shown.closed.then(() => false)]);
  if (wasAsked) console.log('\nStopping ...');
  await shown.stop();
  if (!wasAsked && !desktop) throw new Error('the VS Code server ended by itself; see server.log in its profile');
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
