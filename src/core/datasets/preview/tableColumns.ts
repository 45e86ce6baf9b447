import { isDecimal } from '../../text/decimal';
import { isMissing, numberText, type Row } from '../columns';
import type { Table } from '../header';
import { MOST_COLUMNS, MOST_DISTINCT, type ColumnPreview } from './preview';

/** How many values of a column are named. */
const NAMED = 5;

/** A column of a table by its cells. `isClass`: its values are classes, whatever they are. */
function columnPreview(
  name: string,
  rows: readonly Row[],
  at: number,
  isLabel: boolean,
  isClass: boolean,
): ColumnPreview {
  const counts = new Map<string, number>();
  let [missing, numbers, low, high, whole] = [0, 0, Infinity, -Infinity, true];
  for (const row of rows) {
    if (row.cells.length <= at || isMissing(row.cells[at]!)) {
      missing++;
      continue;
    }
    const cell = numberText(row, at);
    if (isDecimal(cell)) {
      const value = Number(cell);
      numbers++;
      low = Math.min(low, value);
      high = Math.max(high, value);
      whole &&= Number.isInteger(value);
    }
    const known = counts.get(cell);
    if (known !== undefined || counts.size <= MOST_DISTINCT) counts.set(cell, (known ?? 0) + 1);
  }
  const type = !counts.size ? 'empty' : isClass ? 'class' : numbers ? 'number' : 'text';
  const frequent = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  return {
    name,
    type,
    isLabel,
    ...(numbers && { range: [low, high] as const }),
    values: type === 'number' || type === 'empty' ? [] : frequent.slice(0, NAMED),
    distinct: counts.size,
    whole: whole && numbers === rows.length - missing,
    missing,
  };
}

/** The columns of a table, at most `MOST_COLUMNS` and the label's. `classes`: the label's values are classes. */
export function tableColumns({ names, rows }: Table, label: string, classes: boolean): ColumnPreview[] {
  return names.flatMap((name, at) => {
    const isLabel = name === label;
    return at < MOST_COLUMNS || isLabel ? [columnPreview(name, rows, at, isLabel, isLabel && classes)] : [];
  });
}
