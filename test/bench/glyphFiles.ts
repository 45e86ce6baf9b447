import fs from 'node:fs/promises';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { generateDataset } from '../../src/core/datasets';

/** Drawings made at a time. */
const CHUNK = 2000;

const header = (...words: readonly number[]) => {
  const view = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, i) => view.setUint32(4 * i, word));
  return new Uint8Array(view.buffer);
};

/**
 * Writes n glyph digits (a multiple of 10) of size x size bytes as images.gz and labels.gz in MNIST's own format: the
 * drawings of this program's generator, ink 0 to 255; seeds from 0 on for each 2000.
 */
export async function writeGlyphs(folder: string, n: number, size = 28): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const images = createGzip();
  const written = once(images.pipe(createWriteStream(path.join(folder, 'images.gz'))), 'close');
  images.write(header(0x803, n, size, size));
  const all = new Uint8Array(n);
  for (let first = 0, seed = 0; first < n; first += CHUNK, seed++) {
    const count = Math.min(CHUNK, n - first);
    const { x, labels } = generateDataset('glyphs', { n: count, size }, seed);
    all.set(labels, first);
    const bytes = Uint8Array.from(x, (ink) => Math.min(255, Math.max(0, Math.round(255 * ink))));
    if (!images.write(bytes)) await once(images, 'drain');
  }
  images.end();
  await written;
  const labels = createGzip();
  const done = once(labels.pipe(createWriteStream(path.join(folder, 'labels.gz'))), 'close');
  labels.write(header(0x801, n));
  labels.end(all);
  await done;
}
