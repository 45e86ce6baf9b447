import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import manifest from '../../../package.json';

const isWindows = process.platform === 'win32';

/** Runs a program, through the shell where Windows needs it, and answers what it prints. */
const run = (program: string, args: readonly string[], cwd: string): string =>
  execFileSync(program, args, { cwd, encoding: 'utf8', shell: isWindows, stdio: ['ignore', 'pipe', 'pipe'] });

describe('the command as a package of npm, made of dist/cli.js', function () {
  this.timeout(120_000);
  let folder: string;
  let noprop: string;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop command '));
    run(process.execPath, [path.resolve('test/harness/packCommand.mjs'), folder], process.cwd());
    const [file] = (await fs.readdir(folder)).filter((name) => name.endsWith('.tgz'));
    assert.equal(file, `noprop-lab-cli-${manifest.version}.tgz`);
    // a folder with a blank in its name: everything that is started must stand that
    const prefix = path.join(folder, 'the prefix');
    const install = ['install', '-g', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', `./${file}`];
    run(isWindows ? 'npm.cmd' : 'npm', isWindows ? install.map((one) => `"${one}"`) : install, folder);
    noprop = isWindows ? path.join(prefix, 'noprop.cmd') : path.join(prefix, 'bin/noprop');
    if (isWindows) noprop = `"${noprop}"`;
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('has the files of test/harness/commandFiles.txt, package.json and README.md, and asks for no other package', async () => {
    const installed = path.join(folder, 'the prefix', isWindows ? '' : 'lib', 'node_modules/noprop-lab-cli');
    const names = await fs.readdir(installed, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile()).map((one) => path.relative(installed, path.join(one.parentPath, one.name)).replaceAll('\\', '/')); // prettier-ignore
    const listed = readFileSync('test/harness/commandFiles.txt', 'utf8').trim().split('\n');
    assert.deepEqual(files.sort(), [...listed, 'README.md', 'package.json'].sort());
    const packed = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(packed.engines, { node: '>=20' });
    assert.equal(packed.dependencies, undefined);
  });

  it('installed without a network, it says its version, trains for 20 steps and writes a report', () => {
    assert.equal(run(noprop, ['--version'], folder), `${manifest.version}\n`);
    const experiment = { version: 1, name: 'Moons', schedules: [{ id: 'cosine' }], data: { id: 'two-moons' } };
    const file = path.join(folder, 'moons.noprop.json');
    writeFileSync(file, JSON.stringify(experiment));
    const args = ['train', 'moons.noprop.json', '--set', 'training.steps=20', '--json'];
    const made = JSON.parse(run(noprop, args, folder)) as { steps: number; run: string };
    assert.equal(made.steps, 20);
    assert.ok(existsSync(path.join(made.run, 'run.json')));
    run(noprop, ['report', 'moons.noprop.json', '--out', 'report.html'], folder); // it needs files of the pages
    assert.ok(readFileSync(path.join(folder, 'report.html'), 'utf8').startsWith('<!DOCTYPE html>'));
  });
});
