import path from 'node:path';
import type { RunRecord } from '../../../src/core/runs/record';
import { readRecord } from '../../../src/trainer/runs/runFolder';
import { RunIndex } from '../../../src/trainer/runs/runIndex';

/** A run that is listed: its record, or what is wrong with it. */
export type Listed = Pick<RunRecord, 'id' | 'state' | 'step'> & { readonly problem?: string };

/** The runs in a folder as a window that is opened now lists them, newest first. */
export async function listRuns(runs: string): Promise<Listed[]> {
  const { rows, damaged } = await new RunIndex(runs).list();
  const wrong = damaged.filter(({ id }) => !rows.some((row) => row.id === id));
  const found = await Promise.all(rows.map(({ id }) => readRecord(path.join(runs, id))));
  return [...found, ...wrong.map(({ id, problem }) => ({ id, problem, state: 'failed' as const, step: 0 }))];
}
