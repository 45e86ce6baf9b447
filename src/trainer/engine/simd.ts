import fs from 'node:fs/promises';
import path from 'node:path';
import v8 from 'node:v8';
import { heapMemory, Scratch } from './heap';
import type { Kernels, KernelVariant } from './kernels';

const files = { simd: 'kernels.wasm', 'simd-relaxed': 'kernels-relaxed.wasm' } as const;

type SimdVariant = keyof typeof files;

/** Bytes of scratch at first: enough for most products, so that the number of tensors seldom changes. */
const FIRST_BYTES = 2 ** 16;

/** What the wasm module exports. A product gets the address of its scratch memory as its last argument. */
type Exports = Omit<Kernels, 'variant' | 'multiply' | 'multiplyRight' | 'multiplyLeft'> & {
  readonly productScratch: (rows: number, inputs: number, outputs: number) => number;
  readonly product: (a: number, m: number, k: number, b: number, n: number, c: number, bias: number, base: number, finish: number, aux: number, scratch: number) => void; // prettier-ignore
  readonly productTransposed: (d: number, m: number, n: number, w: number, k: number, x: number, base: number, finish: number, aux: number, scratch: number) => void; // prettier-ignore
  readonly transposedProduct: (a: number, m: number, k: number, d: number, n: number, w: number, sums: number, scratch: number) => void; // prettier-ignore
};

/**
 * Our own kernels, from `folder`, on the memory of tfjs. An Error where the file is missing, or where this node has no
 * relaxed SIMD and that is asked for.
 */
export async function simdKernels(folder: string, variant: SimdVariant): Promise<Kernels> {
  const bytes = await fs.readFile(path.join(folder, files[variant]));
  if (variant === 'simd-relaxed' && !WebAssembly.validate(bytes)) {
    v8.setFlagsFromString('--experimental-wasm-relaxed-simd'); // node 20 has it behind this flag
    if (!WebAssembly.validate(bytes)) throw new Error(`node ${process.version} has no relaxed SIMD`);
  }
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: heapMemory() } });
  return onMemory(instance.exports as unknown as Exports, variant);
}

function onMemory(wasm: Exports, variant: KernelVariant): Kernels {
  const scratch = new Scratch();
  scratch.reserve(FIRST_BYTES);
  const space = (rows: number, inputs: number, outputs: number) =>
    scratch.reserve(wasm.productScratch(rows, inputs, outputs));
  return {
    ...wasm,
    variant,
    multiply: (a, m, k, b, n, c, bias) => wasm.product(a, m, k, b, n, c, bias, 0, 0, 0, space(m, k, n)),
    multiplyRight: (d, m, n, w, k, x) => wasm.productTransposed(d, m, n, w, k, x, 0, 0, 0, space(m, k, n)),
    multiplyLeft: (a, m, k, d, n, w, sums) => wasm.transposedProduct(a, m, k, d, n, w, sums, space(m, k, n)),
  };
}
