import type { Metrics } from '../protocol/trainer';
import { BINS } from './loss';
import { joinMetrics, emptyMetrics } from './metrics';

const columns = [
  'step',
  'loss (nat per unit time)',
  'gradient norm',
  'train accuracy (share)',
  'test accuracy (share)',
  ...Array.from({ length: BINS }, (_, k) => `squared error in log-SNR bin ${k + 1} of ${BINS}`),
];

const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '' : String(value));

/** Metrics as CSV, one line a step that has a row; cells are empty where nothing was measured. */
export function metricsCsv(metrics: Metrics): string {
  const steps = [...new Set([...metrics.step, ...metrics.evaluatedAt])].sort((a, b) => a - b);
  const rowAt = new Map([...metrics.step].map((step, i) => [step, i]));
  const evaluationAt = new Map([...metrics.evaluatedAt].map((step, i) => [step, i]));
  const lines = steps.map((step) => {
    const [i, k] = [rowAt.get(step) ?? -1, evaluationAt.get(step) ?? -1];
    const bins = Array.from({ length: BINS }, (_, b) => (i < 0 ? undefined : metrics.bins[i * BINS + b]));
    const values = [metrics.loss[i], metrics.gradientNorm[i], metrics.trainAccuracy[k], metrics.testAccuracy[k]];
    return [step, ...[...values, ...bins].map(cell)].join(',');
  });
  return [columns.join(','), ...lines].join('\n') + '\n';
}

/** Reads what `metricsCsv` wrote. */
export function readMetrics(text: string): Metrics {
  const number = (value: string | undefined) => (value ? Number(value) : NaN);
  const rows = text.trim().split('\n').slice(1);
  const table = rows.map((line) => line.split(',').map(number));
  const losses = table.filter((row) => !Number.isNaN(row[1]!));
  const evaluations = table.filter((row) => !Number.isNaN(row[3]!) || !Number.isNaN(row[4]!));
  const column = (from: number[][], k: number) => Float64Array.from(from, (row) => row[k]!);
  return joinMetrics(emptyMetrics(), {
    step: Int32Array.from(column(losses, 0)),
    loss: column(losses, 1),
    gradientNorm: column(losses, 2),
    bins: Float32Array.from(losses.flatMap((row) => row.slice(5, 5 + BINS))),
    evaluatedAt: Int32Array.from(column(evaluations, 0)),
    trainAccuracy: column(evaluations, 3),
    testAccuracy: column(evaluations, 4),
  });
}
