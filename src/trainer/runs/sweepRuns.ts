import fs from 'node:fs/promises';
import path from 'node:path';
import { LOCK } from './lockFile';
import { readCommitRecord } from './runCommit';
import { CHECKPOINTS, runFile } from './runFiles';
import { NOTES } from './notesFile';
import { livingWriter } from './runLock';
import { TEMPORARY } from './writeAtomically';

/** Milliseconds after which what nobody holds counts as left behind. */
const OLD = 5 * 60_000;

/** The name of a run's folder begins with its time. */
const RUN_NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-/;
const CLAIM = new RegExp(`^${LOCK.replace('.', '\\.')}\\.[0-9a-z.-]+$`);
const WRITTEN: readonly string[] = Object.values(runFile);

const namesIn = (folder: string): Promise<string[]> => fs.readdir(folder).catch(() => []);
const isOld = async (file: string) => Date.now() - (await fs.stat(file)).mtimeMs > OLD;

/** Whether a name is that of a temporary file of a training, or of a claim of its lock. */
function isLeftover(name: string): boolean {
  const [, becomes = ''] = TEMPORARY.exec(name) ?? [];
  return (
    WRITTEN.includes(becomes) ||
    becomes === NOTES ||
    becomes === LOCK ||
    /^step-\d+\.safetensors$/.test(becomes) ||
    CLAIM.test(name)
  );
}

/** Removes what a writer that died has left half written in a run's folder. Only for the one who holds its lock. */
export async function sweepRun(run: string): Promise<void> {
  for (const folder of [run, path.join(run, CHECKPOINTS)])
    for (const name of (await namesIn(folder)).filter(isLeftover))
      await fs.rm(path.join(folder, name), { force: true });
}

/**
 * Removes what writers that died have left among the runs: temporary files, and folders in which a training was never
 * saved. What a living writer holds stays, what is younger than some minutes, and every file that is not ours.
 */
export async function sweepRuns(runs: string): Promise<void> {
  for (const name of await namesIn(runs)) if (RUN_NAME.test(name)) await sweepOne(path.join(runs, name)).catch(() => undefined); // prettier-ignore
}

async function sweepOne(run: string): Promise<void> {
  const names = await namesIn(run);
  const isOrphan = !names.includes(runFile.record);
  if (!isOrphan && !names.some(isLeftover) && !names.includes(CHECKPOINTS)) return;
  if (await livingWriter(run)) return;
  const abandoned = isOrphan && (await isOld(run));
  const folders = [run, path.join(run, CHECKPOINTS)];
  for (const folder of folders)
    for (const name of (await namesIn(folder)).filter(isLeftover))
      if (await isOld(path.join(folder, name))) await fs.rm(path.join(folder, name), { force: true });
  if (abandoned) await removeOrphan(run);
}

/** Removes the folder of a training that died before its first step was taken, where it holds nothing else. */
async function removeOrphan(run: string): Promise<void> {
  const names = await namesIn(run);
  if (!names.every((name) => WRITTEN.includes(name) || name === LOCK)) return;
  const commit = names.includes(runFile.state) ? await readCommitRecord(run) : undefined;
  if (names.includes(runFile.state) && commit?.step !== 0) return; // it can be resumed
  for (const name of names) await fs.rm(path.join(run, name), { force: true });
  await fs.rmdir(run); // fails where something has come meanwhile
}
