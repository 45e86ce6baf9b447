import { quantityByKey, type Curves, type QuantityKey } from '../../../../src/core/schedules/quantities';

/** One curve of a plot, for each schedule. */
export interface ScheduleCurve {
  readonly key: string;
  readonly symbol: string;
  readonly title: string;
  /** The row of the registry of quantities that explains it, where there is one. */
  readonly quantity?: QuantityKey;
  readonly of: (curves: Curves, i: number) => number;
}

/** What one plot of schedules draws of each of them. */
export interface SchedulePlotRow {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly ScheduleCurve[];
  /** The curve that the read-out gives where there is room for one. */
  readonly main: number;
  /** The y axis: adaptive is linear over time, and logarithmic over SNR, where rates grow without end. */
  readonly scale: 'linear' | 'log' | 'adaptive';
  /** Ends of a linear y axis that are not taken from the data. */
  readonly min?: number;
  readonly max?: number;
  /** Two curves with the space between them shaded and named, and the plot is the picture of its tab. */
  readonly between?: readonly [upper: number, lower: number];
  /** What it shows, in a sentence. */
  readonly about?: string;
}

const curveOf = (key: QuantityKey): ScheduleCurve => {
  const { symbol, title } = quantityByKey[key];
  return { key, symbol, title, quantity: key, of: (curves, i) => curves[key][i]! };
};

const rowOf = (key: QuantityKey, rest: Partial<SchedulePlotRow> = {}): SchedulePlotRow => {
  const { title, unit } = quantityByKey[key];
  return { id: key, title, unit, curves: [curveOf(key)], main: 0, scale: 'linear', ...rest };
};

/** The scale of the data in z, with its digits kept where alphaBar is near 1. */
const target: ScheduleCurve = {
  key: 'signalScale',
  symbol: '√ᾱ',
  title: 'Target',
  of: (curves, i) => Math.exp(-curves.cumulativeNoise[i]! / 2),
};

/** The plots of the Schedules tab, in their order. */
export const schedulePlotRows: readonly SchedulePlotRow[] = [
  rowOf('overshoot', {
    title: 'Overshoot and attractor gain',
    about:
      'Why it matters: with (1+ᾱ)/2 on z the attractor leads the moving target √ᾱ u by exactly the lag of the path, so z stays on the target; eq. 28 leaves it out and runs ahead.',
    curves: [curveOf('overshoot'), { ...curveOf('attractorGain'), symbol: 'sech(Δ/2)' }, target],
    main: 1,
    min: 0,
    max: 1,
    between: [1, 2],
  }),
  rowOf('alphaBar', { min: 0, max: 1 }),
  rowOf('logSnr'),
  rowOf('cumulativeNoise', { min: 0 }),
  rowOf('noiseRate', { min: 0, scale: 'adaptive' }),
  rowOf('logSnrRate', { min: 0, scale: 'adaptive' }),
  rowOf('snrRate', { scale: 'log' }),
];
