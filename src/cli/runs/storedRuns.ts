import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { checkRunId } from '../../core/runs/ids';
import { summaryOf, type DamagedRun, type RunList, type RunSummary } from '../../core/runs/runList';
import type { RunRecord } from '../../core/runs/record';
import { inspectRun } from '../../trainer/runs/inspectRun';
import { readNotes } from '../../trainer/runs/notesFile';
import { readRecord } from '../../trainer/runs/runFolder';
import { RunIndex } from '../../trainer/runs/runIndex';
import { filesOf } from '../../trainer/runs/runSignature';

/** The runs in a folder; an InputError where there is no such folder. */
export async function readRuns(dir: string): Promise<RunList> {
  if (!(await stat(dir).catch(() => undefined))?.isDirectory()) throw new InputError(`${dir} is no folder of runs`);
  return new RunIndex(path.resolve(dir)).list();
}

/** What is wrong with a run, and what helps. */
export const damageText = ({ problem, canMend }: DamagedRun): string =>
  `${problem}${canMend ? '; noprop mend makes it whole' : ''}`;

/** A run that was read by itself. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly summary: RunSummary;
  readonly damaged?: DamagedRun | undefined;
}

/** The run in a folder. An InputError where there is none, or where its record cannot be read. */
export async function readStoredRun(run: string): Promise<StoredRun> {
  const folder = path.resolve(run);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new InputError(`${run} is not a run: there is no such folder`); // prettier-ignore
  const { record: found, damaged, settings } = await inspectRun(folder, filesOf(folder).there);
  if (!found && damaged) throw new InputError(`${run} is damaged: ${damageText(damaged)}`);
  if (!found) throw new InputError(`${run} is not a run: it has no run.json`);
  const record = await readRecord(folder); // as it is now, where its process is gone
  const notes = await readNotes(folder);
  return { record, damaged, summary: { ...summaryOf(record), settings, ...(notes && { notes }) } };
}

/** The id of a run in the folder DIR, of its id or its path. An InputError where it would be elsewhere. */
export function idInFolder(dir: string, run: string): string {
  const whole = path.resolve(run);
  return checkRunId(path.dirname(whole) === path.resolve(dir) ? path.basename(whole) : run);
}
