import type { Flow } from '../../../core/process/flow';
import { uniform } from '../../../core/math/spacing';
import { timeOf, type Window } from '../../../core/schedules/window';
import type { DriftField } from '../../../core/dynamics/paths';

/** Times and states of the grid. */
const [TIMES, STATES] = [41, 41];

/** Room beyond the paths, as a share of their range. */
const ROOM = 0.2;

/** The drift of a dynamics of one dimension where states have passed: at even steps of log-SNR and of z. */
export function driftField(flow: Flow & { readonly window: Window }, passed: readonly Float64Array[]): DriftField {
  const { schedule, dynamics, denoiser, window } = flow;
  const levels = uniform(schedule.logSnr(window.start), schedule.logSnr(window.end), TIMES);
  const times = levels.map((level, k) => (k === TIMES - 1 ? window.end : timeOf(schedule, level, window)));
  const logSnr = times.map(schedule.logSnr);
  const logSnrRate = times.map(schedule.logSnrRate);
  // Per unit of log-SNR; by the clock where there is one, as it does not depend on the schedule's rate, which may be 0.
  const rates = Array.from(times, (t, k) => {
    const { clock } = dynamics;
    const [level, rate] = [logSnr[k]!, logSnrRate[k]!];
    if (clock) return { pull: clock.pull(level), decay: clock.decay(level) };
    const { pull, decay } = dynamics.rates(t, level, rate);
    return { pull: pull / rate, decay: decay / rate };
  });
  const [low, high] = reach(passed);
  const states = uniform(low, high, STATES);
  const u = new Float64Array(TIMES * STATES);
  times.forEach((t, k) => {
    const { scale, logSnr: seen } = dynamics.noiseLevel?.(t) ?? { scale: 1, logSnr: logSnr[k]! };
    const row = u.subarray(k * STATES, (k + 1) * STATES);
    denoiser.denoise(scale === 1 ? states : states.map((z) => z / scale), STATES, 1, t, seen, row);
  });
  return {
    times,
    logSnr,
    logSnrRate,
    pull: Float64Array.from(rates, ({ pull }) => pull),
    decay: Float64Array.from(rates, ({ decay }) => decay),
    low,
    high,
    size: STATES,
    u,
  };
}

/** The range of finite values with some room. */
function reach(parts: readonly Float64Array[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const part of parts)
    for (const value of part) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (!(low <= high)) return [-1, 1];
  const room = ROOM * (high - low) || 1;
  return [low - room, high + room];
}
