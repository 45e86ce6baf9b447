import { statSync } from 'node:fs';
import path from 'node:path';
import { RUN_FILES } from './inspectRun';
import { NOTES } from './notesFile';
import { runFile } from './runFiles';

/** The files of a run's folder that say whether it is whole. */
export interface RunFiles {
  /** Sizes and times of the files. */
  readonly signature: string;
  readonly there: ReadonlySet<string>;
  /** Whether a person has said something of it. */
  readonly hasNotes: boolean;
  readonly error?: unknown;
}

/**
 * Sizes and times of a run's files. Without waiting in between: that takes several times as long for thousands of them.
 */
export function filesOf(run: string): RunFiles {
  const there = new Set<string>();
  let signature = '';
  try {
    for (const name of RUN_FILES) {
      const stats = statSync(`${run}${path.sep}${name}`, { throwIfNoEntry: false });
      if (stats) there.add(name);
      signature += stats ? `${stats.mtimeMs}:${stats.size} ` : '- ';
    }
    const notes = statSync(`${run}${path.sep}${NOTES}`, { throwIfNoEntry: false });
    if (notes) signature += `${notes.mtimeMs}:${notes.size}`;
    return { signature, there, hasNotes: notes !== undefined };
  } catch (error) {
    return { signature: 'unreadable', there, hasNotes: false, error };
  }
}

/** Milliseconds: the coarsest clock that a file system has is two seconds. What is younger may change unseen. */
const COARSE = 2500;

/**
 * Two looks in place of six. Who writes to a run gives files their names, which the folder's own time shows; only a record
 * is looked at too, for a person may write into it. Undefined where that is too young to be trusted.
 */
export function quickLook(run: string, now = Date.now()): string | undefined {
  try {
    const folder = statSync(run);
    const record = statSync(`${run}${path.sep}${runFile.record}`, { throwIfNoEntry: false });
    if (now - Math.max(folder.mtimeMs, record?.mtimeMs ?? 0) < COARSE) return undefined;
    return `${folder.mtimeMs} ${record?.mtimeMs ?? '-'} ${record?.size ?? '-'}`;
  } catch {
    return undefined;
  }
}
