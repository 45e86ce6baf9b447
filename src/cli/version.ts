import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Terminal } from './terminal';

/** The version of this package, from the package.json beside the folder of the command's script. */
export async function readVersion({ kernels }: Pick<Terminal, 'kernels'>): Promise<string> {
  const manifest = await readFile(path.join(kernels, '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
