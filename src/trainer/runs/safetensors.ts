import fs from 'node:fs/promises';
import { brainFloats, halfToNumber } from '../../core/math/half';
import { sizeOf, type Tensors, type TensorValues } from '../network/tensors';
import {
  headerLength,
  metadataOf,
  parseHeader,
  tensorPlaces,
  TYPES,
  type TensorPlace,
} from '../files/safetensorsHeader';

/** The content of a file: tensors by name, and text by key. */
export interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Safetensors (huggingface/safetensors, format 0.x), in pieces that follow one another: 8 bytes with the header's length
 * (little-endian), the header in JSON padded by spaces to 8 bytes, then the arrays row-major, little-endian, without
 * gaps. The arrays are not copied.
 */
export function tensorPieces({ tensors, metadata }: SafetensorsFile): Uint8Array[] {
  const header: Record<string, unknown> = Object.keys(metadata).length ? { __metadata__: metadata } : {};
  // Wide types first, as in the reference writer: each array then starts at a multiple of its element's size.
  const order = Object.entries(tensors).sort(([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  let end = 0;
  for (const [name, { shape, values }] of order) {
    if (sizeOf(shape) !== values.length)
      throw new Error(`${name}: ${values.length} values do not make ${shape.join(' x ')}`);
    const from = end;
    end += values.byteLength;
    header[name] = { dtype: typeOf(values), shape, data_offsets: [from, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + 8 * Math.ceil(text.length / 8);
  const head = new Uint8Array(start).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(start - 8), true);
  head.set(text, 8);
  const arrays = order.map(([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return [head, ...arrays];
}

/** The same as one array of bytes. */
export const writeTensors = (file: SafetensorsFile): Uint8Array => new Uint8Array(Buffer.concat(tensorPieces(file)));

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

const typeOf = (values: TensorValues): string => Object.entries(TYPES).find(([, type]) => values instanceof type)![0];
