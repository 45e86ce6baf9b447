import type { Flow } from '../process/flow';
import { uniform } from '../math/spacing';
import { timeOf, type Window } from '../schedules/window';
import type { DriftField } from '../dynamics/paths';

/** Times and states of the grid. */
const [TIMES, STATES] = [41, 41];

/** The margin beyond the paths, as a share of their range. */
const MARGIN = 0.2;

/** The drift of a dynamics of one dimension over the range of some paths, at even steps of log-SNR and of z. */
export function driftField(flow: Flow & { readonly window: Window }, paths: readonly Float64Array[]): DriftField {
  const { schedule, dynamics, denoiser, window } = flow;
  const levels = uniform(schedule.logSnr(window.start), schedule.logSnr(window.end), TIMES);
  const times = levels.map((level, k) => (k === TIMES - 1 ? window.end : timeOf(schedule, level, window)));
  const logSnr = times.map(schedule.logSnr);
  const logSnrRate = times.map(schedule.logSnrRate);
  // Per unit of log-SNR. A clock does not need the schedule's rate, which may be 0.
  const rates = Array.from(times, (t, k) => {
    const { clock } = dynamics;
    const [level, rate] = [logSnr[k]!, logSnrRate[k]!];
    if (clock) return { pull: clock.pull(level), decay: clock.decay(level) };
    const { pull, decay } = dynamics.rates(t, level, rate);
    return { pull: pull / rate, decay: decay / rate };
  });
  const [low, high] = rangeOf(paths);
  const states = uniform(low, high, STATES);
  const u = new Float64Array(TIMES * STATES);
  times.forEach((t, k) => {
    const { scale, logSnr: level } = dynamics.noiseLevel?.(t) ?? { scale: 1, logSnr: logSnr[k]! };
    const row = u.subarray(k * STATES, (k + 1) * STATES);
    denoiser.denoise(scale === 1 ? states : states.map((z) => z / scale), STATES, 1, t, level, row);
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

/** The range of the finite values, with a margin. */
function rangeOf(paths: readonly Float64Array[]): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of paths)
    for (const value of values.filter(Number.isFinite)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (!(low <= high)) return [-1, 1];
  const margin = MARGIN * (high - low) || 1;
  return [low - margin, high + margin];
}
