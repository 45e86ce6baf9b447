import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { idxDataset } from '../../../src/core/datasets/idx';
import { Random } from '../../../src/core/math/random';
import { prepareData } from '../../../src/trainer/data/preparedData';
import { examplesOf } from '../../../src/trainer/data/examples';
import { InputError } from '../../../src/core/registry/problem';
import { inputError } from '../support/inputError';

describe('IDX', () => {
  const header = (magic: number, ...shape: number[]) => {
    const view = new DataView(new ArrayBuffer(4 + 4 * shape.length));
    [magic, ...shape].forEach((word, i) => view.setUint32(4 * i, word));
    return new Uint8Array(view.buffer);
  };
  const file = (head: Uint8Array, values: readonly number[]) => Uint8Array.of(...head, ...values);
  const images = file(header(0x803, 4, 1, 2), [1, 2, 3, 4, 5, 6, 255, 8]);
  const labels = file(header(0x801, 4), [7, 2, 7, 2]);
  const files = { images: 'i', labels: 'l' };
  const refuses = (i: Uint8Array, l: Uint8Array, message: string) =>
    assert.throws(() => idxDataset(i, l, files), inputError(message));

  it('reads images and labels, plain and gzip', () => {
    const data = idxDataset(images, labels, files);
    assert.deepEqual([...data.x], [1, 2, 3, 4, 5, 6, 255, 8]);
    assert.deepEqual([...data.labels], [1, 0, 1, 0]);
    assert.deepEqual(data.classes, ['2', '7']);
    assert.deepEqual(data.features, ['pixel 1,1', 'pixel 1,2']);
    assert.deepEqual(idxDataset(gzipSync(images), gzipSync(labels), files), data);
  });

  it('turns images over their diagonal where they are transposed, and keeps labels that begin with 1', () => {
    // an upright bar in the left column, and a bar on the top row, as EMNIST stores them: each lies like the other
    const [left, top] = [[1, 0, 0, 1, 0, 0], [1, 1, 1, 0, 0, 0]]; // prettier-ignore
    const wide = file(header(0x803, 4, 2, 3), [left, top, left, top].flat());
    const letters = file(header(0x801, 4), [1, 2, 1, 2]);
    const plain = idxDataset(wide, letters, files);
    const turned = idxDataset(wide, letters, { ...files, transpose: true });
    assert.deepEqual([...turned.x].slice(0, 12), [1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0]);
    assert.deepEqual([plain.features.at(-1), turned.features.at(-1)], ['pixel 2,3', 'pixel 3,2']);
    assert.deepEqual([turned.classes, [...turned.labels]], [['1', '2'], [0, 1, 0, 1]]); // prettier-ignore
  });

  it('says that a web page which was saved as a file of images is one', () => {
    const page = new Uint8Array(Buffer.from('<!DOCTYPE html><html><title>Not found</title></html>'));
    assert.throws(() => idxDataset(page, labels, files), { name: 'InputError', message: /so it is a web page$/ });
  });

  it('is scaled by its train images', () => {
    const data = prepareData(idxDataset(images, labels, files), 0.5, 0);
    const x = examplesOf(data, data.train).x.rows(0, 2);
    assert.ok(Math.abs(x[0]! + x[2]!) < 1e-6); // the mean of two rows is between them
  });

  it('reads any bytes, or says what is wrong with them', () => {
    const damage = fc.oneof(
      fc.record({ at: fc.nat(30), byte: fc.nat(255) }).map(({ at, byte }) => (from: Uint8Array) => {
        const bytes = Uint8Array.from(from);
        if (at < bytes.length) bytes[at] = byte;
        return bytes;
      }),
      fc.nat(60).map((end) => (from: Uint8Array) => from.subarray(0, end)),
      fc.uint8Array({ maxLength: 20 }).map((more) => (from: Uint8Array) => Uint8Array.of(...from, ...more)),
    );
    const zipped = [images, labels].map((bytes) => gzipSync(bytes));
    fc.assert(
      fc.property(damage, damage, fc.boolean(), (one, other, zip) => {
        const [first, second] = zip ? zipped : [images, labels];
        try {
          const { x, labels: found, classes, features } = idxDataset(one(first), other(second), files);
          assert.equal(x.length, found.length * features.length);
          assert.ok(found.every((label) => label >= 0 && label < classes.length));
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.match(error.message, /^(i|l|the label \d+ in l) /);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an incomplete pair of files', () => {
    refuses(labels, labels, 'i is not an IDX file of unsigned bytes in 3 dimensions: its magic number is 2049 where 2051 is expected'); // prettier-ignore
    refuses(Uint8Array.of(1), labels, 'i is not an IDX file of unsigned bytes in 3 dimensions: it has 1 bytes');
    refuses(images.subarray(0, 20), labels, 'i is cut short: its header says 4 x 1 x 2 = 8 bytes, and 4 follow');
    refuses(images.subarray(0, 9), labels, 'i is cut short: it ends within its header');
    refuses(file(images, [1]), labels, 'i is too long: its header says 4 x 1 x 2 = 8 bytes, and 9 follow');
    refuses(images, file(header(0x801, 3), [1, 2, 1]), 'i has 4 images and l has 3 labels');
    refuses(images, file(header(0x801, 4), [1, 2, 1, 1]), 'the label 2 in l has one image only: at least two are needed, one to train on and one to test on'); // prettier-ignore
  });

  it('says what a file is that is none', () => {
    const what = 'i is not an IDX file of unsigned bytes in 3 dimensions: ';
    const page = Buffer.from('<!DOCTYPE html>\n<html><head>');
    refuses(page, labels, `${what}it begins with "<!DOCTYPE html> <html><head>", so it is a web page`);
    refuses(gzipSync(gzipSync(images)), labels, `${what}its first bytes are 1f 8b 08 00 00 00 00 00, so it is a gzip file`); // prettier-ignore
    refuses(Buffer.from('label,pixel1\n'), labels, `${what}it begins with "label,pixel1"`);
    refuses(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13]), labels, `${what}its first bytes are 89 50 4e 47 0d, so it is a PNG picture`); // prettier-ignore
  });

  it('refuses gzip that is cut short at any place, that is too long, or whose header says that it is too large', () => {
    const noise = Random.stream(1, 'data');
    const many = file(
      header(0x803, 50, 10, 10),
      Array.from({ length: 5000 }, () => noise.integer(256)),
    );
    const packed = gzipSync(many);
    // what stands last in a file that is cut short is no length: it is not told as one
    for (let end = 3000; end < packed.length; end++)
      assert.throws(
        () => idxDataset(packed.subarray(0, end), labels, files),
        /^InputError: i is not a whole gzip file/,
      );
    for (let end = 2; end < 40; end++)
      assert.throws(() => idxDataset(packed.subarray(0, end), labels, files), /^InputError: i is (not|cut short)/);
    const wrong = Uint8Array.from(packed);
    new DataView(wrong.buffer).setUint32(wrong.length - 4, 3e9, true);
    refuses(wrong, labels, 'i is not a whole gzip file: it ends at byte 5016 of 3000000000');
    refuses(gzipSync(file(images, [1, 2])), labels, 'i is too long: its header says 4 x 1 x 2 = 8 bytes, and more follow'); // prettier-ignore
    refuses(gzipSync(images.subarray(0, 20)), labels, 'i is cut short: its header says 4 x 1 x 2 = 8 bytes, and 4 follow'); // prettier-ignore
    refuses(gzipSync(labels), labels, 'i is not an IDX file of unsigned bytes in 3 dimensions: its magic number is 2049 where 2051 is expected'); // prettier-ignore
    refuses(gzipSync(file(header(0x803, 3e6, 1000, 1), [1])), labels, 'i holds 3.0 GB: at most 1.0 GB fit in memory');
  });
});
