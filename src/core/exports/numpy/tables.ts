/** The schedule of a table, which the families of tables share. */
const TABLE = String.raw`
def table(rows, first_noise):
    """The schedule of log-SNRs, least noisy first: row i of n at t = 1 - (i + 1)/n, joined by monotone cubics (Fritsch and Carlson)."""
    n = len(rows)
    times = np.array([1 - (n - k) / n for k in range(n + 1)], dtype=float)
    gammas = np.array(rows[::-1], dtype=float)
    start, end = times[n - 1], times[1]
    # from the least noisy row to t = 1 the cumulative noise falls linearly to 0
    left = lambda t: first_noise * ((1 - t) / (1 - start))
    data = lambda t: -log_expm1(left(t))
    data_rate = lambda t: pole_at_data(t, first_noise / (1 - start) / -np.expm1(-left(t)))
    # where no signal is left at t = 0, sqrt(alphaBar) rises linearly from 0 to the second row
    terminal = gammas[0] == -np.inf
    signal, rest = sigmoid(gammas[1]), sigmoid(-gammas[1])
    share = lambda t: rest + signal * (1 - t / end) * (1 + t / end)
    first = 1 if terminal else 0
    secants = np.diff(gammas) * n
    slopes = np.array([0.0] * n, dtype=float)
    for k in range(first + 1, n - 1):
        before, after = secants[k - 1], secants[k]
        slopes[k] = 2 / (1 / before + 1 / after) if before > 0 and after > 0 else 0
    if first < n - 1:
        limited = lambda slope, beside: min(max(slope, 0), 3 * beside)
        parabola = (3 * secants[first] - secants[first + 1]) / 2 if n - first > 2 else secants[first]
        slopes[first] = limited(2 / (end * share(end)) if terminal else parabola, secants[first])
        slopes[n - 1] = limited(float(data_rate(start)), secants[n - 2])

    def at(t):
        k = np.clip(np.floor(t * n).astype(int), 0, n - 1)
        k = np.where(t < times[k], k - 1, np.where((k < n - 1) & (t >= times[np.clip(k + 1, 0, n)]), k + 1, k))
        c = np.clip(k, 0, n - 2)
        width, rise = times[c + 1] - times[c], gammas[c + 1] - gammas[c]
        a, b = slopes[c] * width, slopes[c + 1] * width
        return k, (t - times[c]) / width, width, gammas[c], a, 3 * rise - 2 * a - b, a + b - 2 * rise

    def log_snr(t):
        k, u, width, base, a, square, cube = at(t)
        value = np.where(k == n - 1, data(t), base + u * (a + u * (square + u * cube)))
        return np.where(k == 0, np.log(signal * (t / end) ** 2 / share(t)), value) if terminal else value

    def log_snr_rate(t):
        k, u, width, base, a, square, cube = at(t)
        value = np.where(k == n - 1, data_rate(t), (a + u * (2 * square + u * 3 * cube)) / width)
        return np.where(k == 0, 2 / (t * share(t)), value) if terminal else value

    return Schedule(log_snr, log_snr_rate, (0, n * first_noise), start)
`;

const BETAS = String.raw`
def betas(rows):
    """The schedule of a table of betas, least noisy first; the cumulative noise is a compensated sum."""
    total, lost, noise = 0.0, 0.0, []
    for term in (-np.log1p(-np.array(rows, dtype=float))).tolist():
        if term == np.inf:
            noise.append(np.inf)
            continue
        following = total + term
        lost += total - following + term if abs(total) >= term else term - following + total
        total = following
        noise.append(total + lost)
    return table((-log_expm1(np.array(noise, dtype=float))).tolist(), noise[0])
`;

/** Families of schedules that stand on a table, as Python, by the family's id. */
export const tables: Readonly<Record<string, readonly string[]>> = {
  betas: [TABLE, BETAS],
  discrete: [TABLE, BETAS],
  'log-snr-table': [
    TABLE,
    String.raw`
def log_snr_table(rows):
    return table(rows, float(softplus(np.array(-rows[0], dtype=float))))
`,
  ],
};
