import fs from 'node:fs/promises';
import os from 'node:os';
import { processStart } from './processStart';

/** The name of the file that says who writes to a run. */
export const LOCK = 'run.lock';

/** Who writes to a run: the content of its run.lock. */
export interface RunLock {
  readonly process: number;
  readonly host: string;
  /** When the process started, as `processStart` gives it: it tells the process from a later one of the same number. */
  readonly started: string;
  /** When the lock was taken, ISO 8601. */
  readonly since: string;
  /** The thread of the process that writes. */
  readonly thread: number;
  /** A training, or a repair of the files that follow from the state, which takes a moment. */
  readonly purpose: 'training' | 'repair';
  /** Tells this lock from all others. */
  readonly token: string;
}

/** A lock that was found. */
export interface FoundLock {
  /** Undefined where the file cannot be understood: its writer is at it, or has died at it. */
  readonly lock: RunLock | undefined;
  /** When it was taken or renewed last, in milliseconds. */
  readonly renewed: number;
}

/**
 * Milliseconds after which a lock of another host counts as left behind, where it was not renewed. A training renews it
 * at every save. No host can see another's processes, so here age must do. A writer that slept for longer finds, before
 * it writes again, that the lock is another's. On its own host a lock never ages.
 */
export const FOREIGN = 15 * 60_000;
/** Milliseconds after which a lock that cannot be understood counts as left behind. */
export const TORN = 5000;

/** Reads the file of a lock; undefined where there is none. */
export async function readLockFile(file: string): Promise<FoundLock | undefined> {
  try {
    const [text, { mtimeMs: renewed }] = await Promise.all([fs.readFile(file, 'utf8'), fs.stat(file)]);
    return { lock: parse(text), renewed };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function parse(text: string): RunLock | undefined {
  try {
    const found = JSON.parse(text) as Partial<RunLock> | null;
    if (typeof found?.process !== 'number' || typeof found.host !== 'string') return undefined;
    const { process: id, host, started = 'unknown', since = 'an unknown time' } = found;
    const { thread = 0, purpose = 'training', token = '' } = found;
    return { process: id, host, started, since, thread, purpose, token };
  } catch {
    return undefined;
  }
}

/** Whether the writer that a lock names still lives. */
export async function isAlive({ lock, renewed }: FoundLock): Promise<boolean> {
  const age = Date.now() - renewed;
  if (!lock) return age < TORN;
  if (lock.host !== os.hostname()) return age < FOREIGN;
  const started = await processStart(lock.process);
  return started !== undefined && (started === 'unknown' || lock.started === 'unknown' || started === lock.started);
}
