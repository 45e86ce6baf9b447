/** What the codes of a system's errors mean to a person, by the code. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'the system does not permit it'],
  ['EPERM', 'the system does not permit it'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['ERR_INVALID_ARG_VALUE', 'its path holds a character that no path may have'],
  ['EINVAL', 'the system does not take its path'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['EBUSY', 'another program holds it'],
  ['ETXTBSY', 'another program holds it'],
  ['EAGAIN', 'another program holds it'],
  ['ENXIO', 'nothing answers behind it'],
  ['ENODEV', 'nothing answers behind it'],
  ['EIO', 'the disk has an error'],
  ['ESTALE', 'its network drive has gone'],
  ['ETIMEDOUT', 'its network drive does not answer'],
  ['EHOSTDOWN', 'its network drive does not answer'],
  ['ENOMEM', 'the memory is full'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your share of the disk is full'],
  ['EFBIG', 'it is larger than the disk allows'],
  ['EROFS', 'the disk can only be read'],
  ['EEXIST', 'it exists already'],
  ['ENOTEMPTY', 'the folder is not empty'],
]);

/** The same where VS Code's file systems tell it, by their names for it. */
const FILE_SYSTEM: ReadonlyMap<string, string> = new Map([
  ['FileNotFound', 'ENOENT'],
  ['FileExists', 'EEXIST'],
  ['FileIsADirectory', 'EISDIR'],
  ['FileNotADirectory', 'ENOTDIR'],
  ['NoPermissions', 'EACCES'],
  ['Unavailable', 'ENODEV'],
]);

/** The code of a system's error: its own, or the one that its message names. */
function systemCode(error: Error): string | undefined {
  const { code } = error as { readonly code?: unknown };
  const named = /\b(E[A-Z]{3,12})\b: /.exec(error.message)?.[1] ?? '';
  if (typeof code === 'string' && WORDS.has(code)) return code;
  return WORDS.has(named) ? named : typeof code === 'string' ? FILE_SYSTEM.get(code) : undefined;
}

/** The file that a system's error is about: its own path, or the one that its message names. */
function systemFile(error: Error): string | undefined {
  const { path } = error as { readonly path?: unknown };
  return typeof path === 'string' ? path : /'([^']+)'/.exec(error.message)?.[1];
}

/** A system's error as a person reads it: there is no file a.csv. Undefined where it is no system's error. */
export function systemErrorLine(error: Error): string | undefined {
  const code = systemCode(error);
  if (code === undefined) return undefined;
  const file = systemFile(error);
  if (code === 'ENOENT' && file !== undefined) return `there is no file ${file}`;
  return `${file === undefined ? '' : `${file}: `}${WORDS.get(code)!}`;
}

/** Why the system refused something, in plain words that fit after a colon. */
export function systemErrorText(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  const known = typeof code === 'string' ? WORDS.get(code) : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
