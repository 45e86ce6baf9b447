import { unzipSync } from 'fflate';
import { halfToNumber } from '../math/half';
import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';

/** An array of numbers, row-major whatever its order in the file was. Unsigned bytes and truth values are bytes. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float64Array | Uint8Array;
}

/** An array of texts, row-major. */
export interface TextArray {
  readonly shape: readonly number[];
  readonly texts: readonly string[];
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Whether bytes are those of a NumPy array, and whether they are those of a zip archive, such as one of arrays. */
export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

type Read = (view: DataView, at: number, little: boolean) => number;

/** Element types of more than a byte, or with a sign, by their code in a header without the order of the bytes. */
const TYPES: Readonly<Record<string, readonly [size: number, read: Read]>> = {
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f2: [2, (view, at, little) => halfToNumber(view.getUint16(at, little))],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  i1: [1, (view, at) => view.getInt8(at)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
};

/** Element types that are bytes as they stand: unsigned integers, and truth values. */
const BYTES = ['u1', 'b1'];

interface Header {
  /** The type's code without the order of the bytes, such as f8, and the bytes of one element. */
  readonly code: string;
  readonly size: number;
  readonly little: boolean;
  readonly columnsFirst: boolean;
  readonly shape: readonly number[];
  readonly count: number;
  readonly body: Uint8Array;
}

/** The header of a .npy file (NumPy Enhancement Proposal 1), checked against the bytes behind it. */
function headerOf(bytes: Uint8Array, name: string, most: number): Header {
  const wrong = (why: string) => new InputError(`${name}: ${why}`);
  if (!isNpy(bytes) || bytes.length < 12) throw wrong('this is no NumPy array');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + length > bytes.length) throw wrong('the header of this NumPy array is cut short');
  const header = String.fromCharCode(...bytes.subarray(start, Math.min(start + length, start + 10_000)));
  const [, descr] = /'descr':\s*'([^']*)'/.exec(header) ?? [];
  const [, list] = /'shape':\s*\(([^)]*)\)/.exec(header) ?? [];
  if (list === undefined) throw wrong('the header of this NumPy array names no shape');
  const [, order = '', type = '', digits = ''] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr ?? '') ?? [];
  const code = type + digits;
  const size = sizeOf(type, code, Number(digits));
  if (!size) throw wrong(`its elements are ${quoted(descr ?? 'a structure')}, which is no kind of number that is read`);
  const parts = list.split(',').map((part) => part.trim().replace(/L$/, ''));
  const shape = parts.filter(Boolean).map(Number);
  if (!shape.every((n) => Number.isInteger(n) && n >= 0))
    throw wrong(`its shape is no list of lengths: ${quoted(list)}`);
  const count = shape.reduce((product, n) => product * n, 1);
  if (count > most && !BYTES.includes(code)) throw wrong(`it has ${count} values: at most ${most} are read`);
  const rest = bytes.length - start - length;
  if (rest !== count * size) throw wrong(`its header says ${count * size} bytes, and ${rest} follow`);
  const columnsFirst = /'fortran_order':\s*True/.test(header) && shape.length > 1;
  return { code, size, little: order !== '>', columnsFirst, shape, count, body: bytes.subarray(start + length) };
}

/** The bytes of an element; 0 of a type that is not read. */
function sizeOf(type: string, code: string, digits: number): number {
  if (BYTES.includes(code)) return 1;
  if (type === 'U') return 4 * digits;
  if (type === 'S') return digits;
  return Object.hasOwn(TYPES, code) ? TYPES[code]![0] : 0;
}

/** The place in the file of each element in row-major order, of a file whose first index runs fastest. */
function* columnPlaces(shape: readonly number[]): Generator<number> {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1));
  const index = shape.map(() => 0);
  const count = shape.reduce((product, n) => product * n, 1);
  let place = 0;
  for (let i = 0; i < count; i++) {
    yield place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      place += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
      place -= strides[axis]! * shape[axis]!;
    }
  }
}

function numbersOf({ code, size, little, columnsFirst, shape, count, body }: Header): Float64Array | Uint8Array {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const bytes = BYTES.includes(code);
  if (bytes && !columnsFirst) return body;
  const read: Read = bytes ? (_, at) => body[at]! : TYPES[code]![1];
  const values = bytes ? new Uint8Array(count) : new Float64Array(count);
  if (!columnsFirst) for (let i = 0; i < count; i++) values[i] = read(view, i * size, little);
  else {
    let i = 0;
    for (const place of columnPlaces(shape)) values[i++] = read(view, place * size, little);
  }
  return values;
}

/** The texts of an array of `U` (four bytes a character) or `S` (one byte a character). */
function textsOf({ code, size, little, columnsFirst, shape, count, body }: Header, name: string): string[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const step = code.startsWith('U') ? 4 : 1;
  const at = (place: number): string => {
    const points = Array.from({ length: size / step }, (_, k) => place * size + k * step).map((from) =>
      step === 4 ? view.getUint32(from, little) : body[from]!,
    );
    if (points.some((point) => point > 0x10ffff)) throw new InputError(`${name}: a text in it holds no characters`);
    return String.fromCodePoint(...points).replace(/\0+$/, '');
  };
  const places = columnsFirst ? [...columnPlaces(shape)] : Array.from({ length: count }, (_, i) => i);
  return places.map(at);
}

/**
 * The array of a .npy file: of numbers, truth values or texts, in either order of bytes and of indices. Of numbers that
 * are no bytes at most `most` are read. An InputError says what is wrong with it, or what else it is.
 */
export function readNpy(bytes: Uint8Array, name: string, most: number): NumberArray | TextArray {
  const header = headerOf(bytes, name, most);
  const { shape, code } = header;
  return /^[US]/.test(code) ? { shape, texts: textsOf(header, name) } : { shape, values: numbersOf(header) };
}

/** How much of an archive is read: values of an array, and bytes of all that are unpacked. */
export interface ArchiveLimits {
  readonly values: number;
  readonly bytes: number;
}

const arrayName = (file: string) => file.replace(/\.npy$/, '');

function unzip(bytes: Uint8Array, name: string, filter: (file: string, size: number) => boolean) {
  try {
    return unzipSync(bytes, {
      filter: (file) => file.name.endsWith('.npy') && filter(arrayName(file.name), file.originalSize),
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name} is not a whole archive: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The names of the arrays of a .npz file, in their order. An InputError where it is damaged, or holds none. */
export function npzNames(bytes: Uint8Array, name: string): readonly string[] {
  const names: string[] = [];
  unzip(bytes, name, (file) => {
    names.push(file);
    return false;
  });
  if (!names.length) throw new InputError(`${name} holds no NumPy arrays`);
  return names;
}

/** The arrays of these names of a .npz file. An InputError where it is damaged, or unpacks to too much. */
export function readNpz(
  bytes: Uint8Array,
  name: string,
  wanted: readonly string[],
  limits: ArchiveLimits,
): Map<string, NumberArray | TextArray> {
  let total = 0;
  const files = unzip(bytes, name, (file, size) => {
    if (!wanted.includes(file)) return false;
    total += size;
    if (total > limits.bytes)
      throw new InputError(`${name} unpacks to ${total} bytes: at most ${limits.bytes} are read`);
    return true;
  });
  return new Map(
    Object.entries(files).map(([file, one]) => {
      const key = arrayName(file);
      return [key, readNpy(one, `${name}, ${key}`, limits.values)];
    }),
  );
}
