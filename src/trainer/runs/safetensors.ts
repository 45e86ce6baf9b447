import fs from 'node:fs/promises';
import { sizeOf, type Tensors, type TensorValues } from '../network/tensors';

/** Element types that this reads and writes, by their names in the format. */
const TYPES = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;

/** The content of a file: tensors by name, and text by key. */
export interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own limit on its header, bytes. */
const LIMIT = 100_000_000;

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

/** Reads the metadata of a file alone. An Error where it is no safetensors file. */
export async function readHeader(file: string): Promise<SafetensorsFile['metadata']> {
  const handle = await fs.open(file);
  try {
    const { size } = await handle.stat();
    const { buffer: head, bytesRead } = await handle.read(new Uint8Array(8), 0, 8, 0);
    const length = headerLength(head.subarray(0, bytesRead), size);
    const { buffer: text } = await handle.read(new Uint8Array(length), 0, length, 8);
    const { __metadata__: metadata } = parse(new TextDecoder().decode(text));
    return (metadata ?? {}) as Record<string, string>;
  } finally {
    await handle.close();
  }
}

/** The length of the header of a file of `size` bytes, from its first 8. An Error where it cannot be right. */
function headerLength(head: Uint8Array, size: number): number {
  const length =
    head.length < 8 ? NaN : Number(new DataView(head.buffer, head.byteOffset, head.byteLength).getBigUint64(0, true));
  if (!(length <= Math.min(LIMIT, size - 8))) throw new Error('not a safetensors file: its header is cut short');
  return length;
}

/** Reads safetensors. An Error says what is wrong with a file that is cut short or has another format. */
export function readTensors(bytes: Uint8Array): SafetensorsFile {
  const length = headerLength(bytes, bytes.length);
  const header = parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const { __metadata__: metadata, ...rows } = header;
  const size = bytes.length - 8 - length;
  let covered = 0;
  const entries = Object.entries(rows).map(([name, row]) => {
    const { dtype, shape, data_offsets: offsets } = row as { dtype: string; shape: number[]; data_offsets: number[] };
    const [from, to] = [offsets?.[0] ?? NaN, offsets?.[1] ?? NaN];
    if (!(dtype in TYPES)) throw new Error(`${name}: element type ${dtype} is not read here`);
    const type = TYPES[dtype as keyof typeof TYPES];
    const count = sizeOf(shape);
    if (!(from >= 0 && to <= size && to - from === count * type.BYTES_PER_ELEMENT))
      throw new Error(`${name}: its data do not lie in the file`);
    covered += to - from;
    const start = 8 + length + from;
    // A copy, because a view may start at an odd byte, and the slice of a Buffer is a view.
    const values = new type(Uint8Array.from(bytes.subarray(start, start + to - from)).buffer);
    return [name, { shape, values }] as const;
  });
  if (covered !== size) throw new Error('not a safetensors file: its arrays do not fill it');
  return { tensors: Object.fromEntries(entries), metadata: (metadata ?? {}) as Record<string, string> };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Error('not a safetensors file: its header is not JSON');
  }
}

const typeOf = (values: TensorValues): string => Object.entries(TYPES).find(([, type]) => values instanceof type)![0];
