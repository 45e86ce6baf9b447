import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { systemDisk, type FileContent, type RunDisk } from './disk';

/** The name of a temporary file, and the name of the file that it was to become. */
export const TEMPORARY = /^\.(.+)\.[0-9a-f]{8}-[0-9a-f-]{27}\.tmp$/;

/**
 * Writes a file completely or not at all: it writes a temporary file beside it, which then takes its name. The name
 * lasts through a power cut, where the system can do that.
 */
export async function writeAtomically(file: string, content: FileContent, disk: RunDisk = systemDisk): Promise<void> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await disk.write(temporary, content);
    await disk.rename(temporary, file);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined); // the first error says what is wrong
    throw error;
  }
  await disk.syncFolder(folder);
}
