import fs from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';
import { checkRunId, nameProblem } from '../../core/runs/ids';
import type { TrashedRun } from '../../core/runs/trashedRun';
import { checkIsRun, checkRemovable, heldLock } from './deleteRun';
import { LOCK } from './lockFile';
import { readRecord } from './runFolder';

/** The folder of deleted runs, in that of the runs. A dot in front: it is no run. */
const TRASH = '.trash';

/** Milliseconds that a deleted run is kept. */
const KEPT = 30 * 24 * 3600_000;

/** A run in the trash is called by its id, and when it was deleted. */
const ENTRY = /^(.+)\.(\d{13})$/;

const place = (runs: string, entry: string): string => {
  if (nameProblem(entry) !== undefined || !ENTRY.test(entry)) throw new InputError(`${entry} is no deleted run`);
  return path.join(runs, TRASH, entry);
};

/**
 * Moves a run's folder to the trash beside it, whole or not at all; of a link to a folder elsewhere the link alone.
 * Answers what it is called there. An InputError where it is no run, or is being trained.
 */
export async function trashRun(run: string): Promise<string> {
  const linked = (await fs.lstat(run).catch(() => undefined))?.isSymbolicLink() ?? false;
  if (!linked) await checkIsRun(run);
  await checkRemovable(run);
  const lock = linked ? undefined : await heldLock(run);
  const runs = path.dirname(run);
  try {
    await fs.mkdir(path.join(runs, TRASH), { recursive: true });
    for (let now = Date.now(); ; now++) {
      const entry = `${path.basename(run)}.${now}`;
      const to = path.join(runs, TRASH, entry);
      if (await fs.lstat(to).then(() => true, () => false)) continue; // prettier-ignore
      await fs.rename(run, to);
      if (lock) await fs.rm(path.join(to, LOCK), { force: true }).catch(() => undefined);
      return entry;
    }
  } catch (error) {
    await lock?.release();
    throw new InputError(`the run ${path.basename(run)} cannot be deleted: ${systemErrorText(error)}`);
  }
}

/** Brings a run back from the trash. Answers its id. An InputError where it is there no more, or another has its id. */
export async function restoreRun(runs: string, entry: string): Promise<string> {
  const from = place(runs, entry);
  const id = checkRunId(ENTRY.exec(entry)![1]!);
  const to = path.join(runs, id);
  if (await fs.lstat(to).then(() => true, () => false)) throw new InputError(`there is a run ${id} again`); // prettier-ignore
  try {
    await fs.rename(from, to);
  } catch (error) {
    throw new InputError(`the run ${id} cannot be brought back: ${systemErrorText(error)}`);
  }
  return id;
}

/** The deleted runs that can be brought back, the last deleted first. */
export async function listTrash(runs: string): Promise<TrashedRun[]> {
  const names = (await fs.readdir(path.join(runs, TRASH)).catch(() => [])).filter((name) => ENTRY.test(name));
  const found = await Promise.all(
    names.map(async (entry): Promise<TrashedRun> => {
      const [, id, deleted] = ENTRY.exec(entry)!;
      const record = await readRecord(path.join(runs, TRASH, entry)).catch(() => undefined);
      return {
        entry,
        id: id!,
        name: record?.name ?? id!,
        seed: record?.seed,
        started: record?.started,
        deleted: new Date(Number(deleted)).toISOString(),
      };
    }),
  );
  return found.sort((a, b) => b.deleted.localeCompare(a.deleted));
}

/** Removes for good what lies in the trash for longer than 30 days, or all of it. Answers how many runs that were. */
export async function emptyTrash(runs: string, what: 'old' | 'all' = 'old'): Promise<number> {
  const names = await fs.readdir(path.join(runs, TRASH)).catch(() => []);
  const isDue = (name: string) => {
    const deleted = ENTRY.exec(name)?.[2];
    return deleted !== undefined && (what === 'all' || Date.now() - Number(deleted) > KEPT);
  };
  const removed = await Promise.all(
    names.filter(isDue).map((name) =>
      fs.rm(path.join(runs, TRASH, name), { recursive: true, force: true }).then(
        () => true,
        () => false, // another process removes it, or may not be: it is left to the next time
      ),
    ),
  );
  return removed.filter(Boolean).length;
}
