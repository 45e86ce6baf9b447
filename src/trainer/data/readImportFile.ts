import path from 'node:path';
import { isNpy, isZip } from '../../core/files/npy';
import type { ImportFile } from '../../core/imports';
import { rolesOf, type FileRoles } from '../../core/imports/roles';
import { InputError } from '../../core/registry/problem';
import { readRegularFile } from '../files/regularFile';
import { headerLength, metadataOf, parseHeader } from '../files/safetensorsHeader';
import { decodeText } from './decodeText';

/** The most bytes of a file that is imported, and of one with weights. */
const [MOST, WEIGHTS] = [2e7, 2e9];

/**
 * A file that the person chose to import. An InputError where it cannot be read, is too large, or is something else by
 * its first bytes.
 */
export async function readImportFile(file: string): Promise<ImportFile> {
  const name = path.basename(file);
  const weights = name.endsWith('.safetensors');
  const bytes = await readRegularFile(file, { most: weights ? WEIGHTS : MOST });
  if (weights) {
    const length = headerLength(bytes, bytes.length);
    return { name, bytes: new Uint8Array(), metadata: metadataOf(parseHeader(bytes.subarray(8, 8 + length))) };
  }
  if (isNpy(bytes) || isZip(bytes)) return { name, bytes };
  return { name, bytes, text: decodeText(bytes, file).replace(/^\uFEFF/, '') };
}

/**
 * What a file can be by its content. One that is too large to import, or is no text, counts as data. An InputError where
 * a configuration cannot be read.
 */
export async function fileRoles(file: string): Promise<FileRoles> {
  try {
    return rolesOf(await readImportFile(file));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return rolesOf({ name: path.basename(file), bytes: new Uint8Array() });
  }
}
