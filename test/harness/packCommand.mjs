// Packs the command `noprop` as a package of npm, out of dist: node test/harness/packCommand.mjs [FOLDER].
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './install.mjs';

const LIST = 'test/harness/commandFiles.txt';

const README = `# noprop

The command of NoProp Lab: noise schedules, dynamics and integrators of diffusion models, and training without
back-propagation, from a terminal. It needs Node 20 or newer and nothing else, and opens no connection.

    npm install -g ./noprop-lab-cli-VERSION.tgz
    noprop --help
`;

/** What npm is told of the package. @param {Record<string, unknown>} manifest of the extension */
const manifestOf = ({ version, license, engines }) => ({
  name: 'noprop-lab-cli',
  version,
  description: 'The command of NoProp Lab: noise schedules, dynamics and integrators of diffusion models',
  license,
  bin: { noprop: 'dist/cli.js' },
  engines: { node: /** @type {{ node: string }} */ (engines).node },
  files: ['dist', 'media', 'LICENSE', 'NOTICE'],
});

/** Makes a folder whole: every file of the list, package.json and README. @param {string} folder */
function stage(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifestOf(manifest), null, 2) + '\n');
  fs.writeFileSync(path.join(folder, 'README.md'), README.replace('VERSION', manifest.version));
  for (const name of fs.readFileSync(path.join(root, LIST), 'utf8').trim().split('\n')) {
    if (!fs.existsSync(path.join(root, name))) throw new Error(`${name} of ${LIST} is missing: npm run build makes it`);
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.copyFileSync(path.join(root, name), path.join(folder, name));
  }
}

/** Packs the command into a folder, prints what npm says of it, and returns the path of the tarball. @param {string} to @param {(text: string) => void} write */
export function packCommand(to, write) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-command-'));
  try {
    stage(folder);
    const isWindows = process.platform === 'win32';
    const args = ['pack', '--ignore-scripts', '--json', '--offline', '--pack-destination', isWindows ? `"${to}"` : to];
    const done = spawnSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd: folder, encoding: 'utf8', shell: isWindows });
    if (done.status !== 0) throw new Error(`npm pack failed:\n${done.stdout}${done.stderr}`);
    const [{ filename, size, files }] = Object.values(JSON.parse(done.stdout));
    write(`${(size / 1024).toFixed(1)} KB`.padStart(11) + `  ${filename}, ${files.length} files\n`);
    return path.join(to, filename);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    packCommand(path.resolve(process.argv[2] ?? root), (text) => void process.stdout.write(text));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
