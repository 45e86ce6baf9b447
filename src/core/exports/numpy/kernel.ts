/** What every module begins with: stable functions, and a schedule with all its quantities. */
export const KERNEL = String.raw`import numpy as np


def softplus(x):
    """log(1 + exp(x)) without overflow or cancellation."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid(x):
    """1 / (1 + exp(-x)), with its digits at both ends."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def log_expm1(x):
    """log(exp(x) - 1) for x >= 0."""
    return np.where(x < np.log(2), np.log(np.expm1(x)), x + np.log1p(-np.exp(-x)))


def log1m_exp(x):
    """log(1 - exp(-x)) for x >= 0."""
    return np.where(x < np.log(2), np.log(-np.expm1(-x)), np.log1p(-np.exp(-x)))


def pole_at_data(t, value):
    """The value, infinite at t = 1."""
    return np.where(t == 1, np.inf, value)


class Schedule:
    """A noise schedule over t from 0 (noise) to 1 (data): log-SNR gamma(t) in nats, increasing, and its rate gamma'(t).

    All else follows from these two. end_rates are alphaBar' at t = 0 and 1, which gamma' loses where gamma is infinite.
    """

    def __init__(self, log_snr, log_snr_rate, end_rates=(np.nan, np.nan), data_end=1.0):
        self._log_snr, self._log_snr_rate = log_snr, log_snr_rate
        self.end_rates, self.data_end = end_rates, data_end

    def log_snr(self, t):
        with np.errstate(all="ignore"):
            return np.asarray(self._log_snr(np.asarray(t, dtype=float)), dtype=float)

    def log_snr_rate(self, t):
        with np.errstate(all="ignore"):
            return np.asarray(self._log_snr_rate(np.asarray(t, dtype=float)), dtype=float)

    def quantities(self, t):
        """Every quantity at t (a number or an array), by the names that the lab's tables have."""
        gamma, rate = self.log_snr(t), self.log_snr_rate(t)
        with np.errstate(all="ignore"):
            return {
                "alphaBar": sigmoid(gamma),
                "logSnr": gamma,
                "logSnrRate": rate,
                "cumulativeNoise": softplus(-gamma),
                "noiseRate": np.where(gamma == np.inf, self.end_rates[1], rate * sigmoid(-gamma)),
                "snr": np.exp(gamma),
                "snrRate": np.where(gamma == -np.inf, self.end_rates[0], rate * np.exp(gamma)),
                "overshoot": (1 + sigmoid(gamma)) / 2,
                "attractorGain": 1 / np.cosh(softplus(-gamma) / 2),
            }
`;
