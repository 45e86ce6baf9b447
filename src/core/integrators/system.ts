import { spread, type Rates } from '../dynamics';
import { InputError } from '../registry/problem';
import { formatNumber } from '../text/format';
import type { Random } from '../math/random';
import { sigmoid } from '../math/stable';
import { timeOf } from '../schedules/window';
import { stepMoments } from './stepMoments';
import { refusal, type Integrator, type System } from './integrator';
import { type Flow } from '../process/flow';

/** What carries which states: n of dimension d. */
export interface IntegratorSetup extends Flow {
  readonly integrator: Integrator;
  readonly n: number;
  readonly d: number;
  /** Where the noise of a stochastic method comes from. */
  readonly random?: Pick<Random, 'normals'>;
}

/** An InputError where the method needs what the dynamics or u does not have. */
export function checkSetup({ integrator, z0, n, d, ...flow }: IntegratorSetup & { readonly z0: Float64Array }): void {
  const reason = refusal(integrator, flow);
  if (reason) throw new InputError(reason);
  if (z0.length !== n * d) throw new RangeError(`z0 holds ${z0.length} numbers where ${n} x ${d} are needed`);
}

const ratesAt = ({ dynamics, schedule }: Flow, t: number): Rates =>
  dynamics.rates(t, schedule.logSnr(t), schedule.logSnrRate(t));

/** Why a method that follows slopes cannot begin a step, in words. */
const poleText = ({ integrator, dynamics }: IntegratorSetup, t: number) =>
  `${integrator.id} needs a slope at t = ${formatNumber(t)}, where the rates of ${dynamics.id} are infinite: choose a smaller window or an exponential method`;

/** Whether the rates are infinite at a time. */
export const hasPole = (flow: Flow, t: number): boolean => ratesAt(flow, t).decay === Infinity;

/** What a method needs of a flow over n states of dimension d; `counter` is raised by every call of u. */
export function systemOf(run: IntegratorSetup, counter: { calls: number }): System {
  const { dynamics, schedule, denoiser, n, d, random } = run;
  const { clock, noiseLevel, noise = 0 } = dynamics;
  const size = n * d;
  const scaled = noiseLevel ? new Float64Array(size) : undefined;
  const target = (t: number, z: Float64Array, out: Float64Array) => {
    counter.calls++;
    if (!noiseLevel || !scaled) return denoiser.denoise(z, n, d, t, schedule.logSnr(t), out);
    const { scale, logSnr } = noiseLevel(t);
    for (let i = 0; i < size; i++) scaled[i] = z[i]! / scale;
    // u knows a noise level by the time at which the schedule has it.
    denoiser.denoise(scaled, n, d, timeOf(schedule, logSnr, { start: 0, end: 1 }), logSnr, out);
  };
  return {
    size,
    target,
    slope(t, z, out) {
      const { pull, decay } = ratesAt(run, t);
      if (!Number.isFinite(pull) || !Number.isFinite(decay)) throw new InputError(poleText(run, t));
      target(t, z, out);
      for (let i = 0; i < size; i++) out[i] = pull * out[i]! - decay * z[i]!;
    },
    retain: (from, to) => clock!.retain(schedule.logSnr(from), schedule.logSnr(to)),
    gain: (from, to) => clock!.gain(schedule.logSnr(from), schedule.logSnr(to)),
    logSnr: (t) => schedule.logSnr(t),
    between(from, to, share) {
      const start = schedule.logSnr(from);
      return timeOf(schedule, start + share * (schedule.logSnr(to) - start), { start: from, end: to });
    },
    moments: (from, to, out) => stepMoments(clock!, schedule.logSnr(from), schedule.logSnr(to), out),
    spread: (from, to) => spread(noise, schedule.logSnr(from), schedule.logSnr(to)),
    diffusion: (t) => noise * schedule.logSnrRate(t) * sigmoid(-schedule.logSnr(t)),
    draw(out) {
      if (!random) throw new RangeError(`${run.integrator.id} was given no random numbers`);
      random.normals(out);
    },
  };
}
