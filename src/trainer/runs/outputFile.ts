import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { systemErrorText } from '../../core/registry/systemErrors';
import { writeAtomically } from './writeAtomically';

type Content = string | Uint8Array;

/** What the system answers where a file cannot have a second name: the disk's format lacks it, or a rule forbids it. */
const NO_LINKS = new Set(['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'EISDIR', 'EXDEV', 'EMLINK']);

/**
 * Writes a file that a person named, whole or not at all; a link keeps leading to it. What is no file, such as a pipe, is
 * written to as it is. An Error names the file and says why it cannot be written.
 */
export async function writeOutput(out: string, content: Content): Promise<void> {
  try {
    const there = await fs.stat(out).catch(() => undefined);
    if (there && !there.isFile()) await fs.writeFile(out, content);
    else await writeAtomically(there ? await fs.realpath(out) : out, content);
  } catch (error) {
    throw notWritten(out, error);
  }
}

function notWritten(out: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? `there is no folder ${path.dirname(path.resolve(out))}` : systemErrorText(error);
  return new Error(`${out} cannot be written: ${why}`);
}

/** Whether there is a file that an output would replace. */
export const replacesFile = async (out: string): Promise<boolean> =>
  (await fs.stat(out).catch(() => undefined))?.isFile() ?? false;

/** Writes a file whole, unless its name is taken, by whoever and however late. Answers whether it was written. */
export async function writeNew(file: string, content: Content): Promise<boolean> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  await writeAtomically(temporary, content);
  try {
    await fs.link(temporary, file); // the one step that neither replaces a file nor shows half of one
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
    return await reserveAndRename(temporary, file);
  } finally {
    await fs.rm(temporary, { force: true });
  }
}

/** Takes the name with an empty file, then puts the whole one in its place. */
async function reserveAndRename(temporary: string, file: string): Promise<boolean> {
  try {
    await fs.writeFile(file, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await fs.rename(temporary, file);
    return true;
  } catch (error) {
    await fs.rm(file, { force: true });
    throw error;
  }
}
