import { beginningOf, kindOfFile } from '../../core/datasets/fileBeginning';
import { InputError } from '../../core/registry/problem';

/**
 * The text of a data file's bytes: UTF-8, or UTF-16 where a byte order mark says so. An InputError names the first row
 * that is not UTF-8, or what the file is where it is no text, or a web page.
 */
export function decodeText(bytes: Uint8Array, what: string): string {
  const kind = kindOfFile(bytes);
  if (kind) throw new InputError(`${what} is no table: ${beginningOf(bytes)}`);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const row = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0]!.split('\n').length;
    throw new InputError(`${what} is not UTF-8 text (row ${row}): save it as UTF-8`);
  }
}
