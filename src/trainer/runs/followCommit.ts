import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { DamagedRecord } from '../../core/runs/parseRecord';
import type { RunRecord } from '../../core/runs/record';
import { readCommitRecord, readState, recordOfCommit, writeFollowing } from './runCommit';
import type { LastingRecord, RunCommit } from './runCommit';
import { readRecordFile, runFile } from './runFiles';
import { livingWriter, lockRun } from './runLock';
import { sweepRun } from './sweepRuns';
import { timesOf, salvagedFields } from './salvageRecord';

/** What a run's files say. */
export interface RunFiles {
  readonly record: RunRecord;
  /** The save that the files follow from, where they could not be written: the folder can only be read. */
  readonly unwritten?: RunCommit | undefined;
}

/**
 * Whether the files of a run are of another save than its state. The record is written last, so it speaks for all of
 * them. One that says "running" may be behind the end of a training, but one that says how a run ended is never ahead.
 */
function isBehind(record: RunRecord, { step, state }: LastingRecord): boolean {
  if (record.step !== step) return true;
  if (record.state === 'running') return state === 'done' || state === 'diverged';
  return ['stopped', 'done', 'diverged'].includes(record.state) && record.state !== state;
}

/**
 * The record of a run whose files are in step with its state. Where a kill or a full disk left them behind, and nobody
 * writes to the run, they are written again; `locked` says that the caller is its writer.
 */
export async function followCommit(run: string, locked = false): Promise<RunFiles> {
  const [found, lasting] = await Promise.all([
    readRecordFile(run).catch((error: Error) => error),
    readCommitRecord(run).catch((error: Error) => error),
  ]);
  if (found instanceof InputError && !isDamaged(found)) throw found;
  if (lasting instanceof InputError) throw lasting; // a newer version wrote it
  if (lasting instanceof Error) {
    // a damaged state takes nothing away from files that are whole
    if (found instanceof Error) throw found;
    return { record: found };
  }
  if (found instanceof Error && (!lasting || !isDamaged(found))) throw found;
  const record = found instanceof Error ? await lostRecord(run) : found;
  if (!lasting || (found === record && !isBehind(record, lasting))) return { record };
  if (!locked && (await livingWriter(run))) return { record };
  const state = await readState(run).catch((error: Error) => error);
  if (state instanceof Error) {
    if (found instanceof Error) throw found;
    return { record };
  }
  const commit = { snapshot: { ...state, weights: state.weights! }, record: recordOfCommit(state.record!, record) };
  const written = await writeAgain(run, commit, locked);
  return written ? { record: commit.record } : { record: commit.record, unwritten: commit };
}

/** Writes what follows from a run's state; false where it cannot be written. */
async function writeAgain(run: string, commit: RunCommit, locked: boolean): Promise<boolean> {
  try {
    const lock = locked ? undefined : await lockRun(run, 'repair');
    try {
      // Somebody may have trained on before the lock was free.
      const now = await readCommitRecord(run);
      if (now?.step === commit.snapshot.step && now.state === commit.record.state) await writeFollowing(run, commit);
      await sweepRun(run);
    } finally {
      await lock?.release();
    }
    return true;
  } catch (error) {
    if (error instanceof InputError) return true; // a training has begun: the files are in its care
    return false;
  }
}

/** Whether a record is missing or cut, so that the state must do. */
const isDamaged = (error: Error): boolean => error instanceof DamagedRecord;

/** What is known of a run without its record, beside its state: what is left of that record, and what others say. */
export async function lostRecord(run: string): Promise<RunRecord> {
  return {
    seconds: 0,
    process: 0,
    host: '',
    versions: {},
    backend: '',
    kernels: '',
    data: { folder: path.dirname(path.dirname(run)) },
    ...(await timesOf(run, runFile.state)),
    ...(await salvagedFields(run)),
    id: path.basename(run),
  } as unknown as RunRecord;
}
