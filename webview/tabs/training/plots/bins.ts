import { explanations } from '../../../../src/core/reference/explanations';
import type { Metrics } from '../../../../src/core/runs/metrics';
import { BINS } from '../../../../src/core/runs/metricsColumns';
import { formatNumber } from '../../../../src/core/text/format';
import { fade } from '../../../plot/colors';
import { cells } from '../../../plot/marks/cells';
import { COLOR_BAR, colorBar } from '../../../plot/marks/colorBar';
import { line } from '../../../plot/marks/line';
import type { Numbers } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor, type Stroke } from '../../../plot/strokes';
import { powerTicks } from '../../../plot/ticks';
import type { Theme } from '../../../plot/theme';

/** What can be measured of a bin of log-SNR; a cell without rows has no value. */
export const binMeasures = [
  {
    id: 'error',
    title: 'Error',
    about: 'Mean |u − target|² over the steps',
    of: ({ bins }: Metrics, at: number) => bins[at]!,
  },
  {
    id: 'part',
    title: 'Part of the loss',
    about: 'What each bin adds to the mean of ½ SNR′ |u − target|²',
    of: ({ contributions }: Metrics, at: number) => contributions[at]!,
  },
  {
    id: 'row',
    title: 'Loss of a row',
    about: 'Mean of ½ SNR′ |u − target|² over the rows of a bin: a schedule trained for least variance flattens it',
    of: ({ contributions, shares }: Metrics, at: number) => contributions[at]! / shares[at]!,
  },
] as const;

export type BinMeasure = (typeof binMeasures)[number];

/** Number of shades: with few colours the cells are drawn sooner. */
const SHADES = 24;

/** Least and greatest opacity of a shade. */
const [PALE, FULL] = [0.06, 0.96];

/** What stands for 0, which has no logarithm. */
const LEAST = 1e-8;

/** The axis of log-SNR, and the edges of the bins on it. */
export interface BinAxis {
  readonly title: string;
  readonly edges: readonly number[];
  /** A bin in words. */
  readonly name: (bin: number) => string;
  /** Why it counts bins, where it does. */
  readonly note: string;
}

/** The axis of a run's bins between two values of log-SNR; it counts them where its record does not tell their ends. */
export function binAxis(from?: number, to?: number): BinAxis {
  const [low, high] = [from ?? 0, to ?? BINS];
  const edges = Array.from({ length: BINS + 1 }, (_, k) => low + ((high - low) * k) / BINS);
  return from !== undefined
    ? {
        title: 'log-SNR γ',
        edges,
        name: (bin) => `γ ${formatNumber(edges[bin]!, 3)} to ${formatNumber(edges[bin + 1]!, 3)}`,
        note: '',
      }
    : {
        title: 'bin of log-SNR',
        edges,
        name: (bin) => `bin ${bin + 1}`,
        note: ' Bins are counted: the run was made before their ends were kept.',
      };
}

/** A strip of steps by bins, shaded by the logarithm of what is measured, with a bar that says what the shades are. */
export function binSpec(
  metrics: Metrics,
  measure: BinMeasure,
  axis: BinAxis,
  theme: Theme,
  problem: string,
  wide: boolean,
): PlotSpec {
  const { step } = metrics;
  const { title, about, of } = measure;
  const logs = Array.from({ length: step.length * BINS }, (_, at) => Math.log10(Math.max(of(metrics, at), LEAST)));
  const known = logs.filter(Number.isFinite);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || 1;
  const colors = Array.from({ length: SHADES }, (_, k) =>
    fade(theme.accent, PALE + ((FULL - PALE) * k) / (SHADES - 1)),
  );
  return {
    id: 'bins',
    title: `${title} by log-SNR`,
    about: `${about}; noise below, data above.${axis.note}`,
    x: { title: 'step', range: [0, Math.max(step.at(-1) ?? 1, 1)] },
    y: { title: axis.title, symbol: 'γ', range: [axis.edges[0]!, axis.edges[BINS]!] },
    cursor: 'point',
    gutter: COLOR_BAR,
    marks: [
      cells({
        x: [0, ...step],
        y: axis.edges,
        fill(column, row) {
          const value = logs[column * BINS + row]!;
          if (!Number.isFinite(value)) return undefined;
          return colors[Math.min(Math.floor(((value - low) / span) * SHADES), SHADES - 1)];
        },
        read: (column, row) => ({
          label: `step ${formatNumber(step[column]!)}, ${axis.name(row)}`,
          text: formatNumber(of(metrics, column * BINS + row)),
        }),
      }),
      ...(low < high ? [colorBar({ colors, low, high, ticks: powerTicks(low, high, 4) })] : []),
    ],
    explanations: [explanations.bins],
    numbers: () => binNumbers(metrics, measure, axis),
    problem,
    wide,
  };
}

/** Steps, and what is measured in each bin. */
const binNumbers = (metrics: Metrics, { of }: BinMeasure, { name }: BinAxis): Numbers => ({
  names: ['step', ...Array.from({ length: BINS }, (_, bin) => name(bin))],
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
export function sourceSpec(metrics: Metrics, learned: boolean, axis: BinAxis, theme: Theme, problem: string): PlotSpec {
  const { edges } = axis;
  const steps = (label: string, values: number[], looks: Stroke & { width?: number; opacity?: number }) =>
    line({
      label,
      x: values.flatMap((_, bin) => [edges[bin]!, edges[bin + 1]!]),
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
    about: `Shares of the loss and of the rows by log-SNR, lately; where both are one, every time weighs the same.${axis.note}`,
    x: {
      title: `${axis.title}, noise to data`,
      symbol: 'γ',
      range: [edges[0]!, edges[BINS]!],
      text: (x) =>
        axis
          .name(
            Math.max(
              edges.findLastIndex((edge, k) => k < BINS && edge <= x),
              0,
            ),
          )
          .replace('γ ', ''),
    },
    y: { title: 'share', min: 0, most: 1 },
    marks: [
      ...(learned ? [steps('rows, at first', sharesOf(metrics, 'shares', 'first'), early)] : []),
      steps('rows', sharesOf(metrics, 'shares', 'last'), { color: rows, dash: [7, 3] }),
      steps('loss', sharesOf(metrics, 'contributions', 'last'), { color: loss, dash: [] }),
    ],
    explanations: [explanations.sources],
    problem,
  };
}
