import { Gunzip, gunzipSync } from 'fflate';
import { beginningOf } from './fileBeginning';
import { pixelNames, transposed } from './images';
import { checkFile, FEATURES, IMAGE_BYTES } from './limits';
import { atSetting, InputError } from '../registry/problem';
import type { Dataset } from './dataset';

/** An array of unsigned bytes, in the format of MNIST's own files (LeCun, Cortes and Burges, THE MNIST DATABASE). */
interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** How many packed bytes are unpacked at a time to find a header. */
const PIECE = 1024;

/** The magic number of unsigned bytes in so many dimensions, and the length of the header. */
const magicOf = (dimensions: number) => 0x0800 + dimensions;
const headerOf = (dimensions: number) => 4 + 4 * dimensions;

/** Magic numbers are smaller than this: their first two bytes are 0. */
const MAGICS = 2 ** 16;

/** The lengths that a header says. */
function shapeOf(bytes: Uint8Array, dimensions: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
}

const product = (shape: readonly number[]) => shape.reduce((count, n) => count * n, 1);

const wordAt = (bytes: Uint8Array, at: number, little: boolean) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, little);

/** The first bytes of what is packed, as many as asked for where there are as many. */
function firstBytes(packed: Uint8Array, count: number): Uint8Array {
  let found = new Uint8Array();
  const stream = new Gunzip((more) => (found = Uint8Array.of(...found, ...more.subarray(0, count - found.length))));
  for (let at = 0; found.length < count && at < packed.length; at += PIECE)
    stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  return found;
}

/**
 * The bytes of a file, unpacked where they are gzip: of one with another header no more than this. An InputError where
 * they are damaged, or where their header says that they would not fit in memory.
 */
function unpack(bytes: Uint8Array, dimensions: number, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const damaged = (why: string) => new InputError(`${file} is not a whole gzip file: ${why}`);
  const attempt = <T>(make: () => T): T => {
    try {
      return make();
    } catch (error) {
      throw damaged(error instanceof Error ? error.message : String(error));
    }
  };
  const header = headerOf(dimensions);
  const head = attempt(() => firstBytes(bytes, header));
  if (head.length < header || wordAt(head, 0, false) !== magicOf(dimensions)) return head;
  const size = header + product(shapeOf(head, dimensions));
  checkFile(file, size, IMAGE_BYTES);
  // one byte more than the header says, to notice a file that is too long
  const whole = attempt(() => gunzipSync(bytes, { out: new Uint8Array(size + 1) }));
  const written = wordAt(bytes, bytes.length - 4, true);
  if (whole.length <= size && whole.length !== written) throw damaged(`it ends at byte ${whole.length} of ${written}`);
  return whole;
}

/**
 * An IDX array from the bytes of its file, plain or gzip; an InputError where the file has another magic number, other
 * numbers than unsigned bytes, or fewer or more of them than its header says.
 */
export function parseIdx(packed: Uint8Array, dimensions: number, file: string): IdxArray {
  const bytes = unpack(packed, dimensions, file);
  const magic = bytes.length >= 4 ? wordAt(bytes, 0, false) : undefined;
  const wanted = magicOf(dimensions);
  if (magic !== wanted)
    throw new InputError(
      `${file} is not an IDX file of unsigned bytes in ${dimensions} dimension${dimensions > 1 ? 's' : ''}: ` +
        (magic === undefined
          ? `it has ${bytes.length} bytes`
          : magic < MAGICS // an IDX file of something else
            ? `its magic number is ${magic} where ${wanted} is expected`
            : beginningOf(bytes)),
    );
  const header = headerOf(dimensions);
  if (bytes.length < header) throw new InputError(`${file} is cut short: it ends within its header`);
  const shape = shapeOf(bytes, dimensions);
  const [count, rest] = [product(shape), bytes.length - header];
  if (count !== rest)
    throw new InputError(
      `${file} ${count > rest ? 'is cut short' : 'is too long'}: its header says ` +
        `${shape.join(' x ')} = ${count} bytes, and ${packed !== bytes && count < rest ? 'more' : rest} follow`,
    );
  return { shape, values: bytes.subarray(header) };
}

/** An InputError where images (n x rows x columns) and labels (n) do not make a data set. */
export function idxDataset(
  images: Uint8Array,
  labels: Uint8Array,
  files: { readonly images: string; readonly labels: string; readonly transpose?: boolean | undefined },
): Dataset {
  const pictures = parseIdx(images, 3, files.images);
  const names = atSetting(['data', 'labels'], () => parseIdx(labels, 1, files.labels));
  const [n, height, width] = pictures.shape as [number, number, number];
  const [rows, columns] = files.transpose ? [width, height] : [height, width];
  if (names.values.length !== n)
    throw new InputError(`${files.images} has ${n} images and ${files.labels} has ${names.values.length} labels`, [
      'data',
      'labels',
    ]);
  if (!n || !rows || !columns)
    throw new InputError(`${files.images} has no pixels: it is ${pictures.shape.join(' x ')}`);
  if (rows * columns > FEATURES)
    throw new InputError(
      `${files.images} has images of ${rows} x ${columns} = ${rows * columns} pixels: at most ${FEATURES} fit in memory`,
    );
  const counts = new Int32Array(256);
  for (const value of names.values) counts[value]!++;
  const found = [...counts.keys()].filter((value) => counts[value]);
  const single = found.find((value) => counts[value] === 1);
  if (single !== undefined)
    throw new InputError(
      `the label ${single} in ${files.labels} has one image only: at least two are needed, one to train on and one to test on`,
      ['data', 'labels'],
    );
  return {
    x: files.transpose ? transposed(pictures.values, n, height, width) : pictures.values,
    labels: Int32Array.from(names.values, (value) => found.indexOf(value)),
    classes: found.map(String),
    features: pixelNames(rows, columns),
  };
}
