import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { CodedError } from '../../core/registry/problem';

/** An address on the wasm heap, in bytes; 0 stands for none. */
export type Address = number;

type TypedArray = Float32Array | Int32Array | Float64Array;
type ArrayType<T> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

/** Arrays begin at a multiple of this many bytes: a line of the cache. */
const LINE = 64;

/** The most bytes of an array: sizes up to it do not overflow the kernels' 32-bit arithmetic. */
const LIMIT = 2 ** 31 - 2 ** 16;

/** The wasm module of tfjs' backend: what Emscripten adds to its type. */
interface Module {
  readonly asm: { readonly memory: WebAssembly.Memory };
  readonly HEAPU8: Uint8Array;
}

const wasm = () => (tf.backend() as BackendWasm).wasm as unknown as Module;

/** The memory that tfjs' kernels and ours share. */
export const heapMemory = (): WebAssembly.Memory => wasm().asm.memory;

/** Views of numbers on the heap. They go stale when the heap grows: do not keep one over an allocation. */
export const floatsAt = (address: Address, count: number): Float32Array =>
  new Float32Array(wasm().HEAPU8.buffer, address, count);
export const intsAt = (address: Address, count: number): Int32Array =>
  new Int32Array(wasm().HEAPU8.buffer, address, count);
export const doublesAt = (address: Address, count: number): Float64Array =>
  new Float64Array(wasm().HEAPU8.buffer, address, count);

/**
 * Numbers on the wasm heap, where kernels reach them without a copy. They are zeros at first. tfjs counts them as one
 * tensor. An Error where memory is short. Dispose it.
 */
export class HeapArray<T extends TypedArray = Float32Array> {
  readonly address: Address;
  private readonly tensor: tf.Tensor;
  private view: T;

  constructor(
    readonly length: number,
    private readonly type: ArrayType<T>,
  ) {
    const bytes = length * type.BYTES_PER_ELEMENT;
    if (!(bytes <= LIMIT))
      throw new CodedError('memory', `out of memory: ${bytes} bytes are more than one array may have (${LIMIT})`);
    const backend = tf.backend() as BackendWasm;
    const info = backend.makeOutput([(bytes + LINE) / 4], 'float32');
    const place = backend.getMemoryOffset(info.dataId);
    this.tensor = tf.keep(tf.engine().makeTensorFromTensorInfo(info));
    if (!place) {
      this.tensor.dispose();
      throw new CodedError('memory', `out of memory: ${bytes} bytes more do not fit`);
    }
    this.address = Math.ceil(place / LINE) * LINE;
    this.view = this.newView().fill(0) as T;
  }

  /** A view of the numbers. Get it anew after anything that may allocate. */
  get values(): T {
    if (this.view.buffer !== wasm().HEAPU8.buffer) this.view = this.newView();
    return this.view;
  }

  dispose(): void {
    this.tensor.dispose();
  }

  private newView(): T {
    return new this.type(wasm().HEAPU8.buffer, this.address, this.length);
  }
}

export const floats = (length: number): HeapArray => new HeapArray(length, Float32Array);
export const ints = (length: number): HeapArray<Int32Array> => new HeapArray(length, Int32Array);
export const doubles = (length: number): HeapArray<Float64Array> => new HeapArray(length, Float64Array);

/** A copy of numbers on the heap. */
export function floatsOf(values: ArrayLike<number>): HeapArray {
  const array = floats(values.length);
  array.values.set(values);
  return array;
}

/** Scratch memory that grows when more is needed. What it held is lost then. Dispose it. */
export class Scratch {
  private array: HeapArray | undefined;

  /** The address of at least so many bytes. */
  reserve(bytes: number): Address {
    const length = Math.ceil(bytes / 4);
    if (this.array && this.array.length >= length) return this.array.address;
    this.dispose();
    this.array = floats(length);
    return this.array.address;
  }

  dispose(): void {
    this.array?.dispose();
    this.array = undefined;
  }
}
