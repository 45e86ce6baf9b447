import fs from 'node:fs/promises';
import { InputError } from '../../core/registry/problem';
import { systemErrorText } from '../../core/registry/systemErrors';

/** The most bytes of a header that is looked at: the format's own limit. */
const HEADER_BYTES = 100_000_000;

/** Looks at a safetensors file by its header alone: whether its arrays fill it. An InputError where they do not. */
export async function checkTensorsFile(file: string, name: string): Promise<true> {
  const cut = new InputError(`${name} is cut short or changed`);
  const handle = await fs.open(file, 'r').catch((error: unknown) => {
    throw new InputError(`${name} cannot be read: ${systemErrorText(error)}`);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new InputError(`${name} is no file`);
    const start = Buffer.alloc(8);
    await handle.read(start, 0, 8, 0);
    const length = Number(start.readBigUInt64LE());
    if (stats.size < 8 || length > Math.min(HEADER_BYTES, stats.size - 8)) throw cut;
    const header = Buffer.alloc(length);
    await handle.read(header, 0, length, 8);
    if (arraysEnd(header.toString('utf8')) !== stats.size - 8 - length) throw cut;
    return true;
  } catch (error) {
    throw error instanceof InputError ? error : cut;
  } finally {
    await handle.close();
  }
}

/** Where the last array of a header ends, bytes after the header. */
function arraysEnd(text: string): number {
  const rows = Object.entries(JSON.parse(text) as Record<string, { data_offsets: readonly number[] }>);
  const arrays = rows.filter(([name]) => name !== '__metadata__');
  return arrays.reduce((end, [, { data_offsets: [, to] }]) => Math.max(end, to!), 0); // prettier-ignore
}
