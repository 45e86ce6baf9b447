import { CodedError } from '../registry/problem';

/** Where files that experiments name may lie. */
export interface FilePlaces {
  /** Whether the person trusts the workspace. Else no file is read. */
  readonly trusted: boolean;
  /** Folders of the workspace, absolute paths. Every file in one of them, at any depth, may be read. */
  readonly folders: readonly string[];
  /** Files elsewhere that the person allowed or chose, absolute paths. */
  readonly files: readonly string[];
}

/** Which files may be read: those in some places, or any, as in a terminal, where the person names them. */
export type FileRule = FilePlaces | 'any';

/** No file is read. */
export const NO_FILES: FilePlaces = { trusted: false, folders: [], files: [] };

/** Why a file is not read. */
export type FileRefusal = 'untrusted' | 'outside';

/** Whether a path leads to another machine, or to a device of Windows: to touch it is to send something there. */
export const isNetworkPath = (path: string): boolean => /^[\\/]{2}/.test(path);

/** A path in one form: one kind of slash and, of Windows, one case. Undefined where it is not absolute or climbs. */
function normal(path: string): string | undefined {
  const windows = /^[a-z]:[\\/]|^\\\\/i.test(path);
  const text = windows ? path.replaceAll('\\', '/').toLowerCase() : path;
  if (!windows && !text.startsWith('/')) return undefined;
  const parts = text.split('/');
  return parts.includes('..') || parts.includes('.') ? undefined : text.replace(/\/+$/, '');
}

/** Whether an absolute path is in a folder, at any depth. Both are compared as text: nothing is read. */
export function isInFolder(file: string, folder: string): boolean {
  const [inner, outer] = [normal(file), normal(folder)];
  return inner !== undefined && outer !== undefined && inner.startsWith(`${outer}/`);
}

/** Whether two absolute paths name the same file as they are written. */
const isSamePath = (a: string, b: string): boolean => a === b || (normal(a) ?? a) === (normal(b) ?? b);

/** Whether a file lies in a folder itself, and in none below it. */
function isBeside(file: string, folder: string): boolean {
  const [inner, outer] = [normal(file), normal(folder)];
  return isInFolder(file, folder) && !inner!.slice(outer!.length + 1).includes('/');
}

/**
 * Why a file is not read, undefined where it may be. It may be where it is in a folder of the workspace, where it is one
 * that the person allowed, and where it lies beside the experiment that names it, in `beside`.
 */
export function refusalOf(file: string, rule: FileRule, beside = ''): FileRefusal | undefined {
  if (rule === 'any') return undefined;
  if (!rule.trusted) return 'untrusted';
  const { folders, files } = rule;
  if (folders.some((folder) => isInFolder(file, folder))) return undefined;
  if (files.some((one) => isSamePath(file, one))) return undefined;
  return beside !== '' && isBeside(file, beside) ? undefined : 'outside';
}

/** What a message says of a file that is not read. */
const refusalText = (file: string, refusal: FileRefusal): string =>
  refusal === 'untrusted'
    ? `${file} is not read: this workspace is not trusted`
    : `${file} is not read: it lies outside the workspace, and you have not allowed it`;

/** A file was not read. */
export class FileRefusedError extends CodedError {
  /** `named` is the path as it was asked for, `file` where it leads in the end. */
  constructor(
    refusal: FileRefusal,
    readonly file: string,
    readonly named = file,
    message = refusalText(file, refusal),
  ) {
    super(refusal, message);
  }
}
