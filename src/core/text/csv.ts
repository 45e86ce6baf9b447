import papa from 'papaparse';

/** Rows of cells as CSV after RFC 4180, each line ended by a line feed. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  `${papa.unparse(rows, { newline: '\n' })}\n`;
