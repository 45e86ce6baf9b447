import * as jsonc from 'jsonc-parser';
import fs from 'node:fs/promises';
import path from 'node:path';
import { checkFormat } from '../../core/runs/parseRecord';
import { RUN_FORMAT, recordFields, type RunRecord } from '../../core/runs/record';
import { runFile } from './runFiles';

/** The fields of run.json that are as they should be, however the rest of it is. */
export async function salvagedFields(run: string): Promise<Partial<RunRecord>> {
  const text = await fs.readFile(path.join(run, runFile.record), 'utf8').catch(() => '');
  const errors: jsonc.ParseError[] = [];
  const found = Object.entries((jsonc.parse(text, errors) as object | undefined) ?? {});
  const { version } = Object.fromEntries(found) as { version?: unknown };
  checkFormat(path.basename(run), 'run', version, RUN_FORMAT);
  if (errors.length) found.pop(); // where a text was cut, its last value may have been cut too
  const read = found.flatMap(([key, value]) => {
    const schema = Object.hasOwn(recordFields, key) ? recordFields[key as keyof typeof recordFields] : undefined;
    const { success, data } = schema?.safeParse(value) ?? { success: false };
    return success && data !== undefined ? [[key, data] as const] : [];
  });
  return Object.fromEntries(read);
}

/** When a run began, as its folder's name says, and when one of its files was written last. */
export async function timesOf(run: string, file: string): Promise<Pick<RunRecord, 'started' | 'updated'>> {
  const { mtime, birthtime } = await fs.stat(path.join(run, file));
  const [, day, ...time] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(path.basename(run)) ?? [];
  const named = Date.parse(`${day}T${time.join(':')}Z`);
  return { started: new Date(named || birthtime).toISOString(), updated: mtime.toISOString() };
}
