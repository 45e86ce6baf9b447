/** A field of a protobuf message, or several in a row, as bytes. */
export type Bytes = Uint8Array;

/** What stands for a half of a pair of surrogates, which UTF-8 cannot hold. */
const REPLACEMENT = 0xfffd;

/** Text in UTF-8. */
function utf8(content: string): Bytes {
  const found: number[] = [];
  for (const sign of content) {
    const point = sign.codePointAt(0)!;
    const code = point >= 0xd800 && point < 0xe000 ? REPLACEMENT : point;
    const behind = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    const first = behind ? (0xf0 << (3 - behind)) & 0xff : 0;
    found.push(first | (code >> (6 * behind)));
    for (let k = behind - 1; k >= 0; k--) found.push(0x80 | ((code >> (6 * k)) & 0x3f));
  }
  return Uint8Array.from(found);
}

/** Parts one behind the other. */
export function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A whole number, seven bits a byte; one below 0 as its two's complement of 64 bits. */
function varint(value: number): number[] {
  const found: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) found.push(Number(rest & 127n) | 128);
  return [...found, Number(rest)];
}

/** A field that holds a whole number. */
export const integer = (field: number, value: number): Bytes =>
  Uint8Array.from([...varint(field * 8), ...varint(value)]);

/** A field that holds bytes: raw data or a message. */
export const bytes = (field: number, content: Bytes): Bytes =>
  joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);

/** A field that holds text. */
export const text = (field: number, content: string): Bytes => bytes(field, utf8(content));

/** A field that holds a message of these fields. */
export const message = (field: number, fields: readonly Bytes[]): Bytes => bytes(field, joined(fields));
