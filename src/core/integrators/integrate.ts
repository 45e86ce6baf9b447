import { InputError } from '../problem';
import { refusal, type Flow, type Integrator, type System } from './integrator';

/** One integration: n states of dimension d from the first time of a grid to its last. */
export interface Integration extends Flow {
  readonly integrator: Integrator;
  /** Ascending; one step between each two. */
  readonly times: Float64Array;
  /** n x d, row-major; left as it is. */
  readonly z0: Float64Array;
  readonly n: number;
  readonly d: number;
  /** Whether every state is kept. */
  readonly savePath?: boolean;
  /** Sees the states (n x d, overwritten afterwards) at every time of the grid, the first included; may throw to stop. */
  readonly onStep?: (step: number, t: number, z: Float64Array) => void;
}

/** Where the states went. */
export interface Solution {
  /** n x d, at the last time. */
  readonly z: Float64Array;
  /** Calls of u for each state. */
  readonly evaluations: number;
  /** (steps + 1) x n x d where it was asked for. */
  readonly path?: Float64Array;
}

/** Integrates a flow; an InputError where the method needs what the dynamics or u does not have. */
export function integrate(run: Integration): Solution {
  const { integrator, times, z0, n, d, onStep } = run;
  const reason = refusal(integrator, run.dynamics, run.denoiser);
  if (reason) throw new InputError(reason);
  if (z0.length !== n * d) throw new RangeError(`z0 holds ${z0.length} numbers where ${n} x ${d} are needed`);
  const counter = { calls: 0 };
  const step = integrator.create(systemOf(run, counter));
  const z = z0.slice();
  const path = run.savePath ? new Float64Array(times.length * z.length) : undefined;
  const visit = (k: number) => {
    path?.set(z, k * z.length);
    onStep?.(k, times[k]!, z);
  };
  visit(0);
  for (let k = 1; k < times.length; k++) {
    step(times[k - 1]!, times[k]!, z);
    visit(k);
  }
  return path ? { z, evaluations: counter.calls, path } : { z, evaluations: counter.calls };
}

function systemOf({ dynamics, schedule, denoiser, n, d }: Integration, counter: { calls: number }): System {
  const size = n * d;
  const target = (t: number, z: Float64Array, out: Float64Array) => {
    counter.calls++;
    denoiser.denoise(z, n, d, t, schedule.logSnr(t), out);
  };
  return {
    size,
    target,
    slope(t, z, out) {
      target(t, z, out);
      const [logSnr, rate] = [schedule.logSnr(t), schedule.logSnrRate(t)];
      const [pull, decay] = [rate * dynamics.pull(logSnr), rate * dynamics.decay(logSnr)];
      for (let i = 0; i < size; i++) out[i] = pull * out[i]! - decay * z[i]!;
    },
    retain: (from, to) => dynamics.retain(schedule.logSnr(from), schedule.logSnr(to)),
    gain: (from, to) => dynamics.gain(schedule.logSnr(from), schedule.logSnr(to)),
  };
}
