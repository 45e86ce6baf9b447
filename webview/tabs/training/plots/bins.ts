import { BINS } from '../../../../src/core/runs/metricsColumns';
import type { Metrics } from '../../../../src/core/runs/metrics';
import type { Numbers } from '../../../charts/numbers';
import { fade, type Theme } from '../../../plot/theme';
import { fillCell } from '../../../pictures/cells';
import { colorOf } from '../../../pictures/colors';
import type { Picture, Series } from '../../../pictures/picture';

/** What can be told of a bin of log-SNR; a cell without rows has no value. */
export const binMeasures = [
  {
    id: 'error',
    title: 'Error',
    about: 'Mean |u − z_T|² over the steps',
    of: ({ bins }: Metrics, at: number) => bins[at]!,
  },
  {
    id: 'part',
    title: 'Part of the loss',
    about: 'What each bin adds to the mean of ½ SNR′ |u − z_T|²',
    of: ({ contributions }: Metrics, at: number) => contributions[at]!,
  },
  {
    id: 'row',
    title: 'Loss of a row',
    about: 'Mean of ½ SNR′ |u − z_T|² over the rows of a bin: a schedule trained for least variance flattens it',
    of: ({ contributions, shares }: Metrics, at: number) => contributions[at]! / shares[at]!,
  },
] as const;

export type BinMeasure = (typeof binMeasures)[number];

/** A strip of steps by bins, shaded by the logarithm of what is measured. */
export function binPicture(metrics: Metrics, { of }: BinMeasure, theme: Theme): Picture {
  const { step } = metrics;
  const logs = Array.from({ length: step.length * BINS }, (_, at) => Math.log(Math.max(of(metrics, at), 1e-8)));
  const known = logs.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return {
    x: { title: 'step', range: [0, Math.max(step.at(-1) ?? 1, 1)] },
    y: { title: 'bin of log-SNR', range: [0, BINS] },
    series: [],
    under({ ctx, at }) {
      step.forEach((to, row) => {
        for (let bin = 0; bin < BINS; bin++) {
          const value = logs[row * BINS + bin]!;
          if (!Number.isFinite(value)) continue;
          const [left, bottom] = at(row ? step[row - 1]! : 0, bin);
          const [right, top] = at(to, bin + 1);
          ctx.fillStyle = fade(theme.accent, Math.round((0.06 + (0.9 * (value - low)) / (high - low || 1)) * 24) / 24);
          fillCell(ctx, left, top, right, bottom);
        }
      });
    },
  };
}

/** Steps, and what is measured in each bin. */
export const binNumbers = (metrics: Metrics, { of }: BinMeasure): Numbers => ({
  names: ['step', ...Array.from({ length: BINS }, (_, bin) => `bin ${bin + 1}`)],
  columns: [
    Float64Array.from(metrics.step),
    ...Array.from({ length: BINS }, (_, bin) =>
      Float64Array.from(metrics.step, (_step, row) => of(metrics, row * BINS + bin)),
    ),
  ],
});

/** The share of a run's rows of metrics over which a profile is taken, at its beginning and at its end. */
const TAIL = 0.1;

/** The mean over the first or the last rows of metrics of each bin's share of a sum. */
function sharesOf(metrics: Metrics, key: 'contributions' | 'shares', end: 'first' | 'last'): number[] {
  const rows = metrics.step.length;
  const count = Math.max(1, Math.round(rows * TAIL));
  const from = end === 'first' ? 0 : rows - count;
  const sums = Array.from({ length: BINS }, (_, bin) => {
    let sum = 0;
    for (let row = from; row < from + count; row++) sum += metrics[key][row * BINS + bin]!;
    return sum;
  });
  const total = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((sum) => sum / total);
}

/** Each bin's share of the loss beside its share of the rows: where both are one, every row weighs the same. */
export function sourcePicture(metrics: Metrics, learned: boolean, theme: Theme): Picture {
  const line = (values: number[], look: Omit<Series, 'x' | 'y'>): Series => ({
    x: values.flatMap((_, bin) => [bin, bin + 1]),
    y: values.flatMap((value) => [value, value]),
    ...look,
  });
  const [loss, rows] = [colorOf(theme, 0), colorOf(theme, 1)];
  const pale = { width: 1.5, opacity: theme.contrast ? 0.8 : 0.5 };
  const early = learned
    ? [line(sharesOf(metrics, 'shares', 'first'), { label: 'rows, at first', color: rows, dash: [4, 4], ...pale })]
    : [];
  return {
    x: { title: 'bin of log-SNR, noise to data', range: [0, BINS] },
    y: { title: 'share' },
    series: [
      ...early,
      line(sharesOf(metrics, 'shares', 'last'), { label: 'rows', color: rows, dash: [7, 3] }),
      line(sharesOf(metrics, 'contributions', 'last'), { label: 'loss', color: loss }),
    ],
  };
}
