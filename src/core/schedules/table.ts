import { logExpm1, sigmoid, softplus } from '../math/stable';
import type { Schedule } from './schedule';

/**
 * The schedule of N >= 2 betas, least noisy first, each in (0, 1); the last may be 1 (zero terminal SNR).
 *
 * Row i stands at t = 1 - (i+1)/N, where Delta = -sum log(1 - beta_j), j <= i, and gamma = -log(exp(Delta) - 1) to the
 * last bit. Between rows gamma is the monotone cubic of Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980), and its
 * rate the derivative of that cubic. From the first row to t = 1, Delta falls to 0 at a constant rate. Where the last
 * beta is 1, gamma(0) is -Infinity, and sqrt(alphaBar) rises linearly from 0 over the first interval. A call is O(1).
 */
export function tableSchedule(betas: ArrayLike<number>): Schedule {
  const noise = cumulative(betas);
  return between(
    noise.map((delta) => -logExpm1(delta)),
    noise[0]!,
  );
}

/**
 * The schedule of N >= 2 log-SNRs in nats, least noisy first, each less than the one before; the last may be -Infinity.
 * Rows stand, and are joined, as those of a table of betas.
 */
export const logSnrTableSchedule = (logSnrs: ArrayLike<number>): Schedule =>
  between(Float64Array.from(logSnrs), softplus(-logSnrs[0]!));

/** The schedule of gamma at every row, least noisy first, where Delta of the first row is `firstNoise`. */
function between(rows: Float64Array, firstNoise: number): Schedule {
  const n = rows.length;
  const times = Float64Array.from({ length: n + 1 }, (_, k) => 1 - (n - k) / n);
  const gammas = rows.reverse(); // in the order of time
  const data = dataEnd(times[n - 1]!, firstNoise);
  const terminal = gammas[0] === -Infinity ? terminalStart(times[1]!, gammas[1]!) : undefined;
  const slopes = nodeSlopes(gammas, data.logSnrRate(times[n - 1]!), terminal?.logSnrRate(times[1]!));
  const at = (t: number): Curve => {
    let k = Math.min(Math.floor(t * n), n - 1);
    // t * n rounds: what counts is on which side of the node itself t lies
    if (t < times[k]!) k--;
    else if (k < n - 1 && t >= times[k + 1]!) k++;
    if (k === n - 1) return data;
    if (k === 0 && terminal) return terminal;
    return cubic(
      times[k]!,
      times[k + 1]! - times[k]!,
      gammas[k]!,
      gammas[k + 1]! - gammas[k]!,
      slopes[k]!,
      slopes[k + 1]!,
    );
  };
  return {
    logSnr: (t) => at(t).logSnr(t),
    logSnrRate: (t) => at(t).logSnrRate(t),
    endRates: [0, n * firstNoise],
    dataEnd: times[n - 1]!,
  };
}

type Curve = Pick<Schedule, 'logSnr' | 'logSnrRate'>;

/** Delta at every row, by a compensated sum. */
function cumulative(betas: ArrayLike<number>): Float64Array {
  let [sum, lost] = [0, 0];
  return Float64Array.from(betas, (beta) => {
    const term = -Math.log1p(-beta);
    if (!Number.isFinite(term)) return Infinity;
    const next = sum + term;
    lost += Math.abs(sum) >= term ? sum - next + term : term - next + sum;
    sum = next;
    return sum + lost;
  });
}

/** From the least noisy row, at `start`, to t = 1: Delta falls linearly to 0. */
function dataEnd(start: number, delta: number): Curve {
  const left = (t: number) => delta * ((1 - t) / (1 - start));
  return {
    logSnr: (t) => -logExpm1(left(t)),
    logSnrRate: (t) => (t === 1 ? Infinity : delta / (1 - start) / -Math.expm1(-left(t))),
  };
}

/** From t = 0, where alphaBar is 0, to the row at `end`: sqrt(alphaBar) rises linearly. */
function terminalStart(end: number, logSnr: number): Curve {
  const [signal, rest] = [sigmoid(logSnr), sigmoid(-logSnr)];
  // 1 - alphaBar as a sum of positive terms, so that no digit is lost where it is small
  const noise = (x: number) => rest + signal * (1 - x) * (1 + x);
  return {
    logSnr: (t) => Math.log((signal * (t / end) ** 2) / noise(t / end)),
    logSnrRate: (t) => 2 / (t * noise(t / end)),
  };
}

/** A cubic from `time` over `width`, by its value and rise there and its slopes at both ends. */
function cubic(time: number, width: number, from: number, rise: number, slope: number, next: number): Curve {
  const [a, b] = [slope * width, next * width];
  const [square, cube] = [3 * rise - 2 * a - b, a + b - 2 * rise];
  return {
    logSnr: (t) => {
      const u = (t - time) / width;
      return from + u * (a + u * (square + u * cube));
    },
    logSnrRate: (t) => {
      const u = (t - time) / width;
      return (a + u * (2 * square + u * 3 * cube)) / width;
    },
  };
}

/**
 * Slopes at the nodes, each between 0 and three times the secants beside it, so that the cubics are monotone: harmonic
 * means of the secants inside, and at the ends those of the curves that join there, or of a parabola.
 */
function nodeSlopes(gammas: Float64Array, dataRate: number, terminalRate: number | undefined): Float64Array {
  const n = gammas.length;
  const secant = (k: number) => (gammas[k + 1]! - gammas[k]!) * n;
  const first = terminalRate === undefined ? 0 : 1;
  const slopes = new Float64Array(n);
  const limited = (slope: number, beside: number) => Math.min(Math.max(slope, 0), 3 * beside);
  for (let k = first + 1; k < n - 1; k++) {
    const [before, after] = [secant(k - 1), secant(k)];
    slopes[k] = before > 0 && after > 0 ? 2 / (1 / before + 1 / after) : 0;
  }
  if (first === n - 1) return slopes;
  const parabola = n - first > 2 ? (3 * secant(first) - secant(first + 1)) / 2 : secant(first);
  slopes[first] = limited(terminalRate ?? parabola, secant(first));
  slopes[n - 1] = limited(dataRate, secant(n - 2));
  return slopes;
}
