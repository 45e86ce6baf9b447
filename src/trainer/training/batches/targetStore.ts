import { kernels } from '../../engine/backend';
import { floatsOf, type Address, type HeapArray } from '../../engine/heap';

/** The targets z_T: rows of a table (k x m), and which of them is each row's. */
export interface TargetTable {
  /** The numbers of the table or, where it is trained, its address. */
  readonly table: Float32Array | Address;
  readonly index: Int32Array;
}

/** The targets that batches are gathered from, on the wasm heap. Dispose it. */
export class TargetStore {
  private readonly index: Int32Array;
  private readonly own: HeapArray | undefined;
  private readonly address: Address;

  constructor({ table, index }: TargetTable) {
    this.index = index;
    this.own = typeof table === 'number' ? undefined : floatsOf(table);
    this.address = typeof table === 'number' ? table : this.own!.address;
  }

  /** Writes the targets of the rows that ids name to out (rows x m), and their rows in the table to labels. */
  gather(ids: Int32Array, labels: HeapArray<Int32Array>, out: HeapArray, m: number): void {
    const places = labels.values;
    for (let i = 0; i < places.length; i++) places[i] = this.index[ids[i]!]!;
    kernels().gather(this.address, labels.address, places.length, m, out.address, m);
  }

  dispose(): void {
    this.own?.dispose();
  }
}
