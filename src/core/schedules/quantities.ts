import type { Schedule } from '.';
import { sigmoid, softplus } from '../math/stable';

/** A quantity derived from gamma and gamma' (both per point) in its stable form; a row drives charts, tables and exports. */
export interface Quantity {
  readonly key: string;
  readonly symbol: string;
  readonly title: string;
  /** LaTeX, with the number it has in Beck's note where it has one. */
  readonly equation: string;
  readonly number: string;
  readonly sentence: string;
  readonly unit: string;
  readonly of: (logSnr: number, logSnrRate: number, endRate: number) => number;
}

/** 1 - alphaBar = sigmoid(-gamma): the variance of q(z_t given z_T), eq. 3. */
export const sigma2 = (logSnr: number): number => sigmoid(-logSnr);

/**
 * Every quantity of a schedule, in the order of tables and exports. `endRate` is alphaBar' where gamma is
 * infinite: there gamma' exp(gamma) and gamma' sigmoid(-gamma) are 0 times infinity, with that limit.
 */
export const quantities = [
  {
    key: 'alphaBar',
    symbol: 'ᾱ',
    title: 'Signal share',
    equation: String.raw`\bar\alpha(t) = e^{-\Delta(t)} = \sigma(\gamma(t))`,
    number: '3',
    sentence: 'The share of the variance of z that is signal: 0 is pure noise, 1 is clean data.',
    unit: '1',
    of: (logSnr) => sigmoid(logSnr),
  },
  {
    key: 'logSnr',
    symbol: 'γ',
    title: 'Log-SNR',
    equation: String.raw`\gamma(t) = \log \frac{\bar\alpha}{1-\bar\alpha}`,
    number: '27',
    sentence: 'The log of the signal-to-noise ratio; it defines the schedule, all else follows from it.',
    unit: 'nat',
    of: (logSnr) => logSnr,
  },
  {
    key: 'logSnrRate',
    symbol: 'γ′',
    title: 'Prefactor',
    equation: String.raw`\gamma'(t) = \frac{\bar\alpha'}{\bar\alpha(1-\bar\alpha)}`,
    number: '26',
    sentence: 'How fast the forward process runs: the prefactor of its drift.',
    unit: 'nat per unit time',
    of: (_, logSnrRate) => logSnrRate,
  },
  {
    key: 'cumulativeNoise',
    symbol: 'Δ',
    title: 'Cumulative noise',
    equation: String.raw`\Delta(t) = \int_t^1 \delta(s)\,ds = -\log\bar\alpha`,
    number: '2',
    sentence: 'The noise that the backward process adds between the data and time t.',
    unit: '1',
    of: (logSnr) => softplus(-logSnr),
  },
  {
    key: 'noiseRate',
    symbol: 'δ',
    title: 'Noise rate',
    equation: String.raw`\delta(t) = -\Delta'(t) = \bar\alpha'/\bar\alpha`,
    number: '1',
    sentence: 'The noise added per unit of time by the backward process.',
    unit: 'per unit time',
    of: (logSnr, logSnrRate, endRate) => (logSnr === Infinity ? endRate : logSnrRate * sigmoid(-logSnr)),
  },
  {
    key: 'snr',
    symbol: 'SNR',
    title: 'Signal-to-noise ratio',
    equation: String.raw`\mathrm{SNR}(t) = \frac{\bar\alpha}{1-\bar\alpha} = e^{\gamma}`,
    number: '22',
    sentence: 'Signal variance over noise variance; the clock in which the oracle of eq. 26 moves on a straight line.',
    unit: '1',
    of: (logSnr) => Math.exp(logSnr),
  },
  {
    key: 'snrRate',
    symbol: 'SNR′',
    title: 'Loss weight',
    equation: String.raw`\mathrm{SNR}'(t) = \frac{\bar\alpha'}{(1-\bar\alpha)^2} = \gamma' e^{\gamma}`,
    number: '23',
    sentence: 'The weight of the NoProp loss at time t.',
    unit: 'per unit time',
    of: (logSnr, logSnrRate, endRate) => (logSnr === -Infinity ? endRate : logSnrRate * Math.exp(logSnr)),
  },
  {
    key: 'overshoot',
    symbol: '(1+ᾱ)/2',
    title: 'Overshoot term',
    equation: String.raw`\frac{1+\bar\alpha(t)}{2}`,
    number: '26',
    sentence: 'The factor on z in the forward process: what the note calls the most mysterious term.',
    unit: '1',
    of: (logSnr) => (1 + sigmoid(logSnr)) / 2,
  },
  {
    key: 'attractorGain',
    symbol: '2√ᾱ/(1+ᾱ)',
    title: 'Attractor gain',
    equation: String.raw`\frac{2\sqrt{\bar\alpha}}{1+\bar\alpha} = \operatorname{sech}(\Delta/2)`,
    number: '15',
    sentence:
      'The fixed point of the drift, as a multiple of u: it leads the target √ᾱ u by exactly the lag of the path.',
    unit: '1',
    of: (logSnr) => 1 / Math.cosh(softplus(-logSnr) / 2),
  },
] as const satisfies readonly Quantity[];

export type QuantityKey = (typeof quantities)[number]['key'];

export const quantityByKey = Object.fromEntries(quantities.map((row) => [row.key, row])) as unknown as Readonly<
  Record<QuantityKey, Quantity>
>;

/** Every quantity at n times: one Float64Array of length n a key. */
export type Curves = Readonly<Record<QuantityKey | 't', Float64Array>>;

/** Evaluates every quantity of a schedule at `times` (length n, in [0, 1]). */
export function evaluate(schedule: Schedule, times: Float64Array): Curves {
  const logSnr = times.map((t) => schedule.logSnr(t));
  const logSnrRate = times.map((t) => schedule.logSnrRate(t));
  const endRate = logSnr.map((value) => schedule.endRates?.[value === Infinity ? 1 : 0] ?? NaN);
  // One quantity after the other: a loop that calls one function alone runs a quarter faster.
  const rows = quantities.map(({ key, of }) => {
    const values = new Float64Array(times.length);
    for (let i = 0; i < values.length; i++) values[i] = of(logSnr[i]!, logSnrRate[i]!, endRate[i]!);
    return [key, values] as const;
  });
  return { t: times, ...Object.fromEntries(rows) } as Curves;
}
