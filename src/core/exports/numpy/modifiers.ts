import type { Values } from '../../registry/parameters';
import { pythonNumber } from './pythonText';

/** A modifier as Python: what it needs defined, and the call that changes a schedule. */
interface ModifierCode {
  readonly code: string;
  readonly call: (schedule: string, values: Values) => string;
}

const SHIFTED = String.raw`
def shifted(schedule, offset):
    """gamma moved by a constant: the SNR times exp(offset)."""
    first, last = schedule.end_rates
    return Schedule(
        lambda t: schedule.log_snr(t) + offset,
        schedule.log_snr_rate,
        (first * np.exp(offset), last * np.exp(-offset)),
        schedule.data_end,
    )
`;

const shift = (offset: (values: Values) => string): ModifierCode => ({
  code: SHIFTED,
  call: (schedule, values) => `shifted(${schedule}, ${offset(values)})`,
});

/** Every modifier, by its id. */
export const modifierCode: Readonly<Record<string, ModifierCode>> = {
  shift: shift(({ offset }) => pythonNumber(offset!)),
  'input-scale': shift(({ scale }) => `2 * np.log(${pythonNumber(scale!)})`),
  resolution: shift(({ ratio }) => `-2 * np.log(${pythonNumber(ratio!)})`),
  sd3: shift(({ m }) => `-2 * np.log(${pythonNumber(m!)})`),
  'snr-shift': shift(({ scale }) => `-np.log(${pythonNumber(scale!)})`),
  clamp: {
    code: String.raw`
def clamp(schedule, least, most):
    """gamma within limits; where it is limited, nothing changes with time."""

    def rate(t):
        gamma = schedule.log_snr(t)
        return np.where((gamma < least) | (gamma > most), 0, schedule.log_snr_rate(t))

    return Schedule(lambda t: np.clip(schedule.log_snr(t), least, most), rate, data_end=schedule.data_end)
`,
    call: (schedule, { min, max }) => `clamp(${schedule}, ${pythonNumber(min!)}, ${pythonNumber(max!)})`,
  },
  'zero-terminal-snr': {
    code: String.raw`
def zero_terminal_snr(schedule):
    """sqrt(alphaBar) shifted and scaled so that no signal is left at t = 0 (Lin et al., arXiv 2305.08891)."""
    end = schedule.data_end
    first, last = schedule.log_snr(0), schedule.log_snr(end)
    if first == -np.inf:
        return schedule
    scale = lambda gamma: np.sqrt(sigmoid(gamma))

    def rise(high, low):
        gap = sigmoid(high) * sigmoid(-low) * -np.expm1(low - high) / (scale(high) + scale(low))
        return np.where(high == low, 0, gap)

    k = scale(last) / rise(last, first)
    above = sigmoid(-last) / (1 + scale(last))
    low = lambda gamma: np.maximum(k * rise(gamma, first), 0)
    gap = lambda gamma: above + k * rise(last, gamma)

    def log_snr(t):
        gamma = schedule.log_snr(t)
        c = low(gamma)
        return np.where((t > end) | (gamma >= last), gamma, 2 * np.log(c) - np.log(gap(gamma)) - np.log1p(c))

    def log_snr_rate(t):
        gamma, rate = schedule.log_snr(t), schedule.log_snr_rate(t)
        c = low(gamma)
        value = np.where(c == 0, np.inf, k * scale(gamma) * sigmoid(-gamma) * rate / (c * gap(gamma) * (1 + c)))
        return np.where((t > end) | ~np.isfinite(rate), rate, value)

    return Schedule(log_snr, log_snr_rate, (0, schedule.end_rates[1] * (1 if end < 1 else k)), end)
`,
    call: (schedule) => `zero_terminal_snr(${schedule})`,
  },
};
