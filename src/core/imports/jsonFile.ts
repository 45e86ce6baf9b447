import { InputError } from '../registry/problem';
import { readPythonJson } from '../text/pythonJson';
import type { ImportFile } from './import';

/** A line of a version control's unresolved conflict. */
const CONFLICT = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

/** The text of a file; an InputError where it is none. */
export function textOf({ name, text }: ImportFile): string {
  if (text === undefined) throw new InputError(`${name} is no text`);
  return text.trim();
}

/** An InputError where a text holds the marks of a merge conflict. */
export function refuseConflict(text: string): void {
  const line = text.split(/\r?\n/).findIndex((one) => CONFLICT.test(one));
  if (line < 0) return;
  throw new InputError(
    `line ${line + 1} is the mark of a merge conflict: resolve it in your version control, then import the file`,
  );
}

/** The value of a text of JSON, as Python writes it. An InputError names a merge conflict, or the place at fault. */
export function jsonOf(text: string): unknown {
  refuseConflict(text);
  return readPythonJson(text);
}

/** The object of a file of JSON; undefined where it is none, or no JSON. */
export function objectOf(file: ImportFile): Readonly<Record<string, unknown>> | undefined {
  if (!file.text?.trimStart().startsWith('{')) return undefined;
  try {
    const value = readPythonJson(textOf(file));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
