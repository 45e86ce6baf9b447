import { csvText, spreadsheetCell } from '../../src/core/text/csv';

/** The numbers of a plot: columns with their names. */
export interface Numbers {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** Several tables beside each other; columns that are shorter than the longest end in NaN. */
export function beside(tables: readonly Numbers[]): Numbers {
  const columns = tables.flatMap((table) => table.columns);
  const length = Math.max(0, ...columns.map((column) => column.length));
  return {
    names: tables.flatMap((table) => table.names),
    columns: columns.map((column) => Float64Array.from({ length }, (_, i) => column[i] ?? NaN)),
  };
}

/** Numbers as text with full precision: CSV after RFC 4180, or tab-separated for a spreadsheet's clipboard. */
export function numbersText({ names, columns }: Numbers, separator: ',' | '\t'): string {
  const rows = Array.from(columns[0] ?? [], (_, i) => columns.map((column) => column[i]!));
  if (separator === ',') return csvText([names, ...rows]);
  return [names.map(spreadsheetCell), ...rows].map((cells) => `${cells.join(separator)}\n`).join('');
}
