import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** A place in tfjs' heap, in bytes; 0 stands for none. */
export type Address = number;

type Numbers = Float32Array | Int32Array | Float64Array;
type Kind<T> = { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number };

/** Blocks begin at a multiple of this: a line of the cache. */
const LINE = 64;

/** The most bytes of a block: sizes within it are safe from overflow in the kernels' 32-bit arithmetic. */
const LIMIT = 2 ** 31 - 2 ** 16;

/** The module of tfjs' backend, with what Emscripten adds to it. */
interface Module {
  readonly asm: { readonly memory: WebAssembly.Memory };
  readonly HEAPU8: Uint8Array;
}

const wasm = () => (tf.backend() as BackendWasm).wasm as unknown as Module;

/** The memory that tfjs' own kernels work on, which ours share. */
export const heapMemory = (): WebAssembly.Memory => wasm().asm.memory;

/** A view of numbers in the heap. It goes stale when the heap grows, so it is not to be kept over an allocation. */
export const floatsAt = (address: Address, count: number): Float32Array =>
  new Float32Array(wasm().HEAPU8.buffer, address, count);
export const intsAt = (address: Address, count: number): Int32Array =>
  new Int32Array(wasm().HEAPU8.buffer, address, count);
export const doublesAt = (address: Address, count: number): Float64Array =>
  new Float64Array(wasm().HEAPU8.buffer, address, count);

/** Numbers in tfjs' heap, zeros at first, where kernels reach them without a copy. Counted as one tensor. Dispose it. */
export class HeapArray<T extends Numbers = Float32Array> {
  readonly address: Address;
  private readonly tensor: tf.Tensor;
  private view: T;

  constructor(
    readonly length: number,
    private readonly kind: Kind<T>,
  ) {
    const bytes = length * kind.BYTES_PER_ELEMENT;
    if (!(bytes <= LIMIT)) throw new Error(`out of memory: ${bytes} bytes are more than one block may have (${LIMIT})`);
    const backend = tf.backend() as BackendWasm;
    const info = backend.makeOutput([(bytes + LINE) / 4], 'float32');
    const place = backend.getMemoryOffset(info.dataId);
    this.tensor = tf.keep(tf.engine().makeTensorFromTensorInfo(info));
    if (!place) {
      this.tensor.dispose();
      throw new Error(`out of memory: ${bytes} bytes more do not fit`);
    }
    this.address = Math.ceil(place / LINE) * LINE;
    this.view = this.fresh().fill(0) as T;
  }

  /** The numbers themselves; ask anew after anything that may allocate. */
  get values(): T {
    if (this.view.buffer !== wasm().HEAPU8.buffer) this.view = this.fresh();
    return this.view;
  }

  dispose(): void {
    this.tensor.dispose();
  }

  private fresh(): T {
    return new this.kind(wasm().HEAPU8.buffer, this.address, this.length);
  }
}

export const floats = (length: number): HeapArray => new HeapArray(length, Float32Array);
export const ints = (length: number): HeapArray<Int32Array> => new HeapArray(length, Int32Array);
export const doubles = (length: number): HeapArray<Float64Array> => new HeapArray(length, Float64Array);

/** A block holding a copy of numbers. */
export function floatsOf(values: ArrayLike<number>): HeapArray {
  const block = floats(values.length);
  block.values.set(values);
  return block;
}

/** Room that grows when more is asked for; what it held is then gone. Dispose it. */
export class Scratch {
  private block: HeapArray | undefined;

  /** The address of at least so many bytes. */
  reserve(bytes: number): Address {
    const length = Math.ceil(bytes / 4);
    if (!this.block || this.block.length < length) {
      this.dispose();
      this.block = floats(length);
    }
    return this.block.address;
  }

  dispose(): void {
    this.block?.dispose();
    this.block = undefined;
  }
}
