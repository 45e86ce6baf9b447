import { createRequire } from 'node:module';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';

/** The package that runs graphs. It is the reader's own: the lab does not ship it. */
const PACKAGE = 'onnxruntime-web';

/** Numbers with their shape. */
export interface RuntimeTensor {
  readonly data: ArrayLike<number | bigint>;
  readonly dims: readonly number[];
}

/** What an input or an output is: a name in its shape is a length that a caller chooses. */
export interface RuntimePort {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

export interface RuntimeSession {
  /** Older versions do not tell. */
  readonly inputMetadata?: readonly RuntimePort[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, RuntimeTensor>>): Promise<Readonly<Record<string, RuntimeTensor>>>;
}

/** As much of the package as is used. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly InferenceSession: { create(bytes: Uint8Array): Promise<RuntimeSession> };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => RuntimeTensor;
}

/** Where the package lies, as seen from one of these folders. An InputError where it is installed in none. */
export function findRuntime(folders: readonly string[]): string {
  for (const folder of folders)
    try {
      return createRequire(path.join(folder, 'package.json')).resolve(PACKAGE);
    } catch {
      continue; // the next folder may have it
    }
  throw new InputError(
    `the package ${PACKAGE} was not found at ${folders.join(' or ')}: run npm install ${PACKAGE} there`,
  );
}

/** The package at a path, in one thread. */
export function loadRuntime(file: string): OnnxRuntime {
  const runtime = createRequire(file)(file) as OnnxRuntime;
  runtime.env.wasm.numThreads = 1;
  return runtime;
}
