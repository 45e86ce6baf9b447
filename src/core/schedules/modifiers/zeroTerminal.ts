import { sigmoid } from '../../math/stable';
import { defineModifier } from './modifier';

/** sqrt(alphaBar) at a log-SNR. */
const scaleOf = (logSnr: number) => Math.sqrt(sigmoid(logSnr));

/** sqrt(alphaBar) at `high` less that at `low`, from log-SNRs high >= low, with no digit lost where they are close or near 0 or 1. */
const rise = (high: number, low: number) =>
  high === low ? 0 : (sigmoid(high) * sigmoid(-low) * -Math.expm1(low - high)) / (scaleOf(high) + scaleOf(low));

export const zeroTerminalSnr = defineModifier({
  id: 'zero-terminal-snr',
  title: 'Zero terminal SNR',
  summary: 'Shifts and scales √ᾱ so that no signal is left at t = 0; the data end stays as it is.',
  equation: String.raw`\sqrt{\bar\alpha} \mapsto \left(\sqrt{\bar\alpha} - \sqrt{\bar\alpha_0}\right) \frac{\sqrt{\bar\alpha_1}}{\sqrt{\bar\alpha_1} - \sqrt{\bar\alpha_0}}`,
  source: 'Lin et al., Common diffusion noise schedules and sample steps are flawed, arXiv 2305.08891, algorithm 1',
  parameters: {},
  apply(schedule) {
    const { logSnr, logSnrRate, endRates } = schedule;
    const end = schedule.dataEnd ?? 1;
    const [first, last] = [logSnr(0), logSnr(end)];
    if (first === -Infinity) return schedule; // it has none already
    // With c = sqrt(alphaBar), c0 and c1 at the ends: c' = k (c - c0), 1 - c' = (1 - c1) + k (c1 - c).
    const k = scaleOf(last) / rise(last, first);
    const above = sigmoid(-last) / (1 + scaleOf(last));
    const low = (gamma: number) => Math.max(k * rise(gamma, first), 0);
    const gap = (gamma: number) => above + k * rise(last, gamma);
    return {
      ...schedule,
      logSnr: (t) => {
        const gamma = logSnr(t);
        // Past a table's least noisy row there is nothing to rescale to: the schedule stays as it is.
        if (t > end || gamma >= last) return gamma;
        const c = low(gamma);
        return 2 * Math.log(c) - Math.log(gap(gamma)) - Math.log1p(c);
      },
      logSnrRate: (t) => {
        const [gamma, rate] = [logSnr(t), logSnrRate(t)];
        if (t > end || !Number.isFinite(rate)) return rate;
        const c = low(gamma);
        if (c === 0) return Infinity;
        return (k * scaleOf(gamma) * sigmoid(-gamma) * rate) / (c * gap(gamma) * (1 + c));
      },
      endRates: [0, (endRates?.[1] ?? NaN) * (end < 1 ? 1 : k)],
    };
  },
});
