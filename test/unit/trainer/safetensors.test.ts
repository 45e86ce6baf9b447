import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/core/registry/problem';
import { readTensors, writeTensors } from '../../../src/trainer/runs/safetensors';

/** A file with this header, as text or as an object, and so many bytes of data. */
function fileOf(header: object | string, bytes = 0, length?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(length ?? BigInt(text.length));
  return new Uint8Array(Buffer.concat([head, text, Buffer.alloc(bytes, 1)]));
}

const f32 = (from: number, to: number, shape: unknown = [(to - from) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [from, to],
});

describe('safetensors that are damaged or made by hand', () => {
  const cases: readonly [title: string, file: Uint8Array, message: RegExp][] = [
    ['an empty file', new Uint8Array(), /its header is cut short/],
    ['a header longer than the file', fileOf({}, 0, 9n), /its header is cut short/],
    ['an absurd length of the header', fileOf({}, 0, 2n ** 63n), /its header is cut short/],
    ['a header that is no text', fileOf('{"\xff\u0000": 1').fill(0xff, 10, 12), /its header is not JSON/],
    ['a header that is a list', fileOf('[]'), /its header is no object/],
    ['a header that is nothing', fileOf('null'), /its header is no object/],
    ['a name that stands twice', fileOf(`{"a":${JSON.stringify(f32(0, 4))},"a":${JSON.stringify(f32(0, 4))}}`, 4), /the name "a" twice/],
    ['deep nesting', fileOf(`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`), /nested more than 100 deep/],
    ['arrays that overlap', fileOf({ a: f32(0, 8), b: f32(4, 12) }, 12), /the bytes of "b" overlap those of "a"/],
    ['two arrays of the same bytes', fileOf({ a: f32(0, 8), b: f32(0, 8) }, 8), /the bytes of "b" overlap those of "a"/],
    ['a gap between arrays', fileOf({ a: f32(0, 4), b: f32(8, 12) }, 12), /do not fill it: bytes 4 to 8 belong to none/],
    ['bytes behind the last array', fileOf({ a: f32(0, 4) }, 5), /do not fill it: bytes 4 to 5 belong to none/],
    ['a file that is cut', fileOf({ a: f32(0, 8) }, 7), /the tensor "a" has data that do not lie in the file: bytes 0 to 8 of 7/],
    ['offsets in the wrong order', fileOf({ a: f32(8, 4, [1]) }, 8), /"a" has data that do not lie in the file/],
    ['offsets that are no numbers', fileOf({ a: { ...f32(0, 4), data_offsets: ['0', 4] } }, 4), /two offsets of its data/],
    ['three offsets', fileOf({ a: { ...f32(0, 4), data_offsets: [0, 4, 8] } }, 4), /two offsets of its data/],
    ['another shape than its data', fileOf({ a: f32(0, 8, [3]) }, 8), /has 8 bytes of data where F32 of shape \[3\] has 12/],
    ['a shape that no number holds', fileOf({ a: f32(0, 8, [2 ** 52, 2 ** 52]) }, 8), /has 8 bytes of data where F32/],
    ['a shape below 0', fileOf({ a: f32(0, 8, [-1, -2]) }, 8), /a shape of whole numbers: got \[-1,-2\]/],
    ['a shape that is text', fileOf({ a: f32(0, 8, '2') }, 8), /a shape of whole numbers: got "2"/],
    ['a tensor that is nothing', fileOf({ a: null }), /the tensor "a" has the element type nothing/],
    ['a type that is not read', fileOf({ a: { ...f32(0, 4), dtype: 'F8_E4M3' } }, 4), /the element type "F8_E4M3", which is not read here: F64, F32, I32, U8, F16, BF16 are/],
    ['half precision with the bytes of single', fileOf({ a: { ...f32(0, 4), dtype: 'BF16' } }, 4), /has 4 bytes of data where BF16 of shape \[1\] has 2/],
    ['a type that every object has', fileOf({ a: { ...f32(0, 4), dtype: 'constructor' } }, 4), /element type "constructor"/],
    ['metadata that are no text', fileOf({ __metadata__: { step: 3 } }), /its metadata must be text, and "step" is 3/],
    ['metadata that are a list', fileOf({ __metadata__: ['a'] }), /its metadata are no object/],
  ]; // prettier-ignore
  for (const [title, file, message] of cases)
    it(`${title}: refused by name`, () => {
      assert.throws(() => readTensors(file), { name: 'InputError', message });
    });

  it('reads half precision of both kinds as single precision, exactly', () => {
    const values = [0.5, -1.25, 3.140625, -0.0078125];
    const bits = { F16: [0x3800, 0xbd00, 0x4248, 0xa000], BF16: [0x3f00, 0xbfa0, 0x4049, 0xbc00] };
    for (const [dtype, words] of Object.entries(bits)) {
      const file = fileOf({ a: { dtype, shape: [2, 2], data_offsets: [0, 8] } }, 8);
      file.set(new Uint8Array(Uint16Array.from(words).buffer), file.length - 8);
      const { tensors } = readTensors(file);
      assert.deepEqual(tensors.a, { shape: [2, 2], values: Float32Array.from(values) });
    }
    const file = fileOf({ a: { dtype: 'F16', shape: [3], data_offsets: [0, 6] } }, 6);
    file.set(new Uint8Array(Uint16Array.of(0x7c00, 0xfe00, 1).buffer), file.length - 6);
    assert.deepEqual(readTensors(file).tensors.a!.values, Float32Array.of(Infinity, NaN, 2 ** -24));
  });

  it('names that every object has are names like others', () => {
    const tensors = { constructor: { shape: [1], values: Float32Array.of(2) } };
    const { tensors: read } = readTensors(writeTensors({ tensors, metadata: { toString: 'x' } }));
    assert.deepEqual(Object.keys(read), ['constructor']);
  });

  it('whatever is changed in a file, it is read or refused in words', () => {
    const bytes = writeTensors({
      tensors: { a: { shape: [2], values: Float32Array.of(1, 2) }, b: { shape: [3], values: Uint8Array.of(1, 2, 3) } },
      metadata: { step: '5' },
    });
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(bytes.length), (changes, end) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, value] of changes) changed[at] = value;
        try {
          for (const { shape, values } of Object.values(readTensors(changed.subarray(0, end || undefined)).tensors))
            assert.equal(shape.reduce((product, n) => product * n, 1), values.length); // prettier-ignore
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
