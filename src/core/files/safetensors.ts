import { joined, utf8 } from './bytes';

/** What the numbers of a tensor may be kept as. */
export type TensorValues = Float64Array | Float32Array | Int32Array | Uint8Array;

/** An array with a shape, row-major; the shape multiplies out to the number of values. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** The content of a file: tensors by name, and text by key. */
export interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Element types that are read and written here, by their names in the format. */
export const TYPES = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;

const typeOf = (values: TensorValues): string => Object.entries(TYPES).find(([, type]) => values instanceof type)![0];

/** How many numbers a shape has. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

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
  const text = utf8(JSON.stringify(header));
  const start = 8 + 8 * Math.ceil(text.length / 8);
  const head = new Uint8Array(start).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(start - 8), true);
  head.set(text, 8);
  const arrays = order.map(([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return [head, ...arrays];
}

/** The same as one array of bytes. */
export const safetensorsBytes = (file: SafetensorsFile): Uint8Array => joined(tensorPieces(file));
