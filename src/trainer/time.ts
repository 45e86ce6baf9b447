import { kernels } from './backend';
import { doubles, type Address, type Block } from './engine/heap';

/** The highest frequency of the time features: 2^3.5 turns over [0, 1], the lowest being one. */
const OCTAVES = 3.5;

/** The time features of a network: sines, then cosines, of frequencies evenly spread in octaves. Dispose it. */
export class TimeFeatures {
  private readonly sines: number;
  private readonly frequencies: Block<Float64Array>;

  constructor(readonly count: number) {
    this.sines = Math.ceil(count / 2);
    this.frequencies = doubles(this.sines + 3); // the kernel reads them by fours
    for (let j = 0; j < this.sines; j++)
      this.frequencies.values[j] = Math.pow(2, (OCTAVES * j) / Math.max(1, this.sines - 1));
  }

  /** Writes the features of `rows` times (double) from `out` on, a row every `step` numbers. */
  write(times: Address, rows: number, out: Address, step: number): void {
    const { frequencies, sines, count } = this;
    kernels().timeFeatures(times, rows, frequencies.address, sines, count - sines, out, step);
  }

  dispose(): void {
    this.frequencies.dispose();
  }
}
