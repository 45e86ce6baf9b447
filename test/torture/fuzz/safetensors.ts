import { readTensors, writeTensors } from '../../../src/trainer/runs/safetensors';
import { asBytes, fuzzFault } from './reader';
import type { Mutation } from './mutation';

function inputs(): readonly Uint8Array[] {
  const tensors = {
    kernel: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
    bias: { shape: [3], values: Float64Array.of(1, 2, 3) },
    order: { shape: [4], values: Int32Array.of(3, 1, 2, 0) },
    scalar: { shape: [], values: Float32Array.of(7) },
    empty: { shape: [0, 5], values: new Float32Array() },
  };
  return [
    writeTensors({ tensors, metadata: { step: '10', random: '{"words":[1,2,3,4]}' } }),
    writeTensors({ tensors: { a: tensors.kernel }, metadata: {} }),
  ].map((bytes) => Uint8Array.from(bytes));
}

/** A file with its header changed as JSON, or its bytes. */
function mutate(mutation: Mutation, bytes: Uint8Array): Uint8Array {
  const length = bytes.length < 8 ? NaN : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (mutation.chance(0.3) || !(length < bytes.length)) return mutation.bytes(bytes);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  let header: string;
  try {
    header = JSON.stringify(mutation.json(JSON.parse(text))) ?? '';
  } catch {
    header = mutation.text(text);
  }
  const written = new TextEncoder().encode(header);
  const out = Buffer.alloc(8 + written.length + bytes.length - 8 - length);
  out.writeBigUInt64LE(BigInt(written.length));
  out.set(written, 8);
  out.set(bytes.subarray(8 + length), 8 + written.length);
  return Uint8Array.from(out);
}

function read(bytes: Uint8Array): void {
  const { tensors, metadata } = readTensors(bytes);
  for (const [name, { shape, values }] of Object.entries(tensors))
    if (shape.reduce((all, n) => all * n, 1) !== values.length) throw new Error(`${name} is not of its shape`);
  if (Object.values(metadata).some((value) => typeof value !== 'string')) throw new Error('metadata that are no text');
}

export const safetensorsFault = fuzzFault<Uint8Array>({
  name: 'safetensors',
  what: 'safetensors files with their header or bytes changed are read',
  seconds: 30,
  short: 3000,
  inputs,
  mutate,
  read,
  isPast: (_, error) => !/cut short|not JSON/.test(error?.message ?? ''),
  ...asBytes,
});
