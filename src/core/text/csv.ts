import papa from 'papaparse';

type Cell = string | number;

/** What a spreadsheet takes for a formula, which it would run: text that begins so. */
const FORMULA = /^[=+\-@\t\r]./s;

/** A number, also one with a decimal comma, a per cent sign, or an infinity. */
const NUMBER = /^[+-]?(\d[\d.,]*|[.,]\d+)(e[+-]?\d+)?%?$|^[+-]Infinity$/i;

/** A cell of a table for spreadsheets: text that one would run as a formula has an apostrophe before it, so it stays text. */
export const spreadsheetCell = (cell: Cell): Cell =>
  typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

/** The text of a cell that `spreadsheetCell` wrote. */
export const plainCell = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** Rows of cells as CSV after RFC 4180, each line ended by a line feed. No text in it is a formula to a spreadsheet. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `${papa.unparse(
    rows.map((row) => row.map(spreadsheetCell)),
    { newline: '\n' },
  )}\n`;
