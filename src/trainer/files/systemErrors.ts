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

/** Why the system refused something, in plain words that fit after a colon. */
export function systemErrorText(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  const known = typeof code === 'string' ? WORDS.get(code) : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
