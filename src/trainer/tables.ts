import { metricsOf, type Metrics } from '../protocol/metrics';
import { BINS } from './loss';

/** The columns of one number: those of rows of steps, then those of evaluations. Files that lack some can be read. */
const rowColumns = {
  loss: 'loss (nat per unit time)',
  gradientNorm: 'gradient norm',
  variance: 'variance of the loss of a row (nat^2 per unit time^2)',
  denoising: 'denoising term (nat per unit time)',
  crossEntropy: 'cross-entropy (nat)',
  kl: 'KL at t=0 (nat)',
} as const;
const scoreColumns = {
  trainAccuracy: 'train accuracy (share)',
  testAccuracy: 'test accuracy (share)',
  trainRmse: "train RMSE (target's unit)",
  testRmse: "test RMSE (target's unit)",
  trainR2: 'train R2',
  testR2: 'test R2',
} as const;

type Column = keyof typeof rowColumns | keyof typeof scoreColumns;
type Columns = Readonly<Partial<Record<Column, string>>>;

const names = (what: string) => Array.from({ length: BINS }, (_, k) => `${what} log-SNR bin ${k + 1} of ${BINS}`);
const binColumns = {
  bins: names('squared error in'),
  contributions: names('part of the loss (nat per unit time) of'),
  shares: names('share of rows in'),
} as const;
const binKeys = Object.keys(binColumns) as (keyof typeof binColumns)[];

const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '' : String(value));

const keysOf = (columns: Columns) => Object.keys(columns) as Column[];

/** Metrics as CSV, one line a step that has a row; cells are empty where nothing was measured. */
export function metricsCsv(metrics: Metrics): string {
  const steps = [...new Set([...metrics.step, ...metrics.evaluatedAt])].sort((a, b) => a - b);
  const rowAt = new Map([...metrics.step].map((step, i) => [step, i]));
  const evaluationAt = new Map([...metrics.evaluatedAt].map((step, i) => [step, i]));
  const lines = steps.map((step) => {
    const [i, k] = [rowAt.get(step) ?? -1, evaluationAt.get(step) ?? -1];
    const bins = binKeys.flatMap((key) =>
      Array.from({ length: BINS }, (_, b) => (i < 0 ? undefined : metrics[key][i * BINS + b])),
    );
    const values = [
      ...keysOf(rowColumns).map((key) => metrics[key][i]),
      ...keysOf(scoreColumns).map((key) => metrics[key][k]),
    ];
    return [step, ...[...values, ...bins].map(cell)].join(',');
  });
  const names = [
    'step',
    ...Object.values(rowColumns),
    ...Object.values(scoreColumns),
    ...Object.values(binColumns).flat(),
  ];
  return [names.join(','), ...lines].join('\n') + '\n';
}

/** Reads what `metricsCsv` wrote. */
export function readMetrics(text: string): Metrics {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split(',');
  const table = lines.map((line) => line.split(',').map((value) => (value ? Number(value) : NaN)));
  const place = (name: string) => names.indexOf(name);
  const measured = (columns: Columns) =>
    table.filter((row) => Object.values(columns).some((name) => !Number.isNaN(row[place(name)] ?? NaN)));
  const [losses, evaluations] = [measured(rowColumns), measured(scoreColumns)];
  const from = (rows: number[][], columns: Columns) =>
    Object.fromEntries(keysOf(columns).map((key) => [key, rows.map((row) => row[place(columns[key]!)] ?? NaN)]));
  const byBin = (key: keyof typeof binColumns) =>
    losses.flatMap((row) => binColumns[key].map((name) => row[place(name)] ?? NaN));
  return metricsOf({
    step: losses.map((row) => row[0]!),
    ...Object.fromEntries(binKeys.map((key) => [key, byBin(key)])),
    evaluatedAt: evaluations.map((row) => row[0]!),
    ...from(losses, rowColumns),
    ...from(evaluations, scoreColumns),
  });
}
