import { kernels } from '../../engine/backend';
import { floatsOf, type Address, type Block } from '../../engine/heap';

/** The targets z_T: rows of a table (k x m), and which of them is each row's. */
export interface TargetTable {
  /** The table's numbers or, where it is trained, its place. */
  readonly table: Float32Array | Address;
  readonly index: Int32Array;
}

/** The targets of rows, in tfjs' heap. Dispose it. */
export class TargetRows {
  private readonly index: Int32Array;
  private readonly own: Block | undefined;
  private readonly address: Address;

  constructor({ table, index }: TargetTable) {
    this.index = index;
    this.own = typeof table === 'number' ? undefined : floatsOf(table);
    this.address = typeof table === 'number' ? table : this.own!.address;
  }

  /** Writes the targets of the rows that ids name to out (rows x m), and their places in the table to labels. */
  gather(ids: Int32Array, labels: Block<Int32Array>, out: Block, m: number): void {
    const places = labels.values;
    for (let i = 0; i < places.length; i++) places[i] = this.index[ids[i]!]!;
    kernels().gather(this.address, labels.address, places.length, m, out.address, m);
  }

  dispose(): void {
    this.own?.dispose();
  }
}
