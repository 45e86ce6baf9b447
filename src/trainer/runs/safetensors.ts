import fs from 'node:fs/promises';
import { brainFloats, halfToNumber } from '../../core/math/half';
import { TYPES, type SafetensorsFile, type TensorValues } from '../../core/files/safetensors';
import { headerLength, metadataOf, parseHeader, tensorPlaces, type TensorPlace } from '../files/safetensorsHeader';

export { tensorPieces, safetensorsBytes as writeTensors, type SafetensorsFile } from '../../core/files/safetensors';

/** Reads the metadata of a file alone. An InputError where it is no safetensors file. */
export async function readHeader(file: string): Promise<SafetensorsFile['metadata']> {
  const handle = await fs.open(file);
  try {
    const { size } = await handle.stat();
    const { buffer: head, bytesRead } = await handle.read(new Uint8Array(8), 0, 8, 0);
    const length = headerLength(head.subarray(0, bytesRead), size);
    const { buffer: text } = await handle.read(new Uint8Array(length), 0, length, 8);
    return metadataOf(parseHeader(text));
  } finally {
    await handle.close();
  }
}

/** Reads safetensors. An InputError says what is wrong with a file that is cut short or has another format. */
export function readTensors(bytes: Uint8Array): SafetensorsFile {
  const length = headerLength(bytes, bytes.length);
  const header = parseHeader(bytes.subarray(8, 8 + length));
  const start = 8 + length;
  const entries = tensorPlaces(header, bytes.length - start).map(({ name, dtype, shape, from, to }) => {
    // A copy, because a view may start at an odd byte, and the slice of a Buffer is a view.
    const { buffer } = Uint8Array.from(bytes.subarray(start + from, start + to));
    const values = valuesOf(dtype, buffer);
    return [name, { shape, values }] as const;
  });
  return { tensors: Object.fromEntries(entries), metadata: metadataOf(header) };
}

/** The values of an array from its bytes; those of half precision in single precision, which holds them exactly. */
function valuesOf(dtype: TensorPlace['dtype'], buffer: ArrayBuffer): TensorValues {
  if (dtype === 'BF16') return brainFloats(new Uint16Array(buffer));
  if (dtype === 'F16') return Float32Array.from(new Uint16Array(buffer), halfToNumber);
  return new TYPES[dtype](buffer);
}
