import { evaluate, type Curves } from '../../src/core/schedules/quantities';
import type { Schedule } from '../../src/core/schedules';
import { formatNumber } from '../../src/core/text/format';

export type AxisId = 't' | 'logSnr' | 'snr';

/** A choice of x axis; SNR is laid out by its decimal logarithm, so every axis is linear in its own units. */
export interface Axis {
  readonly id: AxisId;
  readonly symbol: string;
  readonly title: string;
  /** The position of a time. */
  of(t: number, logSnr: number): number;
  /** The log-SNR at a position; undefined where the axis is time itself. */
  logSnr(x: number): number | undefined;
  /** A position in words. */
  text(x: number, digits?: number): string;
}

/** Every x axis, in the order of the switch. */
export const axes: readonly Axis[] = [
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

export const axisOf = (id: AxisId): Axis => axes.find((axis) => axis.id === id) ?? axes[0]!;

/** The time at which a schedule stands at a position; undefined where it never gets there. */
export function timeAt(axis: Axis, { logSnr }: Schedule, x: number): number | undefined {
  const level = axis.logSnr(x);
  if (level === undefined) return x >= 0 && x <= 1 ? x : undefined;
  if (logSnr(0) > level || logSnr(1) < level) return undefined;
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (logSnr(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Every quantity of a schedule at a position, one value each; undefined where it never gets there. */
export function curvesAt(axis: Axis, schedule: Schedule, x: number): Curves | undefined {
  const t = timeAt(axis, schedule, x);
  if (t === undefined) return undefined;
  // On an axis of SNR the log-SNR is known exactly, and not only to the rounding of t.
  const level = axis.logSnr(x);
  return evaluate(level === undefined ? schedule : { ...schedule, logSnr: () => level }, Float64Array.of(t));
}
