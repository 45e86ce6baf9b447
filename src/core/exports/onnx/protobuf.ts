import { joined, utf8 } from '../../files/bytes';

/** A field of a protobuf message, or several in a row, as bytes. */
export type Bytes = Uint8Array;

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
