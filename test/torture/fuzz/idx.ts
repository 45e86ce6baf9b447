import { gzipSync } from 'node:zlib';
import { idxDataset } from '../../../src/core/datasets/idx';
import { fuzzFault } from './reader';
import type { Mutation } from './mutation';

/** The two files of a set of images. */
interface Files {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

function idx(shape: readonly number[], value: (k: number) => number): Uint8Array {
  const count = shape.reduce((all, n) => all * n, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + count);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  shape.forEach((n, k) => view.setUint32(4 + 4 * k, n));
  for (let k = 0; k < count; k++) bytes[4 + 4 * shape.length + k] = value(k) & 255;
  return bytes;
}

function inputs(): readonly Files[] {
  const images = idx([12, 4, 3], (k) => k * 37);
  const labels = idx([12], (k) => k % 3);
  const packed = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes));
  return [
    { images, labels },
    { images: packed(images), labels: packed(labels) },
    { images: packed(idx([40, 8, 8], (k) => k * k)), labels: idx([40], (k) => k % 10) },
  ];
}

const mutate = (mutation: Mutation, { images, labels }: Files): Files => {
  const which = mutation.random.integer(3);
  return {
    images: which === 1 ? images : mutation.bytes(images),
    labels: which === 0 ? labels : mutation.bytes(labels),
  };
};

function read({ images, labels }: Files): void {
  const { x, labels: found, features } = idxDataset(images, labels, { images: 'images', labels: 'labels' });
  if (x.length !== found.length * features.length) throw new Error('the table has holes');
}

export const idxFault = fuzzFault<Files>({
  name: 'idx',
  what: 'IDX files of images and labels, plain and gzip, with bytes changed are read',
  seconds: 40,
  short: 1500,
  inputs,
  mutate,
  read,
  isPast: (_, error) => !/not an IDX file|not a whole gzip|ends within its header/.test(error?.message ?? ''),
  // the length of the first file stands before both
  encode: ({ images, labels }) =>
    Uint8Array.from(Buffer.concat([new Uint8Array(Uint32Array.of(images.length).buffer), images, labels])),
  decode: (bytes) => {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    return { images: bytes.slice(4, 4 + length), labels: bytes.slice(4 + length) };
  },
});
