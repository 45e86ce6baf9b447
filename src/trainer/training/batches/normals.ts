import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { floats, ints, type HeapArray } from '../../engine/heap';

/** Words of the state of the kernels' generator of normals. */
const WORDS = 16;

/**
 * Samples of N(0, 1) on the wasm heap, made by a kernel. Its generator gets a new state from a stream of random numbers
 * for each batch, so that the stream's own state is all there is to save. Dispose it.
 */
export class Normals {
  readonly samples: HeapArray;
  private readonly state = ints(WORDS);

  constructor(length: number) {
    this.samples = floats(length);
  }

  draw(random: Random): void {
    const { samples, state } = this;
    const words = state.values;
    for (let k = 0; k < WORDS; k++) words[k] = random.integer(2 ** 32);
    kernels().normals(samples.address, samples.length, state.address);
  }

  dispose(): void {
    this.samples.dispose();
    this.state.dispose();
  }
}
