import type { Schedule } from '../../src/core/schedules';
import { formatNumber } from '../../src/core/text/format';

export type NoiseAxisId = 't' | 'logSnr' | 'snr';

/** An x axis that runs from noise to data; SNR is laid out by its decimal logarithm, so every one is linear. */
export interface NoiseAxis {
  readonly id: NoiseAxisId;
  readonly symbol: string;
  readonly title: string;
  /** The position of a time. */
  of(t: number, logSnr: number): number;
  /** The log-SNR at a position; undefined where the axis is time itself. */
  logSnr(x: number): number | undefined;
  /** A position in words. */
  text(x: number, digits?: number): string;
}

/** Every x axis from noise to data, in the order of the switch. */
export const noiseAxes: readonly NoiseAxis[] = [
  {
    id: 't',
    symbol: 't',
    title: 'Time, from noise at 0 to data at 1',
    of: (t) => t,
    logSnr: () => undefined,
    text: (x, digits = 4) => formatNumber(x, digits),
  },
  {
    id: 'logSnr',
    symbol: 'γ',
    title: 'Log-SNR, from noise to data',
    of: (_, logSnr) => logSnr,
    logSnr: (x) => x,
    text: (x, digits = 4) => formatNumber(x, digits),
  },
  {
    id: 'snr',
    symbol: 'SNR',
    title: 'Signal-to-noise ratio, from noise to data',
    of: (_, logSnr) => logSnr / Math.LN10,
    logSnr: (x) => x * Math.LN10,
    text: (x, digits = 4) => formatNumber(10 ** x, digits),
  },
];

export const noiseAxisOf = (id: NoiseAxisId): NoiseAxis => noiseAxes.find((axis) => axis.id === id) ?? noiseAxes[0]!;

/** The time at which a schedule stands at a position of an axis; undefined where it never gets there. */
export function timeAt(axis: NoiseAxis, { logSnr }: Schedule, x: number): number | undefined {
  const level = axis.logSnr(x);
  if (level === undefined) return x >= 0 && x <= 1 ? x : undefined;
  if (logSnr(0) > level || logSnr(1) < level) return undefined;
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (logSnr(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
