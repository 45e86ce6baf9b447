/** Families of schedules of numbers that were fitted or chosen, as Python, by the family's id. */
export const fitted: Readonly<Record<string, string>> = {
  learned: String.raw`
def learned(gammaMin, gammaMax, weights):
    """n(t) = p0 t + sum of p h(t), increasing from 0 to 1; weights are the logits of the shares p, then K raw steepnesses, then K shifts."""
    raw = np.array(weights, dtype=float)
    count = (len(raw) - 1) // 3
    shares = np.exp(raw[: count + 1] - raw[: count + 1].max())
    shares = shares / shares.sum()
    b, c = softplus(raw[count + 1 : 2 * count + 1]), raw[2 * count + 1 :]
    start, end = np.abs(c), np.abs(b + c)
    at_start, at_end, rise = 1 + np.exp(-start), 1 + np.exp(-end), np.expm1(-b)

    def value(t):
        t = t[..., None]
        here = np.abs(b * t + c)
        h = np.exp((b * (t - 1) + end - here) / 2) * (at_end / (1 + np.exp(-here))) * np.expm1(-b * t) / rise
        return np.where(t[..., 0] == 1, 1, shares[0] * t[..., 0] + (shares[1:] * h).sum(axis=-1))

    def rate(t):
        here = np.abs(b * t[..., None] + c)
        h = -b * np.exp((start + end - b) / 2 - here) * (at_start * at_end) / (1 + np.exp(-here)) ** 2 / rise
        return shares[0] + (shares[1:] * h).sum(axis=-1)

    return Schedule(
        lambda t: gammaMin * (1 - value(t)) + gammaMax * value(t),
        lambda t: (gammaMax - gammaMin) * rate(t),
    )
`,
  points: String.raw`
def points(flat):
    """Through points (t and log-SNR by turns): the monotone rational quadratic of Gregory and Delbourgo."""
    times, gammas = np.array(flat[0::2], dtype=float), np.array(flat[1::2], dtype=float)
    secants = np.diff(gammas) / np.diff(times)
    if len(secants) == 1:
        slopes = np.concatenate([secants, secants])
    else:
        ends = [secants[k] * np.sqrt(secants[k] / secants[j]) for k, j in ((0, 1), (-1, -2))]
        inner = np.sqrt(secants[:-1]) * np.sqrt(secants[1:])
        slopes = np.concatenate([np.array(ends[:1], dtype=float), inner, np.array(ends[1:], dtype=float)])

    def parts(t):
        k = np.clip(np.searchsorted(times, t, side="right") - 1, 0, len(times) - 2)
        width = times[k + 1] - times[k]
        x, rest = (t - times[k]) / width, (times[k + 1] - t) / width
        secant, first, last = (gammas[k + 1] - gammas[k]) / width, slopes[k], slopes[k + 1]
        below = secant * (x * x + rest * rest) + (first + last) * x * rest
        return k, x, rest, secant, first, last, below

    def log_snr(t):
        k, x, rest, secant, first, last, below = parts(t)
        rise = gammas[k + 1] - gammas[k]
        left = gammas[k] + rise * x * (secant * x + first * rest) / below
        return np.where(x <= 0.5, left, gammas[k + 1] - rise * rest * (secant * rest + last * x) / below)

    def log_snr_rate(t):
        k, x, rest, secant, first, last, below = parts(t)
        return (secant / below) * (secant / below) * (last * x * x + 2 * secant * x * rest + first * rest * rest)

    return Schedule(log_snr, log_snr_rate)
`,
  'log-normal': String.raw`
def horner(row, x):
    """The polynomial row[0] + row[1] x + row[2] x^2 and so on."""
    value = 0 * x
    for factor in row[::-1]:
        value = value * x + factor
    return value


def normal_quantile(p):
    """The quantile of N(0, 1) (Wichura 1988, AS 241)."""
    centre = (
        [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
         45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227],
        [1, 42.31333070160091, 687.1870074920579, 5394.196021424751,
         21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854],
    )
    tail = (
        [1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
         1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414],
        [1, 2.053191626637759, 1.6763848301838038, 0.6897673349851,
         0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9],
    )
    far = (
        [6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
         0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7],
        [1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615,
         0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15],
    )
    rational = lambda rows, x: horner(rows[0], x) / horner(rows[1], x)
    q = p - 0.5
    rest = np.where(q < 0, p, 1 - p)
    r = np.sqrt(-np.log(rest))
    size = np.where(rest <= 0, np.inf, np.where(r <= 5, rational(tail, r - 1.6), rational(far, r - 5)))
    return np.where(np.abs(q) <= 0.425, q * rational(centre, 0.180625 - q * q), np.where(q < 0, -size, size))


def log_normal(pMean, pStd):
    return Schedule(
        lambda t: 2 * (pStd * normal_quantile(t) - pMean),
        lambda t: 2 * pStd * np.sqrt(2 * np.pi) * np.exp(normal_quantile(t) ** 2 / 2),
        (np.inf, np.inf),
    )
`,
};
