import * as z from 'zod';
import { InputError } from '../registry/problem';
import { pathText, type Problem } from '../registry/problem';
import { RUN_FORMAT, recordFields, type RunRecord } from './record';

/** Keys that a version after this one may add are kept. */
const schema = z.looseObject(recordFields);

/** An InputError where a format is newer than this version reads. `what` was written in it: "the run". */
export function checkFormat(what: string, kind: string, format: unknown, newest: number): void {
  if (typeof format === 'number' && format > newest)
    throw new InputError(
      `${what} was written by NoProp Lab with ${kind} format ${format}; this version reads up to ${newest}: update the extension`,
    );
}

/** A run.json that is missing, cut or changed; the message says what is wrong with it. */
export class DamagedRecord extends InputError {}

/** The record in the text of a run.json, with the id of its folder. A DamagedRecord, or an InputError where it is newer. */
export function parseRecord(text: string, id: string): RunRecord {
  const value = parseObject(text, 'run.json');
  checkFormat('it', 'run', value.version, RUN_FORMAT);
  // JSON writes null for a score or a speed that is not finite
  const known = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
  const { success, data, error } = schema.safeParse({ ...known, id });
  if (success) return data;
  const [first, ...more] = error.issues;
  const others = more.length ? `, and ${more.length} more problems` : '';
  throw new DamagedRecord(`run.json: ${issueText(first!, known)}${others}`);
}

/** The object in a text of JSON. A DamagedRecord names the file. */
export function parseObject(text: string, file: string): Readonly<Record<string, unknown>> {
  if (!text.trim()) throw new DamagedRecord(`${file} is empty`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DamagedRecord(`${file} is no JSON: it was cut short or changed`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DamagedRecord(`${file} holds no object`);
}

function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path as Problem['path'];
  const at = `"${pathText(path)}"`;
  const found = path.reduce<unknown>((from, key) => (from as Record<string, unknown> | undefined)?.[key], value);
  if (found === undefined) return `${at} is missing`;
  if (issue.code === 'invalid_type') return `${at} must be of type ${issue.expected}`;
  if (issue.code === 'invalid_value') return `${at} must be ${issue.values.map(String).join(' or ')}`;
  return `${at}: ${issue.message}`;
}
