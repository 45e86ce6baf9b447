import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';
import { RUN_FILES } from './inspectRun';
import { readRecord } from './runFolder';
import { livingWriter, lockRun, writerText, type HeldLock } from './runLock';

/** How a folder that is being deleted is called: hidden, so that it is no run any more. */
const REMOVED = '.removed-';

/** An InputError, by name and with what to do, where a run is being trained. */
export async function checkRemovable(run: string): Promise<void> {
  const writer = await livingWriter(run).catch(() => undefined);
  if (writer) throw new InputError(`${writerText(run, writer)}, then delete it`);
  const record = await readRecord(run).catch(() => undefined); // a version without locks may train it
  if (record?.state === 'running')
    throw new InputError(`${record.name} (${record.id}) is being trained by process ${record.process}: stop it first, then delete it`); // prettier-ignore
}

/**
 * Deletes a run's folder, whole or not at all: it is hidden before its files go. Of a link to a folder elsewhere only the
 * link goes. An InputError where it is no run, or is being trained.
 */
export async function deleteRun(run: string): Promise<void> {
  const linked = (await fs.lstat(run).catch(() => undefined))?.isSymbolicLink() ?? false;
  if (!linked) await checkIsRun(run);
  await checkRemovable(run);
  const lock = linked ? undefined : await heldLock(run);
  const hidden = path.join(path.dirname(run), `${REMOVED}${randomUUID()}`);
  try {
    await fs.rename(run, hidden);
  } catch (error) {
    await lock?.release();
    throw new InputError(`the run ${path.basename(run)} cannot be deleted: ${systemErrorText(error)}`);
  }
  await sweepRemoved(path.dirname(run));
}

/** Nobody begins to train a run that is being deleted; undefined where its folder takes no lock, as on a read-only disk. */
export async function heldLock(run: string): Promise<HeldLock | undefined> {
  try {
    return await lockRun(run, 'repair');
  } catch (error) {
    if (error instanceof InputError) throw error;
    return undefined;
  }
}

/** Never removes a folder that is something else. */
export async function checkIsRun(run: string): Promise<void> {
  const names = await fs.readdir(run).catch((error: unknown) => {
    throw new InputError(`the run ${path.basename(run)} cannot be deleted: ${systemErrorText(error)}`);
  });
  if (names.length && !RUN_FILES.some((name) => names.includes(name)))
    throw new InputError(`${path.basename(run)} is no run: it has none of ${RUN_FILES.join(', ')}`);
}

/** Removes what deletions of runs have hidden, also one that was cut short. */
export async function sweepRemoved(runs: string): Promise<void> {
  const names = await fs.readdir(runs).catch(() => []);
  const hidden = names.filter((name) => name.startsWith(REMOVED));
  // what another process is removing, or may not be removed, is left to the next time
  await Promise.all(hidden.map((name) => fs.rm(path.join(runs, name), { recursive: true, force: true }).catch(() => undefined))); // prettier-ignore
}
