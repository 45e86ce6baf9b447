import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Fault } from '../fault';
import { runIn } from './saving';
import { troubleAll } from './trouble';

const isLinux = process.platform === 'linux';

const run = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** Sets the largest file that a process may write; in bytes, or "unlimited". */
const limitFiles = (id: number, most: string) => run('prlimit', '--pid', String(id), `--fsize=${most}:`);

const fileLimit: Fault = {
  name: 'disk-limit',
  what: "the largest file that a training's process may write is set to 2 KB (a real limit of the system: prlimit), and then lifted",
  times: { full: 20, short: 1 },
  seconds: 120,
  lacks: () => (isLinux && run('prlimit', '--version') ? undefined : 'this system has no prlimit'),
  run: (faultRun) =>
    troubleAll(faultRun, {
      begin: ({ child }) => limitFiles(child.pid!, '2048'),
      end: ({ child }) => limitFiles(child.pid!, 'unlimited'),
    }),
};

/** Whether a small disk in memory can be made here. */
function canMount(): boolean {
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-mount-'));
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', at);
  if (mounted) run('umount', at);
  fs.rmdirSync(at);
  return mounted;
}

const filler = (runs: string) => path.join(runs, '.filler');

const fullDisk: Fault = {
  name: 'disk-full',
  what: 'a disk of 4 MB (tmpfs) is filled to its last byte under a training, and room made again',
  times: { full: 20, short: 1 },
  seconds: 120,
  lacks: () => (isLinux && canMount() ? undefined : 'no disk may be mounted here'),
  run: (faultRun) =>
    troubleAll(faultRun, {
      prepare: (runs) => void run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'none', runs),
      clear: (runs) => void run('umount', '-l', runs),
      begin: (_, runs) => fill(filler(runs)),
      end: (_, runs) => fs.rmSync(filler(runs), { force: true }),
    }),
};

/** Writes until there is no room. */
function fill(file: string): void {
  const handle = fs.openSync(file, 'w');
  try {
    for (let size = 65536; size >= 1;) {
      try {
        fs.writeSync(handle, new Uint8Array(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    fs.closeSync(handle);
  }
}

/** Root may write anywhere, so it trains as somebody else. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? NOBODY : undefined;

const readOnly: Fault = {
  name: 'read-only',
  what: 'the folders of a training become read-only under it (chmod), and writable again',
  times: { full: 20, short: 1 },
  seconds: 120,
  lacks: () => (process.platform === 'win32' ? 'folders have no such permission here' : undefined),
  run: (faultRun) =>
    troubleAll(faultRun, {
      user,
      prepare: (runs) => user !== undefined && fs.chownSync(runs, user, user),
      begin: (_, runs) => permit(runIn(runs), 0o555),
      end: (_, runs) => permit(runIn(runs), 0o755),
    }),
};

function permit(folder: string, mode: number): void {
  const checkpoints = path.join(folder, 'checkpoints');
  if (fs.existsSync(checkpoints)) fs.chmodSync(checkpoints, mode);
  fs.chmodSync(folder, mode);
}

/** What keeps a training from saving. */
export const diskFaults: readonly Fault[] = [fileLimit, fullDisk, readOnly];
