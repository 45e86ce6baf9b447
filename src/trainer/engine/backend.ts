import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import path from 'node:path';
import type { Kernels, KernelVariant } from './kernels';
import { simdKernels } from './simd';
import { stockKernels } from './stock';

/** What computes the numbers. It is part of every run's record. */
export interface Backend {
  readonly name: string;
  readonly version: string;
  readonly kernels: KernelVariant;
}

export interface BackendOptions {
  /** Use relaxed SIMD: faster, but its rounding depends on the processor, so other machines get other numbers. */
  readonly relaxed?: boolean;
  /** Runs before any stock kernel is replaced, for tests. */
  readonly beforePatch?: () => void;
}

// tfjs has one engine per thread, so these are global too.
let started: Promise<Backend> | undefined;
let current: Kernels | undefined;

/**
 * Starts tfjs' wasm backend and our kernels, once per thread. `folder` holds tfjs-backend-wasm*.wasm and kernels*.wasm.
 * An Error where they are missing.
 */
export function startBackend(folder: string, options: BackendOptions = {}): Promise<Backend> {
  started ??= start(folder, options);
  return started;
}

/** The kernels of the backend. An Error where it was not started. */
export function kernels(): Kernels {
  if (!current) throw new Error('the backend was not started');
  return current;
}

async function start(folder: string, { relaxed, beforePatch }: BackendOptions): Promise<Backend> {
  // One thread: tfjs' threaded build is slower on networks of this size, and it is off in node.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(folder.endsWith(path.sep) ? folder : folder + path.sep);
  const restore = keepHandlers(['uncaughtException', 'unhandledRejection']);
  try {
    if (!(await tf.setBackend('wasm'))) throw new Error(`the wasm backend did not start from ${folder}`);
    await tf.ready();
  } finally {
    restore();
  }
  beforePatch?.();
  patchMatMul();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  current = simd ? await simdKernels(folder, relaxed ? 'simd-relaxed' : 'simd') : stockKernels;
  return { name: 'tfjs-wasm', version: version_wasm, kernels: current.variant };
}

/** Returns a function that removes the listeners added since. The wasm runtime adds some that rethrow every error. */
function keepHandlers(events: readonly ('uncaughtException' | 'unhandledRejection')[]): () => void {
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  return () =>
    events.forEach((event, i) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[i]!.has(listener)) process.removeListener(event, listener);
    });
}

interface Multiply {
  readonly inputs: { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
  readonly attrs: { readonly transposeA: boolean; readonly transposeB: boolean };
  readonly backend: BackendWasm;
}

const patched = new WeakSet<tf.KernelConfig>();

/**
 * Makes wasm's BatchMatMul transpose its operands first, by a kernel of their own. With a transposed operand the stock
 * kernel leaves XNNPACK for a slow scalar loop.
 */
function patchMatMul(): void {
  const stock = tf.getKernel(tf.BatchMatMul, 'wasm');
  const transpose = tf.getKernel(tf.Transpose, 'wasm').kernelFunc as unknown as (params: object) => tf.TensorInfo;
  if (patched.has(stock)) return;
  const multiply = stock.kernelFunc as unknown as (params: Multiply) => tf.TensorInfo;
  const flip = (x: tf.TensorInfo, backend: BackendWasm) => {
    const rank = x.shape.length;
    const perm = x.shape.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i));
    return transpose({ inputs: { x }, backend, attrs: { perm } });
  };
  const kernel = (params: Multiply): tf.TensorInfo => {
    const { inputs, attrs, backend } = params;
    if (!(attrs.transposeA || attrs.transposeB) || batches(inputs.a) > 1 || batches(inputs.b) > 1)
      return multiply(params);
    const a = attrs.transposeA ? flip(inputs.a, backend) : inputs.a;
    const b = attrs.transposeB ? flip(inputs.b, backend) : inputs.b;
    const product = multiply({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    if (a !== inputs.a) backend.disposeData(a.dataId);
    if (b !== inputs.b) backend.disposeData(b.dataId);
    return product;
  };
  tf.unregisterKernel(tf.BatchMatMul, 'wasm');
  const config = { ...stock, kernelFunc: kernel as unknown as tf.KernelFunc };
  delete config.setupFunc; // the stock kernel was set up when the backend started
  tf.registerKernel(config);
  patched.add(tf.getKernel(tf.BatchMatMul, 'wasm'));
}

const batches = ({ shape }: tf.TensorInfo): number => shape.slice(0, -2).reduce((product, n) => product * n, 1);
