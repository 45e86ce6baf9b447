/** A decimal number as tables write it; Number() alone would take "0x1F", "Infinity" and "". */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a cell of a table is a decimal number. */
export const isDecimal = (cell: string): boolean => DECIMAL.test(cell);
