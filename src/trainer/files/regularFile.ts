import type { Stats } from 'node:fs';
import fs, { constants, type FileHandle } from 'node:fs/promises';
import { checkFile } from '../../core/datasets/limits';
import { CodedError, InputError } from '../../core/registry/problem';
import { DEVICE_NAME } from '../../core/text/deviceName';
import { allowedPath, checkOpened, type Allowance } from './allowedFile';
import { systemErrorText } from '../../core/registry/systemErrors';

/** How a file is read, and how messages speak of it. */
export interface FileReading {
  /** What messages call the file: its path where it is left out. */
  readonly what?: string;
  /** The most bytes that are read. */
  readonly most: number;
  /** What the person can do about a file that cannot be read: "set data.path to a data file". */
  readonly remedy?: string;
  /** Where the file may lie: anywhere where it is left out, as of a file that the person named. */
  readonly allowance?: Allowance;
}

const ANYWHERE: Allowance = { rule: 'any', beside: '' };

/** How many bytes more are made room for where a file is longer than the system says. */
const PIECE = 65536;

/** How many bytes are asked for at a time: the system gives no more than 2 GB. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * Opening a pipe waits for its other end, unless it is opened so. Windows lacks both flags: there pipes and devices have
 * names of their own, see `isWindowsDevice`.
 */
const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants> & typeof constants;

/**
 * The bytes of a file whose path a person or an experiment gave. Only a regular file is read: a folder, a pipe, a
 * socket and a device are refused by name, at once. An InputError says so, or why the file cannot be read, or that it
 * holds more than `most` bytes.
 */
export async function readRegularFile(file: string, reading: FileReading): Promise<Buffer> {
  const { what = file, remedy, allowance = ANYWHERE } = reading;
  const refused = (why: string) => new InputError(`${what} ${why}${remedy ? `; ${remedy}` : ''}`);
  if (isWindowsDevice(file, process.platform)) throw refused('is a device: only regular files are read');
  let handle: FileHandle | undefined;
  try {
    // Opening alone may act on a device, so what the path leads to is asked first. The handle is asked again: between
    // the two another file may have come to that path.
    const target = await allowedPath(file, allowance);
    refuseOther(await fs.stat(target), refused);
    handle = await fs.open(target, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    const stats = await handle.stat();
    refuseOther(stats, refused);
    await checkOpened(handle, target, allowance);
    checkFile(what, stats.size, reading.most);
    return await readWhole(handle, stats.size, what, reading.most);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw refused(`cannot be read: ${systemErrorText(error)}`);
  } finally {
    await handle?.close();
  }
}

/** The text of such a file, in UTF-8. Errors are those of `readRegularFile`. */
export const readRegularText = async (file: string, reading: FileReading): Promise<string> =>
  (await readRegularFile(file, reading)).toString('utf8');

/** Throws the refusal of what is no regular file. */
function refuseOther(stats: Stats, refused: (why: string) => Error): void {
  if (!stats.isFile()) throw refused(`is ${kindOf(stats)}: only regular files are read`);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe (FIFO)';
  return stats.isSocket() ? 'a socket' : 'a device';
}

/** All bytes of an open file, which may be longer than the system says: it grows, or the system makes it up on reading. */
async function readWhole(handle: FileHandle, size: number, what: string, most: number): Promise<Buffer> {
  let bytes = Buffer.allocUnsafe(size + 1);
  let end = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, end, Math.min(bytes.length - end, MOST_AT_ONCE), null);
    end += bytesRead;
    if (bytesRead === 0) return bytes.subarray(0, end);
    checkFile(what, end, most);
    if (end === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(PIECE + end)]);
  }
}

/** Whether Windows takes a path for a device or a pipe: opening one may wait for ever. */
export function isWindowsDevice(file: string, platform: NodeJS.Platform): boolean {
  if (platform !== 'win32') return false;
  if (/^[\\/]{2}[.?][\\/](?![a-z]:|unc[\\/])/i.test(file)) return true;
  return DEVICE_NAME.test(file.split(/[\\/:]/).at(-1)!);
}
