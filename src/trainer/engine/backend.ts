import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
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

async function start(folder: string, { relaxed }: BackendOptions): Promise<Backend> {
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
