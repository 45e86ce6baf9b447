import type { Denoiser } from '../denoisers';
import { integrate } from './integrate';
import type { Integration } from './integration';

/** What carries states, without u and the states. */
export type Steps = Pick<
  Integration,
  'dynamics' | 'schedule' | 'noise' | 'integrator' | 'times' | 'tolerance' | 'final'
>;

/** A term of a sum: the place of an earlier value, and what it is multiplied by. */
export type Term = readonly [place: number, factor: number];

/** A line of written-out steps. Each makes one value; value 0 is the start, and the last value is the end. */
export interface StepLine {
  /** The state that this line is about, as a sum of earlier values. */
  readonly sum?: readonly Term[];
  /** Where the value is u of that state: at this time. Else it is the state itself. */
  readonly t?: number;
  /** Where the value is fresh normals, and no sum. */
  readonly noise?: true;
}

/** The most lines that are written out. */
export const MOST_LINES = 10_000;

/**
 * Steps without their schedule, dynamics and integrator: every state is a fixed sum of the start, of u at
 * earlier states, and of normals, because all dynamics are linear in z and u. Undefined where there is no such list: a
 * method that chooses its own steps does so by the states.
 */
export function writtenSteps(
  steps: Steps,
  times: Denoiser['times'],
  most = MOST_LINES,
): readonly StepLine[] | undefined {
  if (steps.tolerance !== undefined) return undefined;
  const { length } = followed(steps, times, 1);
  if (length > most) return undefined;
  const lines = followed(steps, times, length + 1);
  return lines.every(({ sum = [] }) => sum.every(([, factor]) => Number.isFinite(factor))) ? lines : undefined;
}

/** Carries one state whose coordinate k is the factor of value k. So the integrators themselves say what they sum. */
function followed(steps: Steps, times: Denoiser['times'], d: number): StepLine[] {
  const lines: StepLine[] = [];
  const sumOf = (z: Float64Array): Term[] => Array.from(z, (factor, k): Term => [k, factor]).filter(([, factor]) => factor !== 0); // prettier-ignore
  const add = (line: StepLine, value: Float64Array) => {
    lines.push(line);
    value.fill(0);
    if (lines.length < d) value[lines.length] = 1;
  };
  const z0 = new Float64Array(d);
  z0[0] = 1;
  integrate({
    ...steps,
    tolerance: undefined,
    denoiser: { times, denoise: (z, _n, _d, t, _logSnr, out) => add({ sum: sumOf(z), t }, out) },
    z0,
    n: 1,
    d,
    random: {
      normals(out) {
        add({ noise: true }, out as Float64Array);
        return out;
      },
    },
    // The state after a step becomes a value of its own, so that the sums of later steps stay short.
    onStep: (step, _t, z) => (step ? add({ sum: sumOf(z) }, z) : undefined),
  });
  return lines;
}
