/** What stands for a half of a pair of surrogates, which UTF-8 cannot hold. */
const REPLACEMENT = 0xfffd;

/** Text in UTF-8. */
export function utf8(content: string): Uint8Array<ArrayBuffer> {
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
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
