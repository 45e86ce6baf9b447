import { unzipSync } from 'fflate';
import { halfToNumber } from '../../math/half';
import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';

/** The most values of an array, and the most bytes that an archive's array may unpack to. */
const [VALUES, BYTES] = [1_000_000, 16_000_000];

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

type Read = (view: DataView, at: number, little: boolean) => number;

/** Element types by their code in a header, without the order of the bytes. */
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
  u1: [1, (view, at) => view.getUint8(at)],
};

/** The numbers of a .npy file (NumPy Enhancement Proposal 1) that is a list. An InputError says what else it is. */
export function parseNpy(bytes: Uint8Array, name: string): number[] {
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
  const [, order = '', code = ''] = /^([<>|=]?)([a-z]\d+)$/.exec(descr ?? '') ?? [];
  const [size, read] = Object.hasOwn(TYPES, code) ? TYPES[code]! : [0, undefined];
  if (!read) throw wrong(`its elements are ${quoted(descr ?? 'a structure')}, which is no kind of number that is read`);
  const shape = list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const count = shape.reduce((product, n) => product * n, 1);
  if (shape.filter((n) => n !== 1).length > 1) throw wrong(`its shape is ${shape.join(' x ')}: a list is needed`);
  if (count > VALUES) throw wrong(`it has ${count} values: at most ${VALUES} are read`);
  const rest = bytes.length - start - length;
  if (rest !== count * size) throw wrong(`its header says ${count * size} bytes, and ${rest} follow`);
  return Array.from({ length: count }, (_, i) => read(view, start + length + i * size, order !== '>'));
}

/** The arrays of a .npz file by name. An InputError where it is damaged, or unpacks to too much. */
export function parseNpz(bytes: Uint8Array, name: string): Map<string, number[]> {
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: (file) => {
        total += file.originalSize;
        return file.name.endsWith('.npy') && total <= BYTES;
      },
    });
  } catch (error) {
    throw new InputError(`${name} is not a whole archive: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (total > BYTES) throw new InputError(`${name} unpacks to ${total} bytes: at most ${BYTES} are read`);
  const arrays = Object.entries(files).map(([key, one]) => [key.replace(/\.npy$/, ''), one] as const);
  if (!arrays.length) throw new InputError(`${name} holds no NumPy arrays`);
  return new Map(arrays.map(([key, one]) => [key, parseNpy(one, `${name}, ${key}`)]));
}
