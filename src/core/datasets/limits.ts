import { InputError } from '../registry/problem';
import { sizeText } from '../text/format';

/** The most numbers of a table of features: 400 MB of them in double precision. */
export const NUMBERS = 5e7;

/** The most bytes of a CSV file: read, every cell is a text of its own, about ten times as large. */
export const CSV_BYTES = 1e8;

/** The most bytes of a file of images, unpacked. */
export const IMAGE_BYTES = 1e9;

/** The most features of a row. */
export const FEATURES = 2 ** 16;

/** The most rows of a CSV file, its most cells, and the most characters of one of its lines. */
export const CSV_LIMITS = { rows: 5_000_000, cells: 25_000_000, line: 4_000_000 } as const;

/** An InputError where a file of so many bytes would not fit in memory; `what` names it. */
export function checkFile(what: string, bytes: number, most: number): void {
  if (bytes > most) throw new InputError(`${what} holds ${sizeText(bytes)}: at most ${sizeText(most)} fit in memory`);
}

/** An InputError where a table of n rows of d features would not fit in memory; `what` names it. */
export function checkTable(what: string, n: number, d: number): void {
  if (d > FEATURES) throw new InputError(`${what} has ${d} features: at most ${FEATURES} fit in memory`);
  if (n * d > NUMBERS)
    throw new InputError(
      `${what} has ${n} rows of ${d} features, ${sizeText(8 * n * d)}: at most ${sizeText(8 * NUMBERS)} fit in memory`,
    );
}
