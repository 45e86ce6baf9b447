import { csvText } from '../../core/text/csv';
import { metricsFrom, metricsOf, type Metrics } from '../../core/runs/metrics';
import {
  binColumns,
  binKeys,
  keysOf,
  metricsTable,
  rowColumns,
  scoreColumns,
  type Columns,
} from '../../core/runs/metricsColumns';

/** Metrics as CSV, one line for each step that has a row. Cells are empty where nothing was measured. */
export const metricsCsv = (metrics: Metrics): string => new MetricsLines().csv(metrics, 0);

/** Metrics as CSV again and again as a training goes on. Lines that cannot change are made once. */
export class MetricsLines {
  /** The lines of steps before `step`. */
  private text = '';
  private step = 0;

  /** The CSV of all metrics of a training after a step. Those of the steps before it are as they were at the last call. */
  csv(metrics: Metrics, step: number): string {
    const { names, rows } = metricsTable(metricsFrom(this.step, metrics));
    const fixed = rows.filter(([at]) => at! < step);
    this.text += linesOf(fixed);
    this.step = Math.max(this.step, step);
    return csvText([names]) + this.text + linesOf(rows.slice(fixed.length));
  }
}

/** Numbers need no quotes. */
const linesOf = (rows: readonly (readonly number[])[]): string =>
  rows.map((row) => `${row.map((value) => (Number.isNaN(value) ? '' : value)).join(',')}\n`).join('');

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
