import { gunzipSync } from 'fflate';
import { checkFile, FEATURES, IMAGE_BYTES } from '../memory';
import { InputError } from '../problem';
import type { Dataset } from './dataset';

/** An array of unsigned bytes, in the format of MNIST's own files (LeCun, Cortes and Burges, THE MNIST DATABASE). */
interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** The bytes of a file, unpacked where they are gzip; an InputError where they are damaged or would not fit in memory. */
function unpack(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  // The last four bytes say how much there is, so a file too large is refused before anything is made of it.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length > 18 ? view.getUint32(bytes.length - 4, true) : 0;
  checkFile(file, size, IMAGE_BYTES);
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`${file} is not a whole gzip file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * An IDX array from the bytes of its file, plain or gzip; an InputError where the file has another magic number, other
 * numbers than unsigned bytes, or fewer or more of them than its header says.
 */
export function parseIdx(packed: Uint8Array, dimensions: number, file: string): IdxArray {
  const bytes = unpack(packed, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 4 ? view.getUint32(0) : undefined;
  const wanted = 0x0800 + dimensions;
  if (magic !== wanted)
    throw new InputError(
      `${file} is not an IDX file of unsigned bytes in ${dimensions} dimension${dimensions > 1 ? 's' : ''}: ` +
        (magic === undefined
          ? `it has ${bytes.length} bytes`
          : `its magic number is ${magic} where ${wanted} is expected`),
    );
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw new InputError(`${file} is cut short: it ends within its header`);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== bytes.length - header)
    throw new InputError(
      `${file} ${count > bytes.length - header ? 'is cut short' : 'is too long'}: its header says ` +
        `${shape.join(' x ')} = ${count} bytes, and ${bytes.length - header} follow`,
    );
  return { shape, values: bytes.subarray(header) };
}

/** An InputError where images (n x rows x columns) and labels (n) do not make a data set. */
export function idxDataset(
  images: Uint8Array,
  labels: Uint8Array,
  files: { readonly images: string; readonly labels: string },
): Dataset {
  const pictures = parseIdx(images, 3, files.images);
  const names = parseIdx(labels, 1, files.labels);
  const [n, rows, columns] = pictures.shape as [number, number, number];
  if (names.values.length !== n)
    throw new InputError(`${files.images} has ${n} images and ${files.labels} has ${names.values.length} labels`);
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
    );
  return {
    x: pictures.values,
    labels: Int32Array.from(names.values, (value) => found.indexOf(value)),
    classes: found.map(String),
    features: Array.from(
      { length: rows * columns },
      (_, k) => `pixel ${Math.floor(k / columns) + 1},${(k % columns) + 1}`,
    ),
  };
}
