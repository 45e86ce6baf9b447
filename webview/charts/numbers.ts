import { evaluate } from '../../src/core/schedules/quantities';
import { uniform } from '../../src/core/math/spacing';
import type { Model } from './model';
import type { ChartRow } from './registry';

/** The numbers of a chart: a column of times, then one for each curve of each schedule. */
export interface Numbers {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** The numbers of a chart at n equal steps of t, both ends included. */
export function numbersOf({ series }: ChartRow, { lines }: Model, n: number): Numbers {
  const times = uniform(0, 1, n);
  const names = ['t'];
  const columns = [times];
  for (const { label, schedule } of lines) {
    const curves = evaluate(schedule, times);
    for (const { symbol, of } of series) {
      names.push(`${symbol} ${label}`);
      columns.push(times.map((_, i) => of(curves, i)));
    }
  }
  return { names, columns };
}

/** Numbers as text with full precision: CSV after RFC 4180, or tab-separated for a spreadsheet's clipboard. */
export function numbersText({ names, columns }: Numbers, separator: ',' | '\t'): string {
  const quoted = (name: string) =>
    /[",\n]/.test(name) && separator === ',' ? `"${name.replaceAll('"', '""')}"` : name;
  const rows = Array.from(columns[0]!, (_, i) => columns.map((column) => column[i]).join(separator));
  return [names.map(quoted).join(separator), ...rows, ''].join('\n');
}
