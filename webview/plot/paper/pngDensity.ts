/** Bytes of a PNG before its second chunk: the signature, and the header's length, name, 13 bytes and check. */
const HEADER = 8 + 25;

/** Dots a metre. */
const perMetre = (dpi: number) => Math.round(dpi / 0.0254);

/** The check of a chunk: CRC-32 of its name and its bytes (ISO 3309). */
function checkOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/**
 * A PNG that says how many dots an inch it has, in the chunk pHYs behind its header: programs then open it at its true
 * size. The bytes are those of a canvas, which has no such chunk of its own.
 */
export function withDensity(png: Uint8Array, dpi: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode('pHYs'), 4);
  view.setUint32(8, perMetre(dpi));
  view.setUint32(12, perMetre(dpi));
  chunk[16] = 1; // the unit is the metre
  view.setUint32(17, checkOf(chunk.subarray(4, 17)));
  const made = new Uint8Array(png.length + chunk.length);
  made.set(png.subarray(0, HEADER));
  made.set(chunk, HEADER);
  made.set(png.subarray(HEADER), HEADER + chunk.length);
  return made;
}
