import { MAX_RESIDENT, type FeatureMatrix } from '../../data/featureMatrix';
import { kernels } from '../../engine/backend';
import { floatsOf, type HeapArray } from '../../engine/heap';

/** The rows x (n x d) that batches are gathered from; on the wasm heap where they are few enough. Dispose it. */
export class FeatureStore {
  private readonly resident: HeapArray | undefined;

  constructor(readonly x: FeatureMatrix) {
    // Where they are many, copying them takes little time beside the network's passes.
    this.resident = x.values && x.values.length <= MAX_RESIDENT ? floatsOf(x.values) : undefined;
  }

  /** Writes the rows that ids name to out, the first to `at`, with `step` numbers from one row to the next. */
  gather(ids: HeapArray<Int32Array>, out: HeapArray, at: number, step: number): void {
    const { x, resident } = this;
    if (resident) kernels().gather(resident.address, ids.address, ids.length, x.d, out.address + 4 * at, step);
    else x.copyRows(ids.values, out.values, at, step);
  }

  dispose(): void {
    this.resident?.dispose();
  }
}
