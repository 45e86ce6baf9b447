/** Families of schedules in closed form, as Python: each a function of its parameters, by the family's id. */
export const closedForms: Readonly<Record<string, string>> = {
  'linear-gamma': String.raw`
def linear_gamma(gammaMin, gammaMax):
    return Schedule(
        lambda t: gammaMin * (1 - t) + gammaMax * t,
        lambda t: np.full_like(t, gammaMax - gammaMin),
    )
`,
  cosine: String.raw`
def cosine(offset):
    # with y = pi/2 - x the cosine is sin(y), and cos(x0)^2 - cos(x)^2 = sin(x - x0) sin(x + x0): both ends keep their digits
    scale = np.pi / 2 / (1 + offset)
    first = scale * offset
    spread = lambda t: np.sin(scale * (1 - t)) * np.sin(scale * (1 - t) + 2 * first)
    tangent = lambda t: np.where(t < 0.5, 1 / np.tan(scale * t), np.tan(scale * (1 - t) + first))
    return Schedule(
        lambda t: np.log(np.sin(scale * t) ** 2 / spread(t)),
        lambda t: pole_at_data(t, 2 * scale * np.cos(first) ** 2 * tangent(t) / spread(t)),
        (0, 2 * scale * np.tan(first)),
    )
`,
  'linear-beta': String.raw`
def linear_beta(betaMin, betaMax):
    noise = lambda s: s * (betaMin + (betaMax - betaMin) * s / 2)
    rate = lambda s: betaMin + (betaMax - betaMin) * s
    return Schedule(
        lambda t: -log_expm1(noise(1 - t)),
        lambda t: pole_at_data(t, rate(1 - t) / -np.expm1(-noise(1 - t))),
        (rate(1) * np.exp(-noise(1)), betaMin),
    )
`,
  'linear-alpha': String.raw`
def linear_alpha(alphaMin, alphaMax):
    slope = alphaMax - alphaMin
    signal = lambda t: alphaMin + slope * t
    noise = lambda t: 1 - alphaMax + slope * (1 - t)
    return Schedule(
        lambda t: np.log(signal(t) / noise(t)),
        lambda t: slope / (signal(t) * noise(t)),
        (slope, slope),
    )
`,
  sigmoid: String.raw`
def sigmoid_schedule(start, end, tau):
    # sigmoid(p) - sigmoid(q) = sinh((p - q)/2) / (2 cosh(p/2) cosh(q/2)) makes products of both shares
    width = (end - start) / tau
    low, high = abs(start / tau), abs(end / tau)
    offset = (low - high - width) / 2 + np.log1p(np.exp(-low)) - np.log1p(np.exp(-high))
    slope = width / -np.expm1(-width)
    coth = lambda x: 1 / np.tanh(x)
    return Schedule(
        lambda t: offset + width * t + log1m_exp(width * t) - log1m_exp(width * (1 - t)),
        lambda t: width / 2 * (coth(width * t / 2) + coth(width * (1 - t) / 2)),
        (slope * np.exp(offset), slope * np.exp(-offset - width)),
    )
`,
  'constant-beta': String.raw`
def constant_beta(beta):
    return Schedule(
        lambda t: -log_expm1(beta * (1 - t)),
        lambda t: pole_at_data(t, beta / -np.expm1(-beta * (1 - t))),
        (beta * np.exp(-beta), beta),
    )
`,
  'scaled-linear': String.raw`
def scaled_linear(betaStart, betaEnd, steps):
    first, last = np.sqrt(betaStart), np.sqrt(betaEnd)
    root = lambda s: first * (1 - s) + last * s
    noise = lambda s: steps * s * (betaStart + first * root(s) + root(s) ** 2) / 3
    rate = lambda s: steps * root(s) ** 2
    return Schedule(
        lambda t: -log_expm1(noise(1 - t)),
        lambda t: pole_at_data(t, rate(1 - t) / -np.expm1(-noise(1 - t))),
        (rate(1) * np.exp(-noise(1)), rate(0)),
    )
`,
  'sub-vp': String.raw`
def sub_vp(betaMin, betaMax):
    noise = lambda s: s * (betaMin + (betaMax - betaMin) * s / 2)
    rate = lambda s: betaMin + (betaMax - betaMin) * s
    log_snr = lambda t: -noise(1 - t) - 2 * log1m_exp(noise(1 - t))
    log_snr_rate = lambda t: pole_at_data(t, rate(1 - t) / np.tanh(noise(1 - t) / 2))
    zero = np.array(0.0, dtype=float)
    return Schedule(log_snr, log_snr_rate, (log_snr_rate(zero) * sigmoid(log_snr(zero)) * sigmoid(-log_snr(zero)), 0))
`,
  'generalized-cosine': String.raw`
def generalized_cosine(start, end, tau):
    # an angle in [0, pi/2] goes with what is left to pi/2, so that each keeps its digits
    half = np.pi / 2
    width = half * (end - start)
    data, noise = (half * start, half * (1 - start)), (half * end, half * (1 - end))
    at = lambda t: (data[0] + width * (1 - t), noise[1] + width * t)

    def drop(p, q, gap):
        """1 - c(q)/c(p) for q = p + gap and c(x) = cos(x)^(2 tau)."""
        ratio = (np.sin(q[1]) / np.sin(p[1])) ** 2
        both = np.sin(np.minimum(p[0] + q[0], p[1] + q[1]))
        fall = np.sin(gap) / np.sin(p[1]) * (both / np.sin(p[1]))
        return -np.expm1(tau * np.where(ratio < 0.5, np.log(ratio), np.log1p(-fall)))

    whole = drop(data, noise, width)
    speed = 2 * tau * width

    def slope(x):
        return speed * np.power(np.sin(x[1]), 2 * tau - 1) * np.sin(x[0]) / np.sin(data[1]) ** (2 * tau) / whole

    def log_snr(t):
        x = at(t)
        power = 2 * tau * np.log(np.sin(x[1]) / np.sin(data[1]))
        value = power + np.log(drop(x, noise, width * t) / drop(data, x, width * (1 - t)))
        return np.where(t == 0, -np.inf, value)

    def log_snr_rate(t):
        x = at(t)
        tangent = np.sin(x[0]) / np.sin(x[1])
        value = speed * tangent / drop(x, noise, width * t) * (whole / drop(data, x, width * (1 - t)))
        return np.where((t == 0) | (t == 1), np.inf, value)

    return Schedule(log_snr, log_snr_rate, (slope(noise), slope(data)))
`,
  polynomial: String.raw`
def polynomial(alphaMin, alphaMax, power):
    slope = alphaMax - alphaMin
    noise = lambda t: 1 - alphaMax - slope * np.expm1(power * np.log(t))
    rest = (lambda t: alphaMin / slope * np.power(t, 1 - power)) if alphaMin else (lambda t: 0)
    return Schedule(
        lambda t: np.log((alphaMin + slope * np.power(t, power)) / noise(t)),
        lambda t: power / (t + rest(t)) / noise(t),
        (slope * power * np.power(0.0, power - 1), slope * power),
    )
`,
  sqrt: String.raw`
def sqrt_schedule(offset):
    # alphaBar = (t - offset) / (1 + root); before t = offset there is no signal yet
    square = lambda t: 1 - t + offset
    root = lambda t: np.sqrt(square(t))
    return Schedule(
        lambda t: np.where(t > offset, np.log((t - offset) / (root(t) * (1 + root(t)))), -np.inf),
        lambda t: np.where(t > offset, (1 + root(t)) / (2 * square(t) * (t - offset)), np.inf),
        (0.5, np.power(4 * offset, -0.5)),
    )
`,
  'rectified-flow': String.raw`
def rectified_flow(shift):
    return Schedule(
        lambda t: 2 * np.log(t / (1 - t)) - 2 * np.log(shift),
        lambda t: 2 / (t * (1 - t)),
        (0, 0),
    )
`,
  edm: String.raw`
def edm(sigmaMin, sigmaMax, rho):
    reach = np.expm1(np.log(sigmaMax / sigmaMin) / rho)
    return Schedule(
        lambda t: -2 * np.log(sigmaMin) - 2 * rho * np.log1p(reach * (1 - t)),
        lambda t: 2 * rho * reach / (1 + reach * (1 - t)),
    )
`,
  laplace: String.raw`
def laplace(mu, b):
    end = 2 * b * np.power(0.0, b - 1)
    return Schedule(
        lambda t: np.where(t < 0.5, mu + b * np.log(2 * t), mu - b * np.log(2 * (1 - t))),
        lambda t: b / np.minimum(t, 1 - t),
        (end * np.exp(mu), end * np.exp(-mu)),
    )
`,
  cauchy: String.raw`
def cauchy(mu, kappa):
    def offset(t):
        middle = np.where(t > 0.75, 1 / np.tan(np.pi * (1 - t)), np.tan(np.pi * (t - 0.5)))
        return np.where(t < 0.25, -1 / np.tan(np.pi * t), middle)

    return Schedule(
        lambda t: mu + kappa * offset(t),
        lambda t: np.pi * kappa / np.sin(np.pi * np.minimum(t, 1 - t)) ** 2,
        (0, 0),
    )
`,
};
