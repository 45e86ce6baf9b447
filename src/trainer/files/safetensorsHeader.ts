import { TYPES } from '../../core/files/safetensors';
import { quoted } from '../../core/registry/quoted';
import { ownOf } from '../../core/registry/own';
import { InputError } from '../../core/registry/problem';
import { isTree, lostProperties, readJsonTree } from '../../core/text/jsonTree';

/** Element types of half precision, which are read as single precision; each has two bytes. */
export const HALVES = ['F16', 'BF16'] as const;

/** Where an array lies among the bytes after the header, and what it is. */
export interface TensorPlace {
  readonly name: string;
  /** The element type by its name in the format. */
  readonly dtype: keyof typeof TYPES | (typeof HALVES)[number];
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** The format's own limit on its header, bytes. */
const LIMIT = 100_000_000;

/** The name that stands for the metadata in a header. */
const METADATA = '__metadata__';

/** The most characters of a header in which names that stand twice are looked for. */
const LOOKED_THROUGH = 1_000_000;

const notOne = (why: string) => new InputError(`not a safetensors file: ${why}`);

/** The length of the header of a file of `size` bytes, from its first 8. An InputError where it cannot be right. */
export function headerLength(head: Uint8Array, size: number): number {
  const length =
    head.length < 8 ? NaN : Number(new DataView(head.buffer, head.byteOffset, head.byteLength).getBigUint64(0, true));
  if (!(length <= Math.min(LIMIT, size - 8))) throw notOne('its header is cut short');
  return length;
}

/** The header in these bytes. An InputError where it is no object in JSON, or where a name stands twice. */
export function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let header: unknown;
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw notOne('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw notOne('its header is no object');
  const root = text.length > LOOKED_THROUGH ? undefined : readJsonTree(text);
  if (root && !isTree(root)) throw notOne(`its header is not JSON: ${root.message}`);
  const [twice] = root ? lostProperties(root) : [];
  if (twice) throw notOne(`its header has the name ${quoted(twice.key)} twice, or a name that nothing can have`);
  return header as Record<string, unknown>;
}

/** The text by key in a header. An InputError where something in it is no text. */
export function metadataOf({ [METADATA]: metadata = {} }: Readonly<Record<string, unknown>>): Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    throw notOne('its metadata are no object');
  const wrong = Object.entries(metadata).find(([, value]) => typeof value !== 'string');
  if (wrong) throw notOne(`its metadata must be text, and ${quoted(wrong[0])} is ${quoted(wrong[1])}`);
  return metadata as Record<string, string>;
}

/**
 * Where the arrays of a header lie in `size` bytes, in their order there. An InputError names the one that has another
 * type or shape than its bytes, that lies outside the file, overlaps another or leaves bytes unused.
 */
export function tensorPlaces(header: Readonly<Record<string, unknown>>, size: number): TensorPlace[] {
  const rows = Object.entries(header).filter(([name]) => name !== METADATA);
  const places = rows.map(([name, row]) => placeOf(name, row, size));
  places.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  let before = '';
  for (const { name, from, to } of places) {
    if (from < end) throw notOne(`the bytes of ${quoted(name)} overlap those of ${quoted(before)}`);
    if (from > end) throw notOne(`its arrays do not fill it: bytes ${end} to ${from} belong to none`);
    end = to;
    before = name;
  }
  if (end !== size) throw notOne(`its arrays do not fill it: bytes ${end} to ${size} belong to none`);
  return places;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isCounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount);

const isHalf = (dtype: string): dtype is (typeof HALVES)[number] => HALVES.some((one) => one === dtype);

const isType = (dtype: unknown): dtype is TensorPlace['dtype'] =>
  typeof dtype === 'string' && (Object.hasOwn(TYPES, dtype) || isHalf(dtype));

const bytesOf = (dtype: TensorPlace['dtype']): number => (isHalf(dtype) ? 2 : TYPES[dtype].BYTES_PER_ELEMENT);

function placeOf(name: string, row: unknown, size: number): TensorPlace {
  const wrong = (why: string) => new InputError(`the tensor ${quoted(name)} ${why}`);
  const [dtype, shape, offsets] = ['dtype', 'shape', 'data_offsets'].map((key) => ownOf(row, key));
  if (!isType(dtype))
    throw wrong(
      `has the element type ${quoted(dtype)}, which is not read here: ${[...Object.keys(TYPES), ...HALVES].join(', ')} are`,
    );
  if (!isCounts(shape)) throw wrong(`must have a shape of whole numbers: got ${quoted(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw wrong(`must have two offsets of its data: got ${quoted(offsets)}`);
  const [from, to] = offsets as [number, number];
  if (from > to || to > size) throw wrong(`has data that do not lie in the file: bytes ${from} to ${to} of ${size}`);
  const bytes = shape.reduce((product, n) => product * n, bytesOf(dtype));
  if (bytes !== to - from)
    throw wrong(`has ${to - from} bytes of data where ${dtype} of shape ${quoted(shape)} has ${bytes}`);
  return { name, dtype, shape, from, to };
}
