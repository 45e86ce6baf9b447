import { marginal } from '../../../core/process/marginals';
import { floatsAt, type Address, type HeapArray } from '../../engine/heap';
import type { StateInputs } from './stateInputs';

/** The states z_1 that classes are read from while a model is trained. */
export interface FinalStates {
  /** Writes them for the batch and the network's output to it: size x m. */
  write(out: HeapArray, output: Address): void;
  /** The factor of its embedding in each row's state, and that of the output, where it is in it. */
  targetFactor(): number | Float32Array;
  outputFactor?(): Float32Array;
}

/** Samples of q(z_1 | y) with the spare normals of a batch: z_1 = signal z_T + noise, where the log-SNR ends. */
export function marginalFinalStates({ clean, normals }: StateInputs, logSnr: number): FinalStates {
  const { signal, noise } = marginal(logSnr);
  return {
    write(out) {
      const [to, from, samples] = [out.values, clean.values, normals.values];
      for (let k = 0; k < to.length; k++) to[k] = signal * from[k]! + noise * samples[to.length + k]!;
    },
    targetFactor: () => signal,
  };
}

/** The end of the straight line on which a state and its velocity lie: z_t + (1 - t) v = t z_1 + (1 - t)(z_0 + v). */
export const straightFinalStates = ({ signal, noise, clean, normals }: StateInputs): FinalStates => ({
  write(out, output) {
    const m = out.length / signal.length;
    const [to, z1, z0, v] = [out.values, clean.values, normals.values, floatsAt(output, out.length)];
    const [t, rest] = [signal.values, noise.values];
    for (let k = 0; k < to.length; k++) {
      const i = Math.floor(k / m);
      to[k] = t[i]! * z1[k]! + rest[i]! * (z0[k]! + v[k]!);
    }
  },
  targetFactor: () => signal.values,
  outputFactor: () => noise.values,
});
