import { couldBeArrays } from '../datasets/arrays';
import { isTable, readTable } from '../datasets/csv';
import { isNpy, isZip } from '../files/npy';
import { InputError } from '../registry/problem';
import { importFile } from '.';
import type { ImportFile } from './import';

/** What a file can be: data to learn from, a noise schedule, or both. */
export interface FileRoles {
  readonly data: boolean;
  readonly schedule: boolean;
}

/** Endings of files that are never data. */
const CONFIGURATION = /\.(json|safetensors)$/i;

/** Whether something is read without an InputError. */
function isRead(read: () => unknown): boolean {
  try {
    return Boolean(read());
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const couldBeData = (file: ImportFile): boolean =>
  isNpy(file.bytes) || isZip(file.bytes)
    ? isRead(() => couldBeArrays(file))
    : isRead(() => isTable(readTable(file.text ?? '')));

/**
 * What a file can be by its content. A configuration is a schedule whatever is wrong with it, for the import then says
 * what. What is neither counts as data.
 */
export function rolesOf(file: ImportFile): FileRoles {
  if (CONFIGURATION.test(file.name)) return { data: false, schedule: true };
  const schedule = isRead(() => importFile(file));
  return { data: !schedule || couldBeData(file), schedule };
}
