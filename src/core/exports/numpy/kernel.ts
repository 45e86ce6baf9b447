/** What every module has: stable functions, and a schedule with all its quantities. */
export const KERNEL = String.raw`def softplus(x):
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
        """gamma(t), the log of the SNR, in nats."""
        with np.errstate(all="ignore"):
            return np.asarray(self._log_snr(np.asarray(t, dtype=float)), dtype=float)

    def log_snr_rate(self, t):
        """gamma'(t), in nats per unit of time."""
        with np.errstate(all="ignore"):
            return np.asarray(self._log_snr_rate(np.asarray(t, dtype=float)), dtype=float)

    def alpha_bar(self, t):
        """alphaBar = sigmoid(gamma), the share of signal: z_t = sqrt(alphaBar) z_1 + sqrt(1 - alphaBar) noise."""
        return sigmoid(self.log_snr(t))

    def sigma(self, t):
        """sigma = exp(-gamma / 2), noise over signal: z_t / sqrt(alphaBar) = z_1 + sigma noise."""
        with np.errstate(all="ignore"):
            return np.exp(-self.log_snr(t) / 2)

    def quantities(self, t):
        """Every quantity at t (a number or an array), by the names that the lab's tables have. A rate is a derivative by t."""
        at = np.asarray(t, dtype=float)
        gamma, rate = self.log_snr(at), self.log_snr_rate(at)
        with np.errstate(all="ignore"):
            values = {
                "alphaBar": sigmoid(gamma),
                "logSnr": gamma,
                "logSnrRate": rate,
                "cumulativeNoise": softplus(-gamma),  # Delta = -log(alphaBar)
                "noiseRate": np.where(gamma == np.inf, self.end_rates[1], rate * sigmoid(-gamma)),  # beta = -Delta'
                "snr": np.exp(gamma),  # alphaBar / (1 - alphaBar)
                "snrRate": np.where(gamma == -np.inf, self.end_rates[0], rate * np.exp(gamma)),
                "overshoot": (1 + sigmoid(gamma)) / 2,
                "attractorGain": 1 / np.cosh(softplus(-gamma) / 2),
            }
        return values
`;
