import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { InputError } from '../../core/registry/problem';
import { claimStaleLock } from './claimLock';
import { systemDisk, type RunDisk } from './disk';
import { FOREIGN, isAlive, LOCK, readLockFile, TORN, type FoundLock, type RunLock } from './lockFile';
import { processStart } from './processStart';

export { isAlive };

/** How long a writer that is done in a moment is waited for, and the pause between two looks, in milliseconds. */
const [PATIENCE, PAUSE] = [2 * TORN, 50];

/** The lock of a writer that lives; undefined where nobody writes to the run. */
export async function livingWriter(run: string): Promise<FoundLock | undefined> {
  const found = await readLockFile(path.join(run, LOCK));
  return found && (await isAlive(found)) ? found : undefined;
}

/** Says who writes to a run, and what to do. */
export function writerText(run: string, { lock }: FoundLock): string {
  const name = path.basename(run);
  if (!lock) return `another process is about to write to the run ${name}: try again in a moment`;
  const what = lock.purpose === 'repair' ? 'put in order' : 'trained';
  const remedy =
    lock.host === os.hostname()
      ? 'stop it first'
      : `stop it there; where that host is gone, try again ${FOREIGN / 60_000} minutes after its last save, or delete ${path.join(run, LOCK)}`;
  return `the run ${name} is being ${what} by process ${lock.process} on host ${lock.host} since ${lock.since}: ${remedy}`;
}

/** Another writer has taken the run over, because this one seemed to be gone. */
export class LockLost extends Error {
  override readonly name = 'LockLost';
}

/** A run's lock that this thread holds. Release it. */
export class HeldLock {
  private readonly file: string;

  constructor(
    readonly run: string,
    private readonly lock: RunLock,
    private readonly disk: RunDisk,
  ) {
    this.file = path.join(run, LOCK);
  }

  /** Shows that this writer is at it. Takes the lock again where it was deleted. A LockLost where it is another's. */
  async renew(): Promise<void> {
    const found = await readLockFile(this.file);
    if (!found) return this.disk.create(this.file, lockText(this.lock));
    if (found.lock?.token !== this.lock.token) throw new LockLost(writerText(this.run, found));
    const now = new Date();
    await fs.utimes(this.file, now, now).catch(() => undefined); // only other hosts look at its age
  }

  /** Lets others write. */
  async release(): Promise<void> {
    const found = await readLockFile(this.file).catch(() => undefined);
    if (found?.lock?.token === this.lock.token) await this.disk.remove(this.file).catch(() => undefined);
  }
}

const lockText = (lock: RunLock) => JSON.stringify(lock, null, 2) + '\n';

/** Takes a run's lock, also one that was left behind. An InputError names the writer that holds it. */
export async function lockRun(
  run: string,
  purpose: RunLock['purpose'] = 'training',
  disk: RunDisk = systemDisk,
): Promise<HeldLock> {
  const lock: RunLock = {
    process: process.pid,
    host: os.hostname(),
    started: (await processStart(process.pid)) ?? 'unknown',
    since: new Date().toISOString(),
    thread: threadId,
    purpose,
    token: randomUUID(),
  };
  const file = path.join(run, LOCK);
  for (const end = Date.now() + PATIENCE; ; await setTimeout(PAUSE)) {
    if (await createsLock(file, lockText(lock), disk)) return new HeldLock(run, lock, disk);
    const found = await readLockFile(file);
    if (!found) continue; // it was just released
    if (!(await isAlive(found))) {
      if (await claimStaleLock(file, found, lockText(lock), disk)) return new HeldLock(run, lock, disk);
    } else if (found.lock?.purpose === 'training' || Date.now() > end) throw new InputError(writerText(run, found));
  }
}

/** Makes the file of a lock; false where there is one. */
async function createsLock(file: string, text: string, disk: RunDisk): Promise<boolean> {
  try {
    await disk.create(file, text);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock that a thread of this process has left behind; `ended` tells by its number whether a thread has ended. */
export async function breakLock(run: string, ended: (thread: number) => boolean): Promise<void> {
  const file = path.join(run, LOCK);
  const { lock } = (await readLockFile(file)) ?? {};
  if (lock?.process !== process.pid || lock.host !== os.hostname() || !ended(lock.thread)) return;
  if (lock.started === (await processStart(process.pid))) await systemDisk.remove(file);
}
