import { csvText } from '../../core/text/csv';
import { metricsOf, type Metrics } from '../../core/runs/metrics';
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
export function metricsCsv(metrics: Metrics): string {
  const { names, rows } = metricsTable(metrics);
  const cell = (value: number) => (Number.isNaN(value) ? '' : value);
  return csvText([names, ...rows.map((row) => row.map(cell))]);
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
