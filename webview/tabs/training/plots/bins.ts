import { explanations } from '../../../../src/core/reference/explanations';
import type { Metrics } from '../../../../src/core/runs/metrics';
import { BINS } from '../../../../src/core/runs/metricsColumns';
import { formatNumber } from '../../../../src/core/text/format';
import { fade } from '../../../plot/colors';
import { cells } from '../../../plot/marks/cells';
import { line } from '../../../plot/marks/line';
import type { Numbers } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor, type Stroke } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** What can be measured of a bin of log-SNR; a cell without rows has no value. */
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

/** Number of shades: with few colours the cells are drawn sooner. */
const SHADES = 24;

/** A strip of steps by bins, shaded by the logarithm of what is measured. */
export function binSpec(metrics: Metrics, measure: BinMeasure, theme: Theme, problem: string, wide: boolean): PlotSpec {
  const { step } = metrics;
  const { title, about, of } = measure;
  const logs = Array.from({ length: step.length * BINS }, (_, at) => Math.log(Math.max(of(metrics, at), 1e-8)));
  const known = logs.filter(Number.isFinite);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const shades = Array.from({ length: SHADES + 1 }, (_, k) => fade(theme.accent, k / SHADES));
  return {
    id: 'bins',
    title: `${title} by log-SNR`,
    about: `${about}; noise below, data above; the stronger the colour, the larger.`,
    x: { title: 'step', range: [0, Math.max(step.at(-1) ?? 1, 1)] },
    y: { title: 'bin of log-SNR', range: [0, BINS] },
    cursor: 'point',
    marks: [
      cells({
        x: [0, ...step],
        y: Array.from({ length: BINS + 1 }, (_, bin) => bin),
        fill(column, row) {
          const value = logs[column * BINS + row]!;
          if (!Number.isFinite(value)) return undefined;
          return shades[Math.round((0.06 + (0.9 * (value - low)) / span) * SHADES)];
        },
        read: (column, row) => ({
          label: `step ${step[column]}, bin ${row + 1}`,
          text: formatNumber(of(metrics, column * BINS + row)),
        }),
      }),
    ],
    explanations: [explanations.bins],
    numbers: () => binNumbers(metrics, measure),
    problem,
    wide,
  };
}

/** Steps, and what is measured in each bin. */
const binNumbers = (metrics: Metrics, { of }: BinMeasure): Numbers => ({
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
export function sourceSpec(metrics: Metrics, learned: boolean, theme: Theme, problem: string): PlotSpec {
  const steps = (label: string, values: number[], looks: Stroke & { width?: number; opacity?: number }) =>
    line({
      label,
      x: values.flatMap((_, bin) => [bin, bin + 1]),
      y: values.flatMap((value) => [value, value]),
      ...looks,
    });
  const loss = seriesColor(theme, 0);
  const rows = seriesColor(theme, 1);
  const pale = { width: 1.5, opacity: theme.contrast ? 0.8 : 0.5 };
  const early = { color: rows, dash: [4, 4], ...pale };
  return {
    id: 'sources',
    title: 'Where the loss comes from',
    about: 'Shares of the loss and of the rows by log-SNR, lately; where both are one, every time weighs the same.',
    x: {
      title: 'bin of log-SNR, noise to data',
      symbol: 'bin',
      range: [0, BINS],
      text: (x) => String(Math.min(Math.floor(x) + 1, BINS)),
    },
    y: { title: 'share' },
    marks: [
      ...(learned ? [steps('rows, at first', sharesOf(metrics, 'shares', 'first'), early)] : []),
      steps('rows', sharesOf(metrics, 'shares', 'last'), { color: rows, dash: [7, 3] }),
      steps('loss', sharesOf(metrics, 'contributions', 'last'), { color: loss, dash: [] }),
    ],
    explanations: [explanations.sources],
    problem,
  };
}
