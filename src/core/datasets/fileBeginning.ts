/** First bytes of files that people take for others, and what these are. */
const KINDS: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x1f, 0x8b], 'a gzip file'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive, as workbooks of spreadsheets are'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'a workbook of an older spreadsheet'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x25, 0x50, 0x44, 0x46, 0x2d], 'a PDF document'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy array'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file'],
  [[0x50, 0x41, 0x52, 0x31, 0x15], 'a Parquet file'],
];

/** How many characters of a text, and how many bytes, are shown. */
const SHOWN = { characters: 30, bytes: 8 } as const;

/** What a file is by its first bytes, where it is something that is known: "a web page". */
export function kindOfFile(bytes: Uint8Array): string | undefined {
  const known = KINDS.find(([first]) => first.every((byte, i) => bytes[i] === byte));
  if (known) return known[1];
  return /^\s*<(!doctype\s+html|html|head|body|script)\b/i.test(firstText(bytes)) ? 'a web page' : undefined;
}

/** What a file begins with, in words: its first text or bytes, and what they are where that is known. */
export function beginningOf(bytes: Uint8Array): string {
  const kind = kindOfFile(bytes);
  const text = firstText(bytes).trim().slice(0, SHOWN.characters);
  const hex = Array.from(bytes.subarray(0, SHOWN.bytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const shown = /^[\x20-\x7e]{4,}$/.test(text)
    ? `it begins with ${JSON.stringify(text)}`
    : `its first bytes are ${hex}`;
  return `${shown}${kind ? `, so it is ${kind}` : ''}`;
}

const firstText = (bytes: Uint8Array): string =>
  String.fromCharCode(...bytes.subarray(0, 4 * SHOWN.characters)).replace(/[\r\n\t]+/g, ' ');
