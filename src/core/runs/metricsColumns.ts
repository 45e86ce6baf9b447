import type { Metrics } from './metrics';

/** The number of bins of log-SNR in which errors are measured. */
export const BINS = 12;

/** The columns of one number: those of rows of steps, then those of evaluations. Files that lack some can be read. */
export const rowColumns = {
  loss: 'loss (nat per unit time)',
  gradientNorm: 'gradient norm',
  variance: 'variance of the loss of a row (nat^2 per unit time^2)',
  denoising: 'denoising term (nat per unit time)',
  crossEntropy: 'cross-entropy (nat)',
  kl: 'KL at t=0 (nat)',
} as const;
export const scoreColumns = {
  trainAccuracy: 'train accuracy (share)',
  testAccuracy: 'test accuracy (share)',
  trainRmse: "train RMSE (target's unit)",
  testRmse: "test RMSE (target's unit)",
  trainR2: 'train R2',
  testR2: 'test R2',
} as const;

type Column = keyof typeof rowColumns | keyof typeof scoreColumns;
export type Columns = Readonly<Partial<Record<Column, string>>>;

const names = (what: string) => Array.from({ length: BINS }, (_, k) => `${what} log-SNR bin ${k + 1} of ${BINS}`);
export const binColumns = {
  bins: names('squared error in'),
  contributions: names('part of the loss (nat per unit time) of'),
  shares: names('share of rows in'),
} as const;
export const binKeys = Object.keys(binColumns) as (keyof typeof binColumns)[];

/** The keys of columns, in their order. */
export const keysOf = (columns: Columns) => Object.keys(columns) as Column[];

/** Metrics as a table, one line a step that has a row; NaN where nothing was measured. */
export function metricsTable(metrics: Metrics): {
  readonly names: readonly string[];
  readonly rows: readonly number[][];
} {
  const steps = [...new Set([...metrics.step, ...metrics.evaluatedAt])].sort((a, b) => a - b);
  const rowAt = new Map([...metrics.step].map((step, i) => [step, i]));
  const evaluationAt = new Map([...metrics.evaluatedAt].map((step, i) => [step, i]));
  const rows = steps.map((step) => {
    const [i, k] = [rowAt.get(step) ?? -1, evaluationAt.get(step) ?? -1];
    const bins = binKeys.flatMap((key) =>
      Array.from({ length: BINS }, (_, b) => (i < 0 ? NaN : (metrics[key][i * BINS + b] ?? NaN))),
    );
    return [
      step,
      ...keysOf(rowColumns).map((key) => metrics[key][i] ?? NaN),
      ...keysOf(scoreColumns).map((key) => metrics[key][k] ?? NaN),
      ...bins,
    ];
  });
  const names = [
    'step',
    ...Object.values(rowColumns),
    ...Object.values(scoreColumns),
    ...Object.values(binColumns).flat(),
  ];
  return { names, rows };
}
