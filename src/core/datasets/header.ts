import { isDecimal } from '../text/decimal';
import { numberText, type Row } from './columns';

/** A CSV or TSV text as it stands: its header, and the rows below it. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  /** The first row as it stands. */
  readonly first?: Row;
}

/** A column of a file without a header, by its number. */
const NUMBERED = /^column [1-9]\d*$/;

/**
 * A table whose first row is data: where its cells are all numbers, and columns are asked for as "column 1" and so on,
 * which it does not name itself.
 */
export function withNumberedColumns(table: Table, wanted: readonly string[]): Table {
  const asked = wanted.some((name) => NUMBERED.test(name) && !table.names.includes(name));
  return asked ? numberedColumns(table) : table;
}

/** A table without a header with the numbers of its columns for their names, and its first row among the others. */
function numberedColumns(table: Table): Table {
  const { names, rows, first } = table;
  if (!first || !hasNoHeader(table)) return table;
  return { names: names.map((_, i) => `column ${i + 1}`), rows: [first, ...rows] };
}

/** A table as a person chooses columns of it: those of a file without a header by their numbers, but for one that is named. */
export const shownTable = (table: Table, label: string): Table =>
  table.names.includes(label) ? table : numberedColumns(table);

/**
 * Whether the first row of a table is data, as that of a file without a header is: it holds a number, and each of its
 * texts stands in its column again.
 */
export function hasNoHeader({ names, first, rows }: Table): boolean {
  const isNumber = names.map((_, at) => first !== undefined && isDecimal(numberText(first, at)));
  const again = (at: number) => rows.some(({ cells: row }) => row[at]?.trim() === first!.cells[at]!.trim());
  return isNumber.some(Boolean) && isNumber.every((found, at) => found || again(at));
}
