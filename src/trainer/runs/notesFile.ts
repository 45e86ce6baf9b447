import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';
import { CHANGED_MARK } from '../../core/runs/ids';
import { changedNotes, parseNotes, type NotesChange, type RunNotes } from '../../core/runs/notes';
import { systemDisk } from './disk';
import { readableJson } from './runFiles';
import { writeAtomically } from './writeAtomically';

/** What a person says of a run, in its folder. Training never writes this file. */
export const NOTES = 'notes.json';

/** Who changes the notes holds this file for that moment. */
const GUARD = '.notes.lock';

/** Milliseconds: how long another who changes the notes is waited for, the pause between, and when it counts as gone. */
const [PATIENCE, PAUSE, GONE] = [3000, 20, 10_000];

/** The notes of a run; none where the file is missing or cannot be read. */
export async function readNotes(run: string): Promise<RunNotes | undefined> {
  const text = await fs.readFile(path.join(run, NOTES), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseNotes(text);
}

/** Changes the notes of a run, after whoever changes them now. An InputError where they cannot be read or written. */
export async function changeNotes(run: string, change: NotesChange): Promise<RunNotes> {
  const file = path.join(run, NOTES);
  const guard = path.join(run, GUARD);
  await claim(run, guard);
  try {
    const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    const before = parseNotes(text);
    if (!before) throw new InputError(`${file} is damaged: mend it, or delete it, then try again`);
    const after = changedNotes(before, change);
    if (Object.keys(after).length) await writeAtomically(file, readableJson(after));
    else await systemDisk.remove(file);
    // other windows watch the folder of all runs
    await fs.writeFile(path.join(path.dirname(run), CHANGED_MARK), '').catch(() => undefined);
    return after;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`the notes of ${path.basename(run)} cannot be written: ${systemErrorText(error)}`);
  } finally {
    await systemDisk.remove(guard).catch(() => undefined);
  }
}

/** Waits until nobody else changes the notes of a run, and keeps others from it. */
async function claim(run: string, guard: string): Promise<void> {
  for (const end = Date.now() + PATIENCE; ; await setTimeout(PAUSE)) {
    try {
      return await systemDisk.create(guard, String(process.pid));
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (!taken || Date.now() > end)
        throw new InputError(
          `the notes of ${path.basename(run)} cannot be changed: ${taken ? 'another process changes them' : systemErrorText(error)}`,
        );
      const { mtimeMs } = await fs.stat(guard).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > GONE) await systemDisk.remove(guard);
    }
  }
}
