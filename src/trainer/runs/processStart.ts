import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where field 22 of /proc/PID/stat is, counted behind the program's name, which may hold spaces and brackets. */
const START_FIELD = 19;

/**
 * When a process started, in a form that is the same for whoever asks, and that no other process of this number has had;
 * undefined where there is no such process. A clock that is set, or a sleep of the machine, does not change it.
 */
export async function processStart(id: number): Promise<string | undefined> {
  if (!exists(id)) return undefined;
  try {
    if (process.platform === 'linux') return await linuxStart(id);
    return process.platform === 'win32' ? await windowsStart(id) : await unixStart(id);
  } catch {
    return exists(id) ? 'unknown' : undefined; // it ended meanwhile, or the system does not say
  }
}

function exists(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false; // such numbers name groups of processes
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The boot of the machine, and the ticks of its clock at the start. A process that has ended and waits is gone. */
async function linuxStart(id: number): Promise<string | undefined> {
  const [boot, stat] = await Promise.all([
    fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    fs.readFile(`/proc/${id}/stat`, 'utf8'),
  ]);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot.trim()} ${fields[START_FIELD]}`;
}

async function unixStart(id: number): Promise<string | undefined> {
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(id)], { env: { ...process.env, LC_ALL: 'C' } });
  return stdout.trim() || undefined;
}

async function windowsStart(id: number): Promise<string | undefined> {
  const command = `(Get-Process -Id ${id}).StartTime.ToFileTimeUtc()`;
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command], {
    windowsHide: true,
  });
  return stdout.trim() || undefined;
}
