import { marginal } from '../../../core/process/marginals';
import { floatsAt, type Address, type HeapArray } from '../../engine/heap';
import type { StateBatches } from './batches';
import type { FlowBatches } from './flowBatches';

/** The states z_1 that classes are read from while a model is trained. */
export interface FinalStates {
  /** Writes them for the batch and the network's output to it: size x m. */
  write(out: HeapArray, output: Address): void;
  /** The factor of its embedding in each row's state, and that of the output, where it is in it. */
  targetFactor(): number | Float32Array;
  outputFactor?(): Float32Array;
}

/** Samples of q(z_1 | y) with the spare normals of a batch: z_1 = signal z_T + noise, where the log-SNR ends. */
export function marginalFinalStates(
  batches: Pick<StateBatches, 'targets'> & { normals: HeapArray },
  logSnr: number,
): FinalStates {
  const { signal, noise } = marginal(logSnr);
  return {
    write(out) {
      const [to, from, normals] = [out.values, batches.targets.values, batches.normals.values];
      for (let k = 0; k < to.length; k++) to[k] = signal * from[k]! + noise * normals[to.length + k]!;
    },
    targetFactor: () => signal,
  };
}

/** The end of the straight line on which a state and its velocity lie: z_t + (1 - t) v = t z_1 + (1 - t)(z_0 + v). */
export const straightFinalStates = ({ signal, rest, ends, normals, size }: FlowBatches): FinalStates => ({
  write(out, output) {
    const m = out.length / size;
    const [to, from, noise, v] = [out.values, ends.values, normals.values, floatsAt(output, out.length)];
    const [share, left] = [signal.values, rest.values];
    for (let k = 0; k < to.length; k++) {
      const i = Math.floor(k / m);
      to[k] = share[i]! * from[k]! + left[i]! * (noise[k]! + v[k]!);
    }
  },
  targetFactor: () => signal.values,
  outputFactor: () => rest.values,
});
