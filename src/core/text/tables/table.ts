import { formatNumber } from '../format';

/** A table: names of its columns, and cells row by row; NaN stands where there is no number. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What all rows have in common, said where a format has room for it. */
  readonly note?: string | undefined;
}

/** A row of the registry: a form in which a table can be copied or written. */
export interface TableFormat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly write: (table: Table) => string;
}

/** A cell as it is read: four digits, a dash where there is no number. */
export const cellText = (cell: string | number): string =>
  typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell);
